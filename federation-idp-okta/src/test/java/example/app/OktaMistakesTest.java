// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.OktaStage.AUDIENCE;
import static example.app.OktaStage.CLIENT;
import static example.app.OktaStage.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.FederationException;
import io.tokenfederation.SigningKey;
import io.tokenfederation.okta.OktaTokenSourceBuilder;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.Fault;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The mistakes O1 to O14: each has a code, and a fix that says where in Okta to change what. */
final class OktaMistakesTest {
    private final OktaStage stage = new OktaStage();

    @AfterEach
    void close() {
        stage.close();
    }

    static Stream<OktaMistake> mistakes() {
        return Stream.concat(atOkta(), atDatabricks());
    }

    private static Stream<OktaMistake> atOkta() {
        return Stream.of(
                OktaMistake.of(
                        "O1 token of the org server",
                        on -> {
                            on.idp.forgery().claim("iss", on.origin());
                            on.source().build().mint();
                        },
                        "OKTA_ORG_SERVER",
                        "Set authorizationServer to a custom authorization server"),
                OktaMistake.of(
                        "O2 application requires DPoP",
                        on -> {
                            on.okta.requireDpop(CLIENT);
                            on.source().build().mint();
                        },
                        "OKTA_DPOP_REQUIRED",
                        "Untick 'Require Demonstrating Proof of Possession (DPoP)' at Applications"),
                OktaMistake.of(
                        "O3 JWT bound to a key",
                        on -> {
                            on.idp.forgery().claim("cnf", Map.of("jkt", "thumbprint"));
                            on.source().build().mint();
                        },
                        "OKTA_DPOP_REQUIRED",
                        "Untick"),
                OktaMistake.of(
                        "O3 token_type DPoP",
                        on -> {
                            on.idp.failAlways(Fault.status(200)
                                    .body("application/json", "{\"access_token\":\"canary\",\"token_type\":\"DPoP\"}"));
                            on.source().build().mint();
                        },
                        "OKTA_DPOP_REQUIRED",
                        "Untick"),
                OktaMistake.of(
                        "O4 scope that the server does not have",
                        on -> on.source().scopes("databriks").build().mint(),
                        "OKTA_SCOPE_UNKNOWN",
                        "Add the scopes 'databriks' at Security > API > default > Scopes"),
                OktaMistake.of(
                        "O6 no policy for the application",
                        on -> {
                            on.idp.m2mClient("other", OktaStage.SECRET);
                            on.source().clientId("other").build().mint();
                        },
                        "OKTA_ACCESS_POLICY_MISSING",
                        "add a policy for the application 'other'"),
                OktaMistake.of(
                        "O8 unknown client",
                        on -> on.source().clientId("0oa-nobody").build().mint(),
                        "OKTA_CLIENT_UNKNOWN",
                        "has the client id '0oa-nobody'"),
                OktaMistake.of(
                        "O9 the server keeps the org's issuer under a custom domain",
                        on -> on.source().domain(on.otherName()).build().mint(),
                        "IDP_ISSUER_MISMATCH",
                        "Pin the issuer at Security > API > default > Settings > Issuer"),
                OktaMistake.of(
                        "O11 audience checked before the exchange",
                        on -> on.source()
                                .expectedAudience("https://adb-1.example.com")
                                .build()
                                .mint(),
                        "OKTA_AUDIENCE_MISMATCH",
                        "no request can choose another: change it at Security > API > default > Settings > Audience, or"
                                + " make expectedAudience and the federation policy say '" + AUDIENCE + "'"),
                OktaMistake.of(
                        "a scope that needs consent",
                        on -> {
                            on.okta.consentScope("profile-of-someone");
                            on.source().scopes("profile-of-someone").build().mint();
                        },
                        "OKTA_SCOPE_CONSENT",
                        "Implicit"),
                OktaMistake.of(
                        "a scope that the rule does not allow",
                        on -> {
                            on.okta.scope("other");
                            on.source().scopes("other").build().mint();
                        },
                        "OKTA_SCOPE_DENIED",
                        "Allow the scopes 'other' in the rule"),
                OktaMistake.of(
                        "sub that has no value without a person",
                        on -> {
                            on.okta.subjectCannotBeEvaluated();
                            on.source().build().mint();
                        },
                        "OKTA_CLAIM_NOT_EVALUATED",
                        "Security > API > default > Claims"),
                OktaMistake.of(
                        "an authorization server that is not there",
                        on -> on.source().authorizationServer("aus404").build().mint(),
                        "OKTA_SERVER_NOT_FOUND",
                        "it has none named 'aus404'"),
                OktaMistake.of(
                        "a wrong secret",
                        on -> on.source().clientSecret("wrong-canary").build().mint(),
                        "OKTA_CLIENT_SECRET_WRONG",
                        "Copy the client secret anew"),
                OktaMistake.of(
                        "a key where the application has a secret",
                        on -> on.application()
                                .privateKey(SigningKey.fromPem(Keys.rsa(2048).privatePem()))
                                .build()
                                .mint(),
                        "OKTA_CLIENT_AUTH_METHOD",
                        "Set Client authentication to 'Public key / Private key'"));
    }

    private static Stream<OktaMistake> atDatabricks() {
        return Stream.of(
                OktaMistake.of(
                        "O9 dynamic issuer, and a policy for the other host",
                        on -> {
                            on.okta.dynamicIssuer(true);
                            exchange(on, on.source().domain(on.otherName()));
                        },
                        "ISSUER_MISMATCH",
                        "localhost"),
                OktaMistake.of(
                        "O10 sub is not cid",
                        on -> {
                            on.okta.subject("backend@example.com");
                            exchange(on, on.source());
                        },
                        "SUBJECT_MISMATCH",
                        "The JWT's sub is 'backend@example.com'"),
                OktaMistake.of(
                        "O11 audience of the server is not the policy's",
                        on -> {
                            on.idp.api("api://default").grant(CLIENT, "api://default", SCOPE);
                            exchange(on, on.source());
                        },
                        "AUDIENCE_MISMATCH",
                        "api://default"));
    }

    private static void exchange(OktaStage on, OktaTokenSourceBuilder source) {
        on.exchanger(source.build()).tokenFor(on.principal);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakeHasACodeAndAFix(OktaMistake mistake) {
        FederationException failure = catchThrowableOfType(
                FederationException.class, () -> mistake.made().on(stage));

        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(mistake.code());
        assertThat(failure.fix()).contains(mistake.inFix());
        assertThat(failure.retryable()).isEqualTo(mistake.retryable());
        for (Throwable link = failure; link != null; link = link.getCause()) {
            assertThat(link.toString()).doesNotContain("s3cret", "canary", "eyJ");
        }
    }

    /** O9: both issuers are named. */
    @Test
    void wrongIssuerIsShownBesideTheExpectedOne() {
        FederationException failure = catchThrowableOfType(
                FederationException.class,
                () -> stage.source().domain(stage.otherName()).build().mint());

        assertThat(failure).hasMessageContaining("'" + stage.idp.issuer() + "'");
        assertThat(failure).hasMessageContaining("'" + stage.otherName() + "/oauth2/default'");
    }

    /** O9: the way out, where the server is to keep its issuer. */
    @Test
    void issuerCanBeAnotherThanTheDomain() {
        assertThat(stage.source()
                        .domain(stage.otherName())
                        .issuer(stage.idp.issuer())
                        .build()
                        .mint()
                        .issuer())
                .isEqualTo(stage.idp.issuer());
    }

    /** O9, O10, O11: what the policy module says of them, before anything is sent to Databricks. */
    @Test
    void policyIsComparedWithTheRealJwt() {
        stage.okta.subject("backend@example.com");
        FederationPolicy guessed = FederationPolicy.builder()
                .issuer(stage.origin())
                .audience("https://adb-1.example.com")
                .subject(CLIENT)
                .build();

        var differences = guessed.compare(stage.source().build().mint(), "account");

        assertThat(differences).extracting("claim").containsExactly("iss", "aud", "sub");
        assertThat(differences.get(0).hint()).contains("comes from its authorization server");
    }

    /** O10 is legal: nothing fails where the policy names what sub says. */
    @Test
    void subjectThatIsNotTheClientIdCanBeExchanged() {
        stage.okta.subject("backend@example.com");
        var idp = stage.source().build();
        stage.databricks.removePolicies(stage.principal);
        stage.databricks.policy(stage.principal, FederationPolicy.matching(idp.mint()));

        assertThat(stage.exchanger(idp).tokenFor(stage.principal)).isNotNull();
        assertThat(idp.mint().claims()).containsEntry("cid", CLIENT).containsEntry("sub", "backend@example.com");
    }

    /** O5 and O12 never get as far as Okta. */
    @Test
    void whatOktaAlwaysRefusesIsRefusedWhenTheSourceIsBuilt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.source().scopes(SCOPE, "openid"))
                .withMessageContaining("'openid' is for people");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.source().authorizationServer("v1"))
                .withMessageContaining("tokens of the org authorization server are for Okta's own APIs");
        assertThat(stage.idp.tokenRequests()).isZero();
    }
}
