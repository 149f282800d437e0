// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenfederation.IdpToken;
import io.tokenfederation.policy.FederationPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The policy made from a real token. */
class TokenPolicyTest {
    private static final Signer SIGNER = new Signer("k-1");

    @ParameterizedTest
    @CsvSource({
        "https://oidc.circleci.com/org/c9035eb6, oidc.circleci.com/project-id, oidc.circleci.com/project-id",
        "https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc, repositoryUuid, repositoryUuid",
        "https://oidc.circleci.com/org/c9035eb6, other, sub",
        "https://idp.example.com, repositoryUuid, sub"
    })
    void claimThatStaysFromRunToRunIsTaken(String issuer, String present, String taken) {
        IdpToken token = SIGNER.token(issuer, Map.of(present, "7cc1d11b"));

        FederationPolicy policy = FederationPolicy.matching(token);

        assertThat(policy.subjectClaim()).isEqualTo(taken);
        assertThat(policy.compare(token, "account")).isEmpty();
    }

    @Test
    void anotherClaimMayBeChosen() {
        IdpToken token = SIGNER.token("https://login.microsoftonline.com/t-1/v2.0", Map.of("oid", "o-1", "azp", "c-1"));

        assertThat(FederationPolicy.matching(token, "oid").subject()).hasValue("o-1");
        assertThat(FederationPolicy.matching(token, "azp").subjectClaim()).isEqualTo("azp");
        assertThat(FederationPolicy.matching(token, "azp").compare(token, "account"))
                .isEmpty();
    }

    @Test
    void ofGroupsThereMustBeOne() {
        IdpToken one = SIGNER.token("https://idp.example.com", Map.of("groups", List.of("g-1")));
        IdpToken two = SIGNER.token("https://idp.example.com", Map.of("groups", List.of("g-1", "g-2")));

        assertThat(FederationPolicy.matching(one, "groups").subject()).hasValue("g-1");
        assertThat(FederationPolicy.matching(one, "groups").compare(two, "account"))
                .isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FederationPolicy.matching(two, "groups"))
                .withMessageContaining("2 groups");
    }

    @Test
    void claimThatIsMissingIsSaidWithThoseThatAreThere() {
        IdpToken token = SIGNER.token("https://idp.example.com", Map.of("roles", List.of("a")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> FederationPolicy.matching(token, "oid"))
                .withMessageContaining("'oid'")
                .withMessageContaining("roles");
        assertThatIllegalArgumentException().isThrownBy(() -> FederationPolicy.matching(token, "roles"));
    }

    @Test
    void policyOfTheAccountHasNoSubject() {
        IdpToken token = SIGNER.token("https://idp.example.com", Map.of("email", "me@example.com"));

        FederationPolicy policy = FederationPolicy.matching(token, "email").forAccount();

        assertThat(policy.subject()).isEmpty();
        assertThat(policy.subjectClaim()).isEqualTo("email");
        assertThat(policy.compare(token, "account")).isEmpty();
    }
}
