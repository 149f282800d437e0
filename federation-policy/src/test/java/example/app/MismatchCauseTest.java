// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.MismatchCause;
import io.tokenfederation.policy.Difference;
import io.tokenfederation.policy.FederationPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mistakes that only one provider makes possible: each by its name, with a fix that holds the value to set. */
class MismatchCauseTest {
    private static final String ACCOUNT = "f3b1c9d0-0000-4ab8-85cb-cd0e6f879c1d";
    private static final String GUID = "7f1078d6-b20d-4a20-9d88-05a2f0d645a3";
    private static final String OTHER_GUID = "0b58d7c1-4a3e-4c0a-b0c8-51f6d2a0a111";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ENTRA_VERSION | https://sts.windows.net/t-1/ | https://login.microsoftonline.com/t-1/v2.0 | Set the policy's issuer to 'https://login.microsoftonline.com/t-1/v2.0'; or set requestedAccessTokenVersion to 1
            ENTRA_VERSION | https://login.microsoftonline.com/t-1/v2.0 | https://sts.windows.net/t-1/ | requestedAccessTokenVersion to 2
            ENTRA_TENANT | https://sts.windows.net/contoso.com/ | https://sts.windows.net/t-2/ | Set the policy's issuer to 'https://sts.windows.net/t-2/'
            OKTA_AUTHORIZATION_SERVER | https://acme.okta.com | https://acme.okta.com/oauth2/default | Set the policy's issuer to 'https://acme.okta.com/oauth2/default'
            OKTA_AUTHORIZATION_SERVER | https://acme.okta.com/oauth2/default | https://acme.okta.com | 'https://acme.okta.com/oauth2/default/v1/token'
            HOST | https://dev-1.us.auth0.com/ | https://login.acme.com/ | or ask for the token at the address of 'https://dev-1.us.auth0.com/'
            KEYCLOAK_AUTH_PATH | https://sso.acme.com/auth/realms/a | https://sso.acme.com/realms/a | Set the policy's issuer to 'https://sso.acme.com/realms/a'
            DISCOVERY_ADDRESS | https://dev-1.auth0.com/.well-known/openid-configuration | https://dev-1.auth0.com/ | Set the policy's issuer to 'https://dev-1.auth0.com/'
            """)
    void issuer(MismatchCause cause, String inPolicy, String inToken, String fix) {
        Difference difference = single(policy(inPolicy, "aud", "sub"), claims(inToken, "aud", "sub"));

        assertThat(difference.claim()).isEqualTo("iss");
        assertThat(difference.cause()).isEqualTo(cause);
        assertThat(difference.fix()).contains(fix);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GITHUB_IDS | repo:o/r:ref:refs/heads/main | repo:o@1/r@22:ref:refs/heads/main | subject to 'repo:o@1/r@22:ref:refs/heads/main'.
            GITHUB_ENVIRONMENT | repo:o/r:ref:refs/heads/main | repo:o/r:environment:prod | change environment: in the workflow
            AZURE_DEVOPS_CONNECTION | sc://o/p/c | p://o/p/pipe | with the id of a service connection, so that it says 'sc://o/p/c'
            AZURE_DEVOPS_CONNECTION | p://o/p/pipe | sc://o/p/c | without the id of a service connection
            TERRAFORM_PHASE | organization:o:project:p:workspace:w:run_phase:plan | organization:o:project:p:workspace:w:run_phase:apply | Add a second policy beside this one
            GOOGLE_EMAIL | sa@p.iam.gserviceaccount.com | 104567890123456789012 | subject to '104567890123456789012'.
            AWS_ASSUMED_ROLE | arn:aws:iam::123456789012:role/b | arn:aws:sts::123456789012:assumed-role/b/i-1 | subject to 'arn:aws:sts
            KUBERNETES_SERVICE_ACCOUNT | system:serviceaccount:prod:web-7d9f-x | system:serviceaccount:prod:web | subject to 'system:serviceaccount:prod:web'.
            AUTH0_CLIENTS_SUFFIX | kD3 | kD3@clients | subject to 'kD3@clients'.
            OTHER_GUID | 7f1078d6-b20d-4a20-9d88-05a2f0d645a3 | 0b58d7c1-4a3e-4c0a-b0c8-51f6d2a0a111 | subject to '0b58d7c1
            """)
    void subject(MismatchCause cause, String inPolicy, String inToken, String fix) {
        Difference difference =
                single(policy("https://idp.acme.com", "aud", inPolicy), claims("https://idp.acme.com", "aud", inToken));

        assertThat(difference.claim()).isEqualTo("sub");
        assertThat(difference.cause()).isEqualTo(cause);
        assertThat(difference.fix()).contains(fix);
    }

    @Test
    void clientIdInPlaceOfEntrasObjectId() {
        Map<String, Object> claims = claims("https://login.microsoftonline.com/t-1/v2.0", "aud", "object-1");
        claims.putAll(Map.of("azp", "client-1", "tid", "t-1"));
        FederationPolicy policy = policy("https://login.microsoftonline.com/t-1/v2.0", "aud", "client-1");

        Difference difference = single(policy, claims);

        assertThat(difference.cause()).isEqualTo(MismatchCause.ENTRA_CLIENT_ID_FOR_OBJECT_ID);
        assertThat(difference.hint()).contains("'client-1' is the client id");
        assertThat(difference.fix()).isEqualTo("Set the policy's subject to 'object-1'.");
        assertThat(single(policy.toBuilder().subject("somebody-else").build(), claims)
                        .cause())
                .isEqualTo(MismatchCause.OTHER);
    }

    @Test
    void clientIdWhereOktaOrKeycloakHaveAnotherSubject() {
        Map<String, Object> claims = claims("https://acme.okta.com/oauth2/default", "aud", "backend@acme.com");
        claims.put("cid", "0oa1");

        Difference difference = single(policy("https://acme.okta.com/oauth2/default", "aud", "0oa1"), claims);

        assertThat(difference.cause()).isEqualTo(MismatchCause.CLIENT_ID_FOR_SUBJECT);
        assertThat(difference.fix()).isEqualTo("Set the policy's subject to 'backend@acme.com'.");
    }

    @Test
    void rightValueInAnotherClaim() {
        Map<String, Object> claims = claims("https://idp.acme.com", "aud", "248289761001");
        claims.put("preferred_username", "me@acme.com");

        Difference difference = single(policy("https://idp.acme.com", "aud", "me@acme.com"), claims);

        assertThat(difference.cause()).isEqualTo(MismatchCause.SUBJECT_IN_OTHER_CLAIM);
        assertThat(difference.fix()).startsWith("Set the policy's subject_claim to 'preferred_username'");
    }

    @Test
    void circleCisUserAndBitbucketsStep() {
        String circle = "https://oidc.circleci.com/org/" + GUID;
        Map<String, Object> ofCircle = claims(circle, GUID, "org/1/project/2/user/bob");
        ofCircle.put("oidc.circleci.com/project-id", OTHER_GUID);
        String bitbucket = "https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc";
        Map<String, Object> ofBitbucket = claims(bitbucket, "ari", "{" + GUID + "}:{" + OTHER_GUID + "}");
        ofBitbucket.put("repositoryUuid", "{" + GUID + "}");

        Difference user = single(policy(circle, GUID, "org/1/project/2/user/alice"), ofCircle);
        Difference step = single(policy(bitbucket, "ari", "{" + GUID + "}:{" + GUID + "}"), ofBitbucket);

        assertThat(user.cause()).isEqualTo(MismatchCause.CIRCLECI_USER);
        assertThat(user.fix())
                .isEqualTo("Set the policy's subject_claim to 'oidc.circleci.com/project-id' and its subject to '"
                        + OTHER_GUID + "'.");
        assertThat(step.cause()).isEqualTo(MismatchCause.BITBUCKET_STEP);
        assertThat(step.fix()).contains("'repositoryUuid' and its subject to '{" + GUID + "}'.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            KEYCLOAK_DEFAULT_AUDIENCE | https://sso.acme.com/realms/a | account | s | Audience mapper with 'https://adb-1.net'
            KUBERNETES_DEFAULT_AUDIENCE | https://oidc.eks.eu.amazonaws.com/id/1 | https://kubernetes.default.svc | system:serviceaccount:a:b | with the audience 'https://adb-1.net'
            AZURE_DATABRICKS_AUDIENCE | https://sts.windows.net/t-1/ | 2ff814a6-3304-4ab8-85cb-cd0e6f879c1d | o-1 | DatabricksTokenSource.direct
            GUID_FOR_URI | https://login.microsoftonline.com/t-1/v2.0 | 7f1078d6-b20d-4a20-9d88-05a2f0d645a3 | o-1 | Add '7f1078d6-b20d-4a20-9d88-05a2f0d645a3' to the policy's audiences
            TOKEN_ENDPOINT_FOR_WORKSPACE | https://idp.acme.com | https://adb-1.net/oidc/v1/token | s | or have the identity provider issue the token for 'https://adb-1.net'
            TRAILING_SLASH_MISSING | https://idp.acme.com | https://adb-1.net/ | s | Add 'https://adb-1.net/' to the policy's audiences
            """)
    void audience(MismatchCause cause, String issuer, String sent, String subject, String fix) {
        Difference difference =
                single(policy(issuer, "https://adb-1.net", subject), claims(issuer, List.of(sent), subject));

        assertThat(difference.claim()).isEqualTo("aud");
        assertThat(difference.cause()).isEqualTo(cause);
        assertThat(difference.fix()).contains(fix);
    }

    /** Of several audiences on both sides the two that are nearest tell what went wrong. */
    @Test
    void nearestAudiencesAreCompared() {
        FederationPolicy policy = policy("https://idp.acme.com", "something-else", "s").toBuilder()
                .audience("https://adb-1.net")
                .build();
        Map<String, Object> claims =
                claims("https://idp.acme.com", List.of("https://idp.acme.com/userinfo", "https://ADB-1.net"), "s");

        Difference difference = single(policy, claims);

        assertThat(difference.cause()).isEqualTo(MismatchCause.LETTER_CASE);
        assertThat(difference.expected()).isEqualTo("something-else, https://adb-1.net");
        assertThat(difference.hint()).endsWith("at character 9 the policy has 'a', the token 'A'");
        assertThat(difference.fix())
                .isEqualTo("Add 'https://ADB-1.net' to the policy's audiences, or have the identity provider issue the"
                        + " token for 'https://adb-1.net'.");
    }

    /** A stored policy may have what a builder refuses. */
    @Test
    void whatCannotBeSeenIsShown() {
        FederationPolicy policy =
                FederationPolicy.fromJson("{\"issuer\":\"https://idp.acme.com\",\"audiences\":[\"aud\"],\"subject\":"
                        + "\"kD3\\u200b@clients\\n\"}");

        Difference difference = single(policy, claims("https://idp.acme.com", "aud", "kD3@clients"));

        assertThat(difference.cause()).isEqualTo(MismatchCause.INVISIBLE_CHARACTER);
        assertThat(difference)
                .asString()
                .contains("the policy accepts 'kD3\\u200B@clients\\u000A'")
                .contains("at character 4 the policy has U+200B ZERO WIDTH SPACE, the token '@'")
                .doesNotContain("\n");
    }

    @Test
    void groupsMayBeAListAndOneOfThemIsEnough() {
        Map<String, Object> claims = claims("https://idp.acme.com", "aud", "s");
        claims.put("groups", List.of("g-1", "g-2"));
        FederationPolicy policy = policy("https://idp.acme.com", "aud", "g-2").toBuilder()
                .subjectClaim("groups")
                .build();

        assertThat(policy.compare(claims, ACCOUNT)).isEmpty();
        assertThat(single(policy.toBuilder().subject("g-9").build(), claims).actual())
                .isEqualTo("g-1, g-2");
    }

    @Test
    void missingClaimsAndListsAreSaidToBe() {
        Map<String, Object> claims = claims("https://idp.acme.com", "aud", "s");
        claims.put("sub", List.of("s"));

        Difference list = single(policy("https://idp.acme.com", "aud", "s"), claims);
        claims.remove("sub");
        Difference missing = single(policy("https://idp.acme.com", "aud", "s"), claims);

        assertThat(list.cause()).isEqualTo(MismatchCause.CLAIM_NO_STRING);
        assertThat(missing.cause()).isEqualTo(MismatchCause.CLAIM_MISSING);
        assertThat(missing.fix()).isEqualTo("Have the identity provider issue sub in this token.");
    }

    private static Difference single(FederationPolicy policy, Map<String, Object> claims) {
        List<Difference> differences = policy.compare(claims, ACCOUNT);
        assertThat(differences).hasSize(1);
        return differences.get(0);
    }

    private static FederationPolicy policy(String issuer, String audience, String subject) {
        return FederationPolicy.builder()
                .issuer(issuer)
                .audience(audience)
                .subject(subject)
                .build();
    }

    private static Map<String, Object> claims(String issuer, Object audience, String subject) {
        return new HashMap<>(Map.of("iss", issuer, "aud", audience, "sub", subject));
    }
}
