// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.OktaStage.AUDIENCE;
import static example.app.OktaStage.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.SigningKey;
import io.tokenfederation.okta.OktaTokenSource;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.Fault;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OktaTokenSourceTest {
    private final OktaStage stage = new OktaStage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void secretLeadsToADatabricksToken() {
        DatabricksToken token = stage.exchanger(stage.source().build()).tokenFor(stage.principal);

        assertThat(token.value()).isNotEmpty();
        assertThat(stage.databricks.exchanges(stage.principal)).isEqualTo(1);
    }

    @Test
    void jwtSaysWhatThePolicyMustSay() {
        IdpToken token = stage.source().expectedAudience(AUDIENCE).build().mint();

        assertThat(token.issuer()).isEqualTo(stage.origin() + "/oauth2/default");
        assertThat(token.audiences()).containsExactly(AUDIENCE);
        assertThat(token.subject()).isEqualTo(CLIENT);
    }

    @Test
    void anotherAuthorizationServerHasAnIssuerAndAudienceOfItsOwn() {
        stage.okta.authorizationServer("aus1", "api://other");
        stage.idp.grant(CLIENT, "api://other", OktaStage.SCOPE);

        IdpToken token = stage.source().authorizationServer("aus1").build().mint();

        assertThat(token.issuer()).isEqualTo(stage.origin() + "/oauth2/aus1");
        assertThat(token.audiences()).containsExactly("api://other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512"})
    void rsaKeyLeadsToADatabricksToken(String algorithm) {
        Keys keys = Keys.rsa(2048);
        stage.idp.m2mClientWithKey("key-client", keys.publicPem()).grant("key-client", AUDIENCE, OktaStage.SCOPE);
        stage.databricks.policy(stage.principal, policyFor("key-client"));
        OktaTokenSource source = stage.application()
                .clientId("key-client")
                .privateKey(SigningKey.fromPem(keys.privatePem()).algorithm(algorithm))
                .build();

        assertThat(stage.exchanger(source).tokenFor(stage.principal)).isNotNull();
    }

    /** O14: Okta takes an assertion once, so each request needs a new one. */
    @Test
    void eachRequestHasAnAssertionOfItsOwn() {
        Keys keys = Keys.ec(256);
        stage.idp.m2mClientWithKey("key-client", keys.publicPem()).grant("key-client", AUDIENCE, OktaStage.SCOPE);
        OktaTokenSource source = stage.application()
                .clientId("key-client")
                .privateKey(SigningKey.fromPem(keys.privatePem()))
                .build();
        stage.idp.failNext(1, Fault.oktaTemporarilyUnavailable());

        assertThat(catchThrowableOfType(IdpTokenException.class, source::mint).code())
                .isEqualTo("OKTA_UNAVAILABLE");
        assertThat(source.mint().subject()).isEqualTo("key-client");
        assertThat(source.mint().subject()).isEqualTo("key-client");
        assertThat(stage.idp.tokenRequests()).isEqualTo(3);
    }

    @Test
    void keyThatOktaDoesNotKnowIsNamed() {
        stage.idp
                .m2mClientWithKey("key-client", Keys.rsa(2048).publicPem())
                .grant("key-client", AUDIENCE, OktaStage.SCOPE);
        OktaTokenSource source = stage.application()
                .clientId("key-client")
                .privateKey(SigningKey.fromPem(Keys.rsa(2048).privatePem()))
                .build();

        IdpTokenException failure = catchThrowableOfType(IdpTokenException.class, source::mint);

        assertThat(failure.code()).isEqualTo("OKTA_ASSERTION_REFUSED");
        assertThat(failure.fix()).contains("the application 'key-client' > General > Client Credentials > Public Keys");
    }

    @Test
    void keyThatComesLaterIsLookedAtToo() {
        SigningKey key = SigningKey.fromPem(Keys.rsa(2048).privatePem()).algorithm("PS256");
        OktaTokenSource source = stage.application().privateKey(() -> key).build();

        IdpTokenException failure = catchThrowableOfType(IdpTokenException.class, source::mint);

        assertThat(failure.code()).isEqualTo("IDP_CREDENTIAL_UNREADABLE");
        assertThat(failure).hasMessageContaining("PS256; Okta takes RS256");
        assertThat(stage.idp.tokenRequests()).isZero();
    }

    @Test
    void newSecretIsTakenUpWithoutARestart() {
        AtomicReference<String> secret = new AtomicReference<>("before");
        OktaTokenSource source = stage.application().clientSecret(secret::get).build();
        assertThat(catchThrowableOfType(IdpTokenException.class, source::mint).code())
                .isEqualTo("OKTA_CLIENT_SECRET_WRONG");

        secret.set(OktaStage.SECRET);

        assertThat(source.mint().subject()).isEqualTo(CLIENT);
    }

    @Test
    void newKeyIsTakenUpWithoutARestart() {
        Keys keys = Keys.rsa(2048);
        stage.idp.m2mClientWithKey("key-client", keys.publicPem()).grant("key-client", AUDIENCE, OktaStage.SCOPE);
        AtomicReference<SigningKey> key =
                new AtomicReference<>(SigningKey.fromPem(Keys.rsa(2048).privatePem()));
        OktaTokenSource source =
                stage.application().clientId("key-client").privateKey(key::get).build();
        assertThat(catchThrowableOfType(IdpTokenException.class, source::mint).code())
                .isEqualTo("OKTA_ASSERTION_REFUSED");

        key.set(SigningKey.fromPem(keys.privatePem()));

        assertThat(source.mint().subject()).isEqualTo("key-client");
    }

    @Test
    void silentOktaIsGivenUp() {
        stage.idp.failAlways(Fault.stalledBody());
        OktaTokenSource source =
                stage.source().requestTimeout(Duration.ofMillis(200)).build();

        assertThat(catchThrowableOfType(IdpTokenException.class, source::mint).code())
                .isEqualTo("IDP_UNREACHABLE");
    }

    @Test
    void printedFormHoldsNoSecret() {
        assertThat(stage.source().build())
                .hasToString("OktaTokenSource[" + stage.idp.issuer() + ", client " + CLIENT + "]");
    }

    private FederationPolicy policyFor(String clientId) {
        return FederationPolicy.builder()
                .issuer(stage.idp.issuer())
                .audience(AUDIENCE)
                .subject(stage.idp.subjectOf(clientId))
                .build();
    }
}
