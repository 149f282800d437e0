// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.MismatchCause;
import io.tokenfederation.policy.Difference;
import io.tokenfederation.policy.FederationPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One matching pair for each provider; then every edit of one character in the token, and a
 * quarter of them in the policy. None may pass, or be misnamed.
 */
class MutationAtScaleTest {
    private static final String ACCOUNT = "f3b1c9d0-0000-4ab8-85cb-cd0e6f879c1d";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Auth0 | https://dev-1.us.auth0.com/ | https://adb-1234567890123456.7.azuredatabricks.net | sub | kD3vQx@clients
            Okta | https://acme.okta.com/oauth2/default | https://adb-1.azuredatabricks.net | sub | 0oa1gjh63g214q0Hq0g4
            Entra ID v1.0 | https://sts.windows.net/aaaaaaaa-bbbb-4ccc-dddd-eeeeeeeeeeee/ | api://7f1078d6-b20d-4a20-9d88-05a2f0d645a3 | sub | 0b58d7c1-4a3e-4c0a-b0c8-51f6d2a0a111
            Entra ID v2.0 | https://login.microsoftonline.com/aaaaaaaa-bbbb-4ccc-dddd-eeeeeeeeeeee/v2.0 | 7f1078d6-b20d-4a20-9d88-05a2f0d645a3 | oid | 0b58d7c1-4a3e-4c0a-b0c8-51f6d2a0a111
            Keycloak | https://sso.example.com/realms/main | https://adb-1.azuredatabricks.net | sub | 52ec025a-134e-46f1-a828-f6f1bc3f1df0
            GitHub | https://token.actions.githubusercontent.com | https://github.com/acme | sub | repo:acme/app:environment:prod
            GitHub with ids | https://token.actions.githubusercontent.com | https://github.com/acme | sub | repo:acme@12/app@3456:ref:refs/heads/main
            GitLab | https://gitlab.example.com | https://gitlab.example.com | sub | project_path:group/project:ref_type:branch:ref:main
            Azure DevOps connection | https://vstoken.dev.azure.com/7f1078d6-b20d-4a20-9d88-05a2f0d645a3 | api://AzureADTokenExchange | sub | sc://my-org/my-project/my-connection
            Azure DevOps pipeline | https://vstoken.dev.azure.com/7f1078d6-b20d-4a20-9d88-05a2f0d645a3 | api://AzureADTokenExchange | sub | p://my-org/my-project/my-pipeline
            CircleCI | https://oidc.circleci.com/org/c9035eb6-6eb2-4c85-8a81-d9ee6a1fa8c2 | c9035eb6-6eb2-4c85-8a81-d9ee6a1fa8c2 | oidc.circleci.com/project-id | 7cc1d11b-46c8-4eb2-9482-4c56a910c7ce
            Kubernetes | https://kubernetes.default.svc | https://kubernetes.default.svc | sub | system:serviceaccount:prod:backend
            EKS | https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE | databricks | sub | system:serviceaccount:prod:backend
            Google | https://accounts.google.com | https://adb-1.azuredatabricks.net | sub | 104567890123456789012
            AWS | https://abc12345-def4-5678-90ab-cdef12345678.tokens.sts.global.api.aws | databricks | sub | arn:aws:iam::123456789012:role/backend
            SPIFFE | https://oidc-discovery.example.org | databricks | sub | spiffe://example.org/ns/prod/sa/backend
            HCP Terraform | https://app.terraform.io | databricks | sub | organization:acme:project:app:workspace:prod:run_phase:apply
            Bitbucket | https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc | ari:cloud:bitbucket::workspace/7f1078d6-b20d-4a20-9d88-05a2f0d645a3 | repositoryUuid | {7cc1d11b-46c8-4eb2-9482-4c56a910c7ce}
            """)
    void everyEditOfOneCharacterIsFoundAndNamed(
            String provider, String issuer, String audience, String subjectClaim, String subject) {
        Map<String, String> claims = new HashMap<>(Map.of("sub", "something that changes"));
        claims.putAll(Map.of("iss", issuer, "aud", audience, subjectClaim, subject));
        FederationPolicy policy = policy(claims, subjectClaim);
        assertThat(policy.compare(claims, ACCOUNT)).isEmpty();

        Random random = new Random(4711);
        List<String> wrong = new ArrayList<>();
        int judged = 0;
        for (String claim : List.of("iss", "aud", subjectClaim)) {
            for (Edits.Edit edit : Edits.of(claims.get(claim))) {
                judged++;
                Map<String, String> changed = new HashMap<>(claims);
                changed.put(claim, edit.changed());
                judge(policy.compare(changed, ACCOUNT), claim, edit, edit.cause(), wrong);
                if (random.nextInt(4) == 0) {
                    judge(policy(changed, subjectClaim).compare(claims, ACCOUNT), claim, edit, turned(edit), wrong);
                }
            }
        }

        assertThat(judged).as(provider).isGreaterThan(1_000);
        assertThat(wrong).as(provider).isEmpty();
    }

    /** What the token lacks the policy has too many of. */
    private static MismatchCause turned(Edits.Edit edit) {
        return switch (edit.cause()) {
            case TRAILING_SLASH_MISSING -> MismatchCause.TRAILING_SLASH_EXTRA;
            case TRAILING_SLASH_EXTRA -> MismatchCause.TRAILING_SLASH_MISSING;
            default -> edit.cause();
        };
    }

    private static void judge(
            List<Difference> found, String claim, Edits.Edit edit, MismatchCause cause, List<String> wrong) {
        boolean right = found.size() == 1
                && found.get(0).claim().equals(claim)
                && found.get(0).cause() == cause
                && !found.get(0).fix().isBlank();
        if (!right) {
            wrong.add(claim + " " + edit + " found " + found);
        }
    }

    /** As it is stored: a builder would refuse some of the edits. */
    private static FederationPolicy policy(Map<String, String> claims, String subjectClaim) {
        return FederationPolicy.fromJson("{\"issuer\":" + json(claims.get("iss")) + ",\"audiences\":["
                + json(claims.get("aud")) + "],\"subject\":" + json(claims.get(subjectClaim)) + ",\"subject_claim\":"
                + json(subjectClaim) + "}");
    }

    private static String json(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars()
                .forEach(unit -> json.append(
                        unit < 0x20 || unit > 0x7e || unit == '"' || unit == '\\'
                                ? String.format("\\u%04x", unit)
                                : Character.toString(unit)));
        return json.append('"').toString();
    }
}
