// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Auth0Stage.AUDIENCE;
import static example.app.Auth0Stage.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.SigningKey;
import io.tokenfederation.auth0.Auth0TokenSource;
import io.tokenfederation.testkit.Fault;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How an application shows Auth0 who it is. */
final class Auth0CredentialsTest {
    private static final String KEY_CLIENT = "key-client";

    private final Auth0Stage stage = new Auth0Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void secretLeadsToADatabricksToken() {
        assertThat(stage.exchanger(stage.source().build()).tokenFor(stage.principal))
                .isNotNull();
    }

    @Test
    void secretInTheHeaderLeadsToADatabricksToken() {
        assertThat(stage.exchanger(stage.source().clientSecretBasic().build()).tokenFor(stage.principal))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "PS256"})
    void keyLeadsToADatabricksToken(String algorithm) {
        SigningKey key = SigningKey.fromPem(registered().privatePem()).algorithm(algorithm);
        stage.policyFor(KEY_CLIENT + "@clients");

        assertThat(stage.exchanger(keyClient(key)).tokenFor(stage.principal)).isNotNull();
    }

    @Test
    void keyWorksUnderACustomDomain() {
        stage.auth0.customDomain("localhost");
        SigningKey key = SigningKey.fromPem(registered().privatePem());

        String issuer = stage.application()
                .domain(stage.idp.issuer().replace("127.0.0.1", "LOCALHOST"))
                .clientId(KEY_CLIENT)
                .privateKey(key)
                .build()
                .mint()
                .issuer();

        assertThat(issuer).startsWith("http://localhost:").endsWith("/");
    }

    /** A11: Auth0 takes an assertion once, so each request needs a new one. */
    @Test
    void eachRequestHasAnAssertionOfItsOwn() {
        Auth0TokenSource source = keyClient(SigningKey.fromPem(registered().privatePem()));
        stage.idp.failNext(1, Fault.status(503));

        assertThat(catchThrowableOfType(IdpTokenException.class, source::mint).retryable())
                .isTrue();
        assertThat(source.mint().subject()).isEqualTo(KEY_CLIENT + "@clients");
        assertThat(source.mint().subject()).isEqualTo(KEY_CLIENT + "@clients");
    }

    @Test
    void newSecretAndNewKeyAreTakenUpWithoutARestart() {
        AtomicReference<String> secret = new AtomicReference<>("before");
        Auth0TokenSource bySecret =
                stage.application().clientSecret(secret::get).build();
        AtomicReference<SigningKey> key =
                new AtomicReference<>(SigningKey.fromPem(Keys.rsa(2048).privatePem()));
        Keys registered = registered();
        Auth0TokenSource byKey =
                stage.application().clientId(KEY_CLIENT).privateKey(key::get).build();
        assertThat(catchThrowableOfType(IdpTokenException.class, bySecret::mint).code())
                .isEqualTo("IDP_CLIENT_REJECTED");
        assertThat(catchThrowableOfType(IdpTokenException.class, byKey::mint).code())
                .isEqualTo("AUTH0_ASSERTION_REFUSED");

        secret.set(Auth0Stage.SECRET);
        key.set(SigningKey.fromPem(registered.privatePem()));

        assertThat(bySecret.mint().subject()).isEqualTo(CLIENT + "@clients");
        assertThat(byKey.mint().subject()).isEqualTo(KEY_CLIENT + "@clients");
    }

    @Test
    void keyThatAuth0WouldNotTakeIsRefusedWhenTheSourceIsBuilt() {
        SigningKey ec = SigningKey.fromPem(Keys.ec(256).privatePem());
        SigningKey rsa = SigningKey.fromPem(Keys.rsa(2048).privatePem());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.application().privateKey(ec))
                .withMessageContaining("ES256; Auth0 takes RS256, RS384 and PS256");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.application().privateKey(rsa.algorithm("RS512")))
                .withMessageContaining("RS512");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.application().privateKey(rsa.keyId("k".repeat(129))))
                .withMessageContaining("2048 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.application()
                        .clientId("c".repeat(65))
                        .privateKey(rsa)
                        .build())
                .withMessageContaining("at most 64");
    }

    @Test
    void keyThatComesLaterIsLookedAtToo() {
        SigningKey ec = SigningKey.fromPem(Keys.ec(256).privatePem());
        Auth0TokenSource source = stage.application().privateKey(() -> ec).build();

        IdpTokenException failure = catchThrowableOfType(IdpTokenException.class, source::mint);

        assertThat(failure.code()).isEqualTo("IDP_CREDENTIAL_UNREADABLE");
        assertThat(failure).hasMessageContaining("ES256");
        assertThat(stage.idp.tokenRequests()).isZero();
    }

    /** The longest names with the largest key in use stay below what Auth0 reads. */
    @Test
    void assertionStaysBelowItsGreatestLength() throws IOException {
        try (Tenant tenant = new Tenant()) {
            tenant.answers(401, "{}", Map.of());
            Auth0TokenSource source = stage.application()
                    .domain(tenant.url())
                    .clientId("c".repeat(64))
                    .privateKey(SigningKey.fromPem(Keys.rsa(4096).privatePem()).keyId("k".repeat(128)))
                    .build();

            assertThat(catchThrowableOfType(IdpTokenException.class, source::mint))
                    .isNotNull();

            // A domain may be longer than that of this stand-in, by at most 253 characters before they are encoded.
            assertThat(tenant.forms().get(0).get("client_assertion").length() + 253 * 4 / 3)
                    .isLessThanOrEqualTo(2_048);
        }
    }

    @Test
    void certificateNeedsNoSecret() throws NoSuchAlgorithmException, IOException {
        try (Tenant tenant = new Tenant()) {
            tenant.answers(401, "{\"error\":\"invalid_client\"}", Map.of());
            Auth0TokenSource source = stage.application()
                    .domain(tenant.url())
                    .sslContext(SSLContext.getDefault())
                    .build();

            IdpTokenException failure = catchThrowableOfType(IdpTokenException.class, source::mint);

            assertThat(failure.fix()).endsWith("(Credentials tab) is mTLS.");
            assertThat(tenant.forms().get(0)).containsOnlyKeys("path", "grant_type", "client_id", "audience");
        }
    }

    @Test
    void twoCredentialsAreRefused() {
        SigningKey key = SigningKey.fromPem(Keys.rsa(2048).privatePem());

        assertThatIllegalStateException()
                .isThrownBy(() -> stage.source().privateKey(key).build())
                .withMessageContaining("clientSecret(secret) or privateKey(key), not both");
    }

    @Test
    void basicAuthenticationIsNotLeftAsideForAKey() {
        SigningKey key = SigningKey.fromPem(Keys.rsa(2048).privatePem());

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        stage.application().clientSecretBasic().privateKey(key).build())
                .withMessageContaining("clientSecretBasic()");
    }

    /** Registers a client that authenticates with the key this returns. */
    private Keys registered() {
        Keys keys = Keys.rsa(2048);
        stage.idp.m2mClientWithKey(KEY_CLIENT, keys.publicPem()).grant(KEY_CLIENT, AUDIENCE);
        return keys;
    }

    private Auth0TokenSource keyClient(SigningKey key) {
        return stage.application().clientId(KEY_CLIENT).privateKey(key).build();
    }
}
