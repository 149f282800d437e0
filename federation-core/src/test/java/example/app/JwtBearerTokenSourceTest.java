// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Workspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.JwtBearerTokenSource;
import io.tokenfederation.JwtBearerTokenSourceBuilder;
import io.tokenfederation.SigningKey;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a token endpoint sees of a client whose signed grant is all it sends (RFC 7523 §2.1). */
final class JwtBearerTokenSourceTest {
    private static final Workspace IDP = new Workspace();
    private static final ECKey KEY = key();

    @BeforeEach
    void forgetRequests() {
        IDP.workspace.resetAll();
        IDP.answers(json(200, "{\"access_token\":\"" + IDP.jwt + "\"}"));
    }

    @AfterAll
    static void stop() {
        IDP.close();
    }

    @Test
    void grantIsSignedAndNamesTheClientAndWhomItIsFor() throws Exception {
        assertThat(source().audience("https://idp.example.com/")
                        .claim("resource", List.of("sharing"))
                        .build()
                        .mint()
                        .value())
                .isEqualTo(IDP.jwt);

        SignedJWT grant = grant(0);
        JWTClaimsSet claims = grant.getJWTClaimsSet();
        assertThat(grant.verify(new ECDSAVerifier(KEY.toECPublicKey()))).isTrue();
        assertThat(grant.getHeader().getKeyID()).isEqualTo("2026-11");
        assertThat(claims.getIssuer()).isEqualTo("client-1");
        assertThat(claims.getSubject()).isEqualTo("client-1");
        assertThat(claims.getAudience()).containsExactly("https://idp.example.com/");
        assertThat(claims.getStringListClaim("resource")).containsExactly("sharing");
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void formHoldsTheGrantAndNoOtherCredential() {
        source().scopes("read", "list").build().mint();

        assertThat(form(0))
                .containsOnlyKeys("grant_type", "assertion", "scope")
                .containsEntry("grant_type", List.of("urn:ietf:params:oauth:grant-type:jwt-bearer"))
                .containsEntry("scope", List.of("read list"));
        assertThat(request(0).containsHeader("Authorization")).isFalse();
    }

    @Test
    void grantIsForTheTokenEndpointUnlessToldOtherwiseAndNewEachTime() throws Exception {
        JwtBearerTokenSource source = source().build();

        source.mint();
        source.mint();

        assertThat(grant(0).getJWTClaimsSet().getAudience()).containsExactly(IDP.url() + "/token");
        assertThat(grant(0).getJWTClaimsSet().getJWTID())
                .isNotEqualTo(grant(1).getJWTClaimsSet().getJWTID());
    }

    @Test
    void refusalHoldsNothingOfTheGrant() {
        IDP.answers(json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"kid unknown\"}"));

        IdpTokenException refused = catchThrowableOfType(IdpTokenException.class, source().build()::mint);

        assertThat(refused.code()).isEqualTo("IDP_REFUSED");
        assertThat(refused)
                .hasMessageContaining("invalid_grant: kid unknown")
                .hasMessageNotContaining(form(0).get("assertion").get(0));
    }

    @Test
    void keyThatCannotBeHadIsToldAndNothingIsSent() {
        JwtBearerTokenSource keyless = source().signingKey(() -> {
                    throw new IllegalStateException("the vault is sealed");
                })
                .build();

        assertThat(catchThrowableOfType(IdpTokenException.class, keyless::mint).code())
                .isEqualTo("IDP_CREDENTIAL_UNREADABLE");
        assertThat(IDP.workspace.getAllServeEvents()).isEmpty();
    }

    @Test
    void settingsThatAreMissingOrMadeForEachGrantAreTold() {
        assertThatIllegalStateException()
                .isThrownBy(() -> JwtBearerTokenSource.builder().build())
                .withMessageContaining("tokenEndpoint");
        assertThatIllegalStateException()
                .isThrownBy(() -> JwtBearerTokenSource.builder()
                        .tokenEndpoint("https://idp.example.com/token")
                        .clientId("id")
                        .build())
                .withMessageContaining("signingKey");
        assertThatIllegalArgumentException().isThrownBy(() -> source().claim("aud", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> source().scopes("a b"));
    }

    private static JwtBearerTokenSourceBuilder source() {
        return JwtBearerTokenSource.builder()
                .tokenEndpoint(IDP.url() + "/token")
                .clientId("client-1")
                .signingKey(() -> SigningKey.fromJwk(KEY.toJSONString()));
    }

    private static Map<String, List<String>> form(int request) {
        return URLUtils.parseParameters(request(request).getBodyAsString());
    }

    /** The journal has the latest request first. */
    private static LoggedRequest request(int request) {
        List<ServeEvent> events = IDP.workspace.getAllServeEvents();
        return events.get(events.size() - 1 - request).getRequest();
    }

    private static SignedJWT grant(int request) throws ParseException {
        return SignedJWT.parse(form(request).get("assertion").get(0));
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("2026-11").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
