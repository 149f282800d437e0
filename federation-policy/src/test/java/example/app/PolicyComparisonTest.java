// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.policy.Difference;
import io.tokenfederation.policy.FederationPolicy;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables are those of Databricks' page "Configure a federation policy", their placeholders filled in. */
class PolicyComparisonTest {
    private static final String ACCOUNT = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";
    private static final String ISSUER = "https://idp.mycompany.com/oidc";

    record Example(String tool, FederationPolicy policy, Map<String, Object> claims) {
        @Override
        public String toString() {
            return tool;
        }
    }

    static Stream<Example> documented() {
        return Stream.concat(servicePrincipalTable(), accountTable());
    }

    private static Stream<Example> servicePrincipalTable() {
        String github = "https://token.actions.githubusercontent.com";
        String kubernetes = "https://kubernetes.default.svc";
        String devOps = "https://vstoken.dev.azure.com/7f1078d6-b20d-4a20-9d88-05a2f0d645a3";
        String circle = "https://oidc.circleci.com/org/c9035eb6-6eb2-4c85-8a81-d9ee6a1fa8c2";
        return Stream.of(
                new Example(
                        "GitHub Actions",
                        policy(github, "https://github.com/acme", "repo:acme/app:environment:prod"),
                        claims(github, "https://github.com/acme", "sub", "repo:acme/app:environment:prod")),
                new Example(
                        "Kubernetes",
                        policy(kubernetes, kubernetes, "system:serviceaccount:namespace:podname"),
                        claims(kubernetes, List.of(kubernetes), "sub", "system:serviceaccount:namespace:podname")),
                new Example(
                        "Azure DevOps",
                        policy(devOps, "api://AzureADTokenExchange", "sc://my-org/my-project/my-connection"),
                        claims(devOps, "api://AzureADTokenExchange", "sub", "sc://my-org/my-project/my-connection")),
                new Example(
                        "GitLab",
                        policy("https://gitlab.example.com", "https://gitlab.example.com", "project_path:g/p:ref:main"),
                        claims(
                                "https://gitlab.example.com",
                                "https://gitlab.example.com",
                                "sub",
                                "project_path:g/p:ref:main")),
                new Example(
                        "CircleCI",
                        FederationPolicy.builder()
                                .issuer(circle)
                                .audience("c9035eb6-6eb2-4c85-8a81-d9ee6a1fa8c2")
                                .subject("7cc1d11b-46c8-4eb2-9482-4c56a910c7ce")
                                .subjectClaim("oidc.circleci.com/project-id")
                                .build(),
                        claims(
                                circle,
                                "c9035eb6-6eb2-4c85-8a81-d9ee6a1fa8c2",
                                "oidc.circleci.com/project-id",
                                "7cc1d11b-46c8-4eb2-9482-4c56a910c7ce")));
    }

    private static Stream<Example> accountTable() {
        FederationPolicy plain =
                FederationPolicy.builder().issuer(ISSUER).audience(ACCOUNT).build();
        FederationPolicy otherClaim = FederationPolicy.builder()
                .issuer(ISSUER)
                .audience(ACCOUNT)
                .subjectClaim("preferred_username")
                .build();
        Map<String, Object> both =
                claims(ISSUER, List.of(ACCOUNT, "other-audience"), "preferred_username", "username@mycompany.com");
        both.put("sub", "some-other-ignored-value");
        return Stream.of(
                new Example("account", plain, claims(ISSUER, ACCOUNT, "sub", "username@mycompany.com")),
                new Example("account, other claim", otherClaim, both),
                new Example(
                        "account, pinned keys",
                        FederationPolicy.builder()
                                .issuer(ISSUER)
                                .audience(ACCOUNT)
                                .jwksJson("{\"keys\":[{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"uPUViFv\"}]}")
                                .build(),
                        claims(ISSUER, ACCOUNT, "sub", "username@mycompany.com")),
                new Example(
                        "account, keys elsewhere",
                        FederationPolicy.builder()
                                .issuer(ISSUER)
                                .audience(ACCOUNT)
                                .jwksUri(URI.create("https://idp.mycompany.com/jwks.json"))
                                .build(),
                        claims(ISSUER, ACCOUNT, "sub", "username@mycompany.com")));
    }

    @ParameterizedTest
    @MethodSource("documented")
    void eachDocumentedTokenMatchesItsPolicy(Example example) {
        assertThat(example.policy().compare(example.claims(), ACCOUNT)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documented")
    void aChangeOfOneCharacterIsFound(Example example) {
        String subject = example.policy().subjectClaim();

        assertThat(mutations(example, "iss"))
                .allSatisfy(claims -> assertThat(compare(example, claims)).containsExactly("iss"));
        assertThat(mutations(example, "aud"))
                .allSatisfy(claims -> assertThat(compare(example, claims)).containsExactly("aud"));
        if (example.policy().subject().isPresent()) {
            assertThat(mutations(example, subject))
                    .allSatisfy(claims -> assertThat(compare(example, claims)).containsExactly(subject));
        }
    }

    @ParameterizedTest
    @MethodSource("documented")
    void aMissingClaimIsADifference(Example example) {
        List<Difference> differences = example.policy().compare(Map.of(), ACCOUNT);

        assertThat(differences)
                .extracting(Difference::claim)
                .containsExactly("iss", "aud", example.policy().subjectClaim());
        assertThat(differences).extracting(Difference::actual).containsOnly("(missing)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            iss | https://dev-1.auth0.com            | https://dev-1.auth0.com/           | lacks the trailing slash
            iss | https://dev-1.auth0.com/           | https://dev-1.auth0.com            | slash too many
            iss | https://dev-1.auth0.com            | https://DEV-1.auth0.com            | letter case
            iss | https://dev-1.auth0.com/           | http://dev-1.auth0.com/            | scheme
            iss | https://dev-1.auth0.com/           | HTTP://dev-1.AUTH0.com             | scheme, letter case or
            iss | https://sts.windows.net/t-1/       | https://login.microsoftonline.com/t-1/v2.0 | token is v2.0
            iss | https://login.microsoftonline.com/t-1/v2.0 | https://sts.windows.net/t-1/       | token is v1.0
            iss | https://sts.windows.net/t-1/       | https://sts.windows.net/t-2/       | two Entra ID tenants
            iss | https://acme.okta.com/             | https://acme.okta.com/oauth2/default | authorization server
            iss | https://a.example.com              | https://b.example.com              | ''
            aud | https://adb-1.azuredatabricks.net  | https://adb-1.azuredatabricks.net/ | lacks the trailing slash
            aud | https://adb-1.azuredatabricks.net  | adb-1.azuredatabricks.net          | scheme
            aud | api://7f1078d6-b20d-4a20-9d88-05a2f0d645a3 | 7f1078d6-b20d-4a20-9d88-05a2f0d645a3 | token a GUID
            aud | https://adb-1.azuredatabricks.net  | 7f1078d6-b20d-4a20-9d88-05a2f0d645a3 | token a GUID
            aud | 7f1078d6-b20d-4a20-9d88-05a2f0d645a3 | https://adb-1.azuredatabricks.net | token a URI
            sub | abc                                | abc@clients                        | lacks the suffix @clients
            sub | abc@clients                        | abc                                | has the suffix @clients
            sub | 7f1078d6-b20d-4a20-9d88-05a2f0d645a3 | 2ff814a6-3304-4ab8-85cb-cd0e6f879c1d | two GUIDs
            """)
    void aNearMissIsNamed(String claim, String inPolicy, String inToken, String hint) {
        Map<String, String> policy = new HashMap<>(Map.of("iss", ISSUER, "aud", "a", "sub", "s"));
        Map<String, String> token = new HashMap<>(policy);
        policy.put(claim, inPolicy);
        token.put(claim, inToken);

        List<Difference> differences =
                policy(policy.get("iss"), policy.get("aud"), policy.get("sub")).compare(token, ACCOUNT);

        assertThat(differences).singleElement().satisfies(difference -> {
            assertThat(difference.claim()).isEqualTo(claim);
            assertThat(difference.expected()).isEqualTo(inPolicy);
            assertThat(difference.actual()).isEqualTo(inToken);
            assertThat(difference.hint()).contains(hint);
        });
    }

    @Test
    void aPolicyWithoutAudiencesAcceptsOnlyTheAccountId() {
        FederationPolicy policy =
                FederationPolicy.builder().issuer(ISSUER).subject("s").build();

        List<Difference> forAccount = policy.compare(claims(ISSUER, ACCOUNT, "sub", "s"), ACCOUNT);
        List<Difference> forHost = policy.compare(claims(ISSUER, "https://adb-1", "sub", "s"), ACCOUNT);

        assertThat(forAccount).isEmpty();
        assertThat(forHost).singleElement().satisfies(difference -> {
            assertThat(difference.expected()).isEqualTo(ACCOUNT);
            assertThat(difference.hint()).contains("only the account id");
        });
    }

    @Test
    void oneListedAudienceIsEnough() {
        FederationPolicy policy = FederationPolicy.builder()
                .issuer(ISSUER)
                .audience("a")
                .audience("b")
                .subject("s")
                .build();

        assertThat(policy.compare(claims(ISSUER, List.of("x", "b"), "sub", "s"), ACCOUNT))
                .isEmpty();
        assertThat(policy.compare(claims(ISSUER, List.of("x", "y"), "sub", "s"), ACCOUNT))
                .containsExactly(new Difference("aud", "a, b", "x, y", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "sub"})
    void aListIsNotAString(String claim) {
        Map<String, Object> claims = claims(ISSUER, "a", "sub", "s");
        claims.put(claim, List.of(String.valueOf(claims.get(claim))));

        assertThat(policy(ISSUER, "a", "s").compare(claims, ACCOUNT))
                .singleElement()
                .extracting(Difference::claim, Difference::actual)
                .containsExactly(claim, "(not a string)");
    }

    @Test
    void anAccountPolicyNeedsAUserName() {
        FederationPolicy policy =
                FederationPolicy.builder().issuer(ISSUER).audience("a").build();

        assertThat(policy.compare(claims(ISSUER, "a", "sub", " "), ACCOUNT))
                .extracting(Difference::claim)
                .containsExactly("sub");
    }

    @Test
    void aDifferenceReadsAsASentence() {
        Difference difference = policy(ISSUER, "a", "abc")
                .compare(claims(ISSUER, "a", "sub", "abc@clients"), ACCOUNT)
                .get(0);

        assertThat(difference)
                .hasToString(
                        "token sub is 'abc@clients', the policy accepts 'abc': the policy lacks the suffix @clients"
                                + " that Auth0 gives to client ids");
    }

    private static List<String> compare(Example example, Map<String, Object> claims) {
        return example.policy().compare(claims, ACCOUNT).stream()
                .map(Difference::claim)
                .toList();
    }

    /** The example's claims with one character of one claim changed, dropped or added, at every place. */
    private static List<Map<String, Object>> mutations(Example example, String claim) {
        List<Map<String, Object>> mutations = new ArrayList<>();
        Object value = example.claims().get(claim);
        String text = value instanceof List<?> list ? String.valueOf(list.get(0)) : String.valueOf(value);
        for (int i = 0; i < text.length(); i++) {
            String changed = Character.isUpperCase(text.charAt(i)) ? "x" : "X";
            mutations.add(with(example, claim, text.substring(0, i) + changed + text.substring(i + 1)));
            mutations.add(with(example, claim, text.substring(0, i) + text.substring(i + 1)));
            mutations.add(with(example, claim, text.substring(0, i) + "/" + text.substring(i)));
        }
        mutations.add(with(example, claim, text + "/"));
        mutations.add(with(example, claim, text + " "));
        return mutations;
    }

    private static Map<String, Object> with(Example example, String claim, String value) {
        Map<String, Object> claims = new HashMap<>(example.claims());
        claims.put(claim, value);
        return claims;
    }

    private static FederationPolicy policy(String issuer, String audience, String subject) {
        return FederationPolicy.builder()
                .issuer(issuer)
                .audience(audience)
                .subject(subject)
                .build();
    }

    private static Map<String, Object> claims(String issuer, Object audience, String subjectClaim, String subject) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", issuer);
        claims.put("aud", audience);
        claims.put(subjectClaim, subject);
        return claims;
    }
}
