// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.OktaStage.CLIENT;
import static example.app.OktaStage.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.FederationException;
import io.tokenfederation.policy.FederationPolicy;
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

    @ParameterizedTest
    @MethodSource("example.app.OktaMistakes#all")
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
