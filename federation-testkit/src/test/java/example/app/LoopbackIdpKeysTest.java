// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import example.app.Web.Answer;
import io.tokenfederation.IdpToken;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.SigningAlgorithm;
import io.tokenfederation.testkit.UserToken;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoopbackIdpKeysTest {
    private static final String WORKSPACE = "https://adb-1.azuredatabricks.net";

    private final FakeClock clock = new FakeClock();
    private final LoopbackIdp idp = LoopbackIdp.auth0().clock(clock).start();

    @AfterEach
    void close() {
        idp.close();
    }

    @ParameterizedTest
    @EnumSource
    void anApiChoosesTheAlgorithm(SigningAlgorithm algorithm) throws Exception {
        idp.api(WORKSPACE, algorithm, Duration.ofHours(1))
                .m2mClient("backend", "secret")
                .grant("backend", WORKSPACE);

        IdpToken token = IdpToken.parse(ask().json().path("access_token").asText());

        assertThat(token.algorithm()).isEqualTo(algorithm.name());
        assertThat(algorithm == SigningAlgorithm.HS256 || isVerifiedByPublishedKey(token.value()))
                .isTrue();
    }

    @Test
    void discoveryAndKeysFailOnTheirOwn() throws Exception {
        idp.api(WORKSPACE).m2mClient("backend", "secret").grant("backend", WORKSPACE);
        idp.discovery().failAlways(Fault.status(500));
        idp.jwks().failAlways(Fault.status(503));

        Answer discovery = Web.get(URI.create(idp.issuer() + ".well-known/openid-configuration"));
        Answer keys = Web.get(URI.create(idp.issuer() + ".well-known/jwks.json"));
        Answer token = ask();

        assertThat(discovery.status()).isEqualTo(500);
        assertThat(keys.status()).isEqualTo(503);
        assertThat(token.status()).isEqualTo(200);
        idp.recover();
        assertThat(publishedKeys().getKeys()).isNotEmpty();
    }

    @Test
    void discoveryNamesTheIssuerAndTheKeys() throws Exception {
        JsonNode document = Web.get(URI.create(idp.issuer() + ".well-known/openid-configuration"))
                .json();

        assertThat(document.path("issuer").asText()).isEqualTo(idp.issuer());
        assertThat(document.path("token_endpoint").asText())
                .isEqualTo(idp.tokenEndpoint().toString());
        assertThat(document.path("jwks_uri").asText()).isEqualTo(idp.issuer() + ".well-known/jwks.json");
        assertThat(idp.discoveryRequests()).isEqualTo(1);
    }

    @Test
    void noPrivateKeyIsPublished() throws Exception {
        JWKSet keys = publishedKeys();

        assertThat(keys.getKeys()).hasSize(2).noneMatch(JWK::isPrivate);
        assertThat(idp.jwksRequests()).isEqualTo(1);
    }

    @Test
    void anOldKeyVerifiesUntilItIsDropped() throws Exception {
        String before = idp.userToken("u").sign();

        idp.rotateKeys();
        String after = idp.userToken("u").sign();

        assertThat(IdpToken.parse(withAudience().sign()).keyId()).isNotEmpty();
        assertThat(isVerifiedByPublishedKey(before)).isTrue();
        assertThat(isVerifiedByPublishedKey(after)).isTrue();
        idp.dropOldKeys();
        assertThat(isVerifiedByPublishedKey(before)).isFalse();
        assertThat(isVerifiedByPublishedKey(after)).isTrue();
    }

    @Test
    void aUserTokenSaysWhatItIsToldTo() throws Exception {
        String jwt = withAudience()
                .audience(idp.issuer() + "userinfo")
                .claim("https://example.com/role", "sales-west")
                .email("sarah@example.com")
                .expiresIn(Duration.ofMinutes(5))
                .sign();

        IdpToken token = IdpToken.parse(jwt);
        assertThat(token.issuer()).isEqualTo(idp.issuer());
        assertThat(token.subject()).isEqualTo("auth0|7");
        assertThat(token.audiences()).containsExactly("https://api.example.com", idp.issuer() + "userinfo");
        assertThat(token.expiresAt()).isEqualTo(FakeClock.START.plusSeconds(300));
        assertThat(token.claims())
                .containsEntry("https://example.com/role", "sales-west")
                .containsEntry("email", "sarah@example.com")
                .containsEntry("email_verified", true);
        assertThat(isVerifiedByPublishedKey(jwt)).isTrue();
    }

    @Test
    void badUserTokensAreBadInTheirSignatureOnly() throws Exception {
        IdpToken strange = IdpToken.parse(withAudience().signedWithUnknownKey());
        IdpToken unsigned = IdpToken.parse(withAudience().unsigned());
        IdpToken confused = IdpToken.parse(withAudience().hs256WithPublicKey());
        IdpToken proper = IdpToken.parse(withAudience().sign());

        assertThat(isVerifiedByPublishedKey(strange.value())).isFalse();
        assertThat(strange.keyId()).isEqualTo(proper.keyId());
        assertThat(unsigned.algorithm()).isEqualTo("none");
        assertThat(confused.algorithm()).isEqualTo("HS256");
        assertThat(new HashMap<>(confused.claims())).isEqualTo(new HashMap<>(proper.claims()));
    }

    private Answer ask() throws Exception {
        return Web.postForm(
                idp.tokenEndpoint(),
                Map.of(
                        "grant_type", "client_credentials",
                        "client_id", "backend",
                        "client_secret", "secret",
                        "audience", WORKSPACE));
    }

    private UserToken withAudience() {
        return idp.userToken("auth0|7").audience("https://api.example.com");
    }

    private JWKSet publishedKeys() throws Exception {
        return JWKSet.parse(
                Web.get(URI.create(idp.issuer() + ".well-known/jwks.json")).text());
    }

    private boolean isVerifiedByPublishedKey(String jwt) throws Exception {
        SignedJWT signed = SignedJWT.parse(jwt);
        JWK key = publishedKeys().getKeyByKeyId(signed.getHeader().getKeyID());
        if (key == null) {
            return false;
        }
        JWSVerifier verifier = signed.getHeader().getAlgorithm().getName().equals("ES256")
                ? new ECDSAVerifier(key.toECKey())
                : new RSASSAVerifier(key.toRSAKey());
        return signed.verify(verifier);
    }
}
