// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tokenfederation.MismatchCause;
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
    void everyChangeOfOneCharacterIsFoundAndNamed(Example example) {
        List<String> claims = new ArrayList<>(List.of("iss", "aud"));
        example.policy()
                .subject()
                .ifPresent(subject -> claims.add(example.policy().subjectClaim()));

        for (String claim : claims) {
            assertThat(Edits.of(text(example, claim)))
                    .allSatisfy(edit -> assertThat(
                                    example.policy().compare(with(example, claim, edit.changed()), ACCOUNT))
                            .extracting(Difference::claim, Difference::cause)
                            .containsExactly(tuple(claim, edit.cause())));
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

    @Test
    void aPolicyWithoutAudiencesAcceptsOnlyTheAccountId() {
        FederationPolicy policy =
                FederationPolicy.builder().issuer(ISSUER).subject("s").build();

        List<Difference> forAccount = policy.compare(claims(ISSUER, ACCOUNT, "sub", "s"), ACCOUNT);
        List<Difference> forHost = policy.compare(claims(ISSUER, "https://adb-1", "sub", "s"), ACCOUNT);

        assertThat(forAccount).isEmpty();
        assertThat(forHost).singleElement().satisfies(difference -> {
            assertThat(difference.expected()).isEqualTo(ACCOUNT);
            assertThat(difference.cause()).isEqualTo(MismatchCause.ACCOUNT_ID_DEFAULT);
            assertThat(difference.hint()).contains("only the account id");
            assertThat(difference.fix()).contains("Add 'https://adb-1'").contains("'" + ACCOUNT + "'");
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
                .singleElement()
                .extracting(Difference::claim, Difference::expected, Difference::actual, Difference::cause)
                .containsExactly("aud", "a, b", "x, y", MismatchCause.OTHER);
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
                                + " that Auth0 gives to client ids — fix: Set the policy's subject to"
                                + " 'abc@clients'.");
    }

    private static String text(Example example, String claim) {
        Object value = example.claims().get(claim);
        return String.valueOf(value instanceof List<?> list ? list.get(0) : value);
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
