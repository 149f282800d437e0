// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearMissTest {
    private static final NearMiss POLICY_AND_TOKEN = new NearMiss("the policy", "the token");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            TRAILING_SLASH_MISSING | https://a.com | https://a.com/ | the policy lacks the trailing slash
            TRAILING_SLASH_EXTRA | https://a.com/ | https://a.com | the policy has a trailing slash too many
            AUTH0_CLIENTS_SUFFIX | abc | abc@clients | the policy lacks the suffix @clients that Auth0 gives to client ids
            AUTH0_CLIENTS_SUFFIX | abc@clients | abc | the policy has the suffix @clients, the token has not
            LETTER_CASE | https://A.com | https://a.com | they differ only in letter case: at character 9 the policy has 'A', the token 'a'
            WHITE_SPACE | `https://a.com ` | https://a.com | they differ only in white space: at character 14 the policy has a space, the token its end
            SCHEME | a.com | https://a.com | they differ only in the scheme, such as https://: at character 1 the policy has 'a', the token 'h'
            ONE_CHARACTER | https://dev-1.com | https://dev-2.com | they differ in one character: at character 13 the policy has '1', the token '2'
            """)
    void mistakeIsNamedWithTheSideThatMadeIt(String mistake, String policy, String token, String said) {
        assertThat(POLICY_AND_TOKEN.between(policy, token)).contains(new NearMiss.Found(mistake, said));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LETTER_CASE | https://DEV-1.auth0.com/ | https://dev-1.auth0.com/
            WHITE_SPACE | repo:o/r: environment:prod | repo:o/r:environment:prod
            WHITE_SPACE | repo:o/r\u00a0 | repo:o/r
            INVISIBLE_CHARACTER | repo:o/r\u200b:environment:prod | repo:o/r:environment:prod
            INVISIBLE_CHARACTER | \ufeffrepo:o/r | repo:o/r
            LOOK_ALIKE | https://\u0430cme.okta.com/oauth2/default | https://acme.okta.com/oauth2/default
            LOOK_ALIKE | https://dev\u20131.auth0.com/ | https://dev-1.auth0.com/
            LOOK_ALIKE | backend\uff20example.com | backend@example.com
            LOOK_ALIKE | kD3lO0 | kD3IOO
            QUOTES | "https://a.com" | https://a.com
            DEFAULT_PORT | https://a.com:443/x | https://a.com/x
            DEFAULT_PORT | https://a.com | https://a.com:443
            DOUBLE_SLASH | https://a.com//x | https://a.com/x
            PERCENT_ENCODING | repo:o/r:environment:a%3Ab | repo:o/r:environment:a:b
            SEVERAL_SPELLINGS | HTTP://dev-1.AUTH0.com | https://dev-1.auth0.com/
            SEVERAL_SPELLINGS | 'DEV-1.auth0.com ' | https://dev-1.auth0.com/
            SEVERAL_SPELLINGS | HTTPS://dev-1.auth0.com:443 | https://dev-1.auth0.com/
            ONE_CHARACTER | https://dev-1.auth0.cm/ | https://dev-1.auth0.com/
            ONE_CHARACTER | https://dev-1.auth0.ocm/ | https://dev-1.auth0.com/
            ONE_CHARACTER | https://dev-1.auth0.com/x | https://dev-1.auth0.com/
            PLACEHOLDER | https://oidc.circleci.com/org/<org_id> | https://oidc.circleci.com/org/c9035eb6
            PLACEHOLDER | ${AUTH0_ISSUER} | https://dev-1.auth0.com/
            DISCOVERY_ADDRESS | https://dev-1.auth0.com/.well-known/openid-configuration | https://dev-1.auth0.com/
            GUID_FOR_URI | api://7f1078d6-b20d-4a20-9d88-05a2f0d645a3 | 7f1078d6-b20d-4a20-9d88-05a2f0d645a3
            GUID_FOR_URI | 7f1078d6-b20d-4a20-9d88-05a2f0d645a3 | https://adb-1.azuredatabricks.net
            ENTRA_VERSION | https://sts.windows.net/t-1/ | https://login.microsoftonline.com/t-1/v2.0
            ENTRA_VERSION | https://login.microsoftonline.us/t-1/v2.0 | https://sts.windows.net/t-1/
            ENTRA_TENANT | https://sts.windows.net/contoso.com/ | https://sts.windows.net/t-2/
            OKTA_AUTHORIZATION_SERVER | https://acme.okta.com | https://acme.okta.com/oauth2/default
            OKTA_AUTHORIZATION_SERVER | https://acme.okta.com/oauth2/default | https://acme.okta.com
            OKTA_AUTHORIZATION_SERVER | https://acme.okta.com/oauth2/default | https://acme.okta.com/oauth2/aus1
            KEYCLOAK_AUTH_PATH | https://sso.example.com/auth/realms/main | https://sso.example.com/realms/main
            TOKEN_ENDPOINT_FOR_WORKSPACE | https://adb-1.net | https://adb-1.net/oidc/v1/token
            TOKEN_ENDPOINT_FOR_WORKSPACE | https://accounts.net/oidc/accounts/a-1/v1/token | https://accounts.net/
            PATH | https://gitlab.example.com | https://gitlab.example.com/ci/oidc
            HOST | https://dev-1.us.auth0.com/ | https://login.acme.com/
            OTHER_GUID | 7f1078d6-b20d-4a20-9d88-05a2f0d645a3 | 2ff814a6-3304-4ab8-85cb-cd0e6f879c1d
            """, ignoreLeadingAndTrailingWhitespace = true)
    void mistakeHasAName(String mistake, String policy, String token) {
        assertThat(POLICY_AND_TOKEN.between(policy, token))
                .map(NearMiss.Found::mistake)
                .contains(mistake);
    }

    /** Rows W2, W4, W9, W10 and W15 of the catalogue of misconfigurations, and a pod's name for its service account. */
    @ParameterizedTest
    @CsvSource({
        "GITHUB_IDS, repo:o/r:ref:refs/heads/main, repo:o@1/r@22:ref:refs/heads/main, owner@id/repo@id",
        "GITHUB_ENVIRONMENT, repo:o/r:ref:refs/heads/main, repo:o/r:environment:prod,"
                + " the environment of a job stands in sub",
        "GITHUB_ENVIRONMENT, repo:o/r:environment:prod, repo:o/r:pull_request, the environment of a job stands in sub",
        "AZURE_DEVOPS_CONNECTION, sc://o/p/c, p://o/p/pipe, p://organization/project/pipeline unless a service connection",
        "AZURE_DEVOPS_CONNECTION, p://o/p/pipe, sc://o/p/c, sc://organization/project/connection if one is",
        "CIRCLECI_USER, org/1/project/2/user/33, org/1/project/2/user/44, subject_claim oidc.circleci.com/project-id",
        "CIRCLECI_USER, 7cc1d11b-46c8-4eb2-9482-4c56a910c7ce, org/1/project/2/user/3,"
                + " subject_claim oidc.circleci.com/project-id",
        "BITBUCKET_STEP, {7cc1d11b-46c8-4eb2-9482-4c56a910c7ce}:{2ff814a6-3304-4ab8-85cb-cd0e6f879c1d},"
                + " {7cc1d11b-46c8-4eb2-9482-4c56a910c7ce}:{7f1078d6-b20d-4a20-9d88-05a2f0d645a3}, repositoryUuid",
        "TERRAFORM_PHASE, organization:o:project:p:workspace:w:run_phase:plan,"
                + " organization:o:project:p:workspace:w:run_phase:apply, run_phase:apply",
        "GOOGLE_EMAIL, sa@p.iam.gserviceaccount.com, 104567890123456789012, 'a number, not its e-mail address'",
        "AWS_ASSUMED_ROLE, arn:aws:iam::123456789012:role/backend,"
                + " arn:aws:sts::123456789012:assumed-role/backend/i-1, a session of it",
        "KUBERNETES_SERVICE_ACCOUNT, system:serviceaccount:prod:backend-7d9f, system:serviceaccount:prod:backend,"
                + " the last part is no pod"
    })
    void w2w4w9w10w15SubjectsOfWorkloadsAreToldApart(String mistake, String policy, String token, String said) {
        assertThat(POLICY_AND_TOKEN.between(policy, token)).hasValueSatisfying(found -> {
            assertThat(found.mistake()).isEqualTo(mistake);
            assertThat(found.hint()).contains(said);
        });
        assertThat(POLICY_AND_TOKEN.between(token, policy))
                .map(NearMiss.Found::mistake)
                .contains(mistake);
    }

    @ParameterizedTest
    @CsvSource({
        "repo:o/r:ref:refs/heads/main, repo:o/r:ref:refs/heads/dev",
        "repo:o/r:ref:refs/heads/main, repo:o@1/other@22:ref:refs/heads/main",
        "organization:o:project:p:workspace:w:run_phase:plan, organization:o:project:p:workspace:v:run_phase:apply",
        "me@example.com, 104567890123456789012",
        "same, same",
        "'', x",
        "a, b",
        "https://a.example.com/x, https://b.example.com/y"
    })
    void valuesThatDifferForNoKnownReasonAreLeftAlone(String policy, String token) {
        assertThat(POLICY_AND_TOKEN.between(policy, token)).isEmpty();
    }

    @Test
    void aCharacterThatCannotBeSeenIsNamed() {
        Optional<String> hint =
                POLICY_AND_TOKEN.between("repo:\u200bo/r", "repo:o/r").map(NearMiss.Found::hint);

        assertThat(hint)
                .contains(
                        "they differ only in characters that cannot be seen: at character 6 the policy has U+200B ZERO"
                                + " WIDTH SPACE, the token 'o'");
    }
}
