// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.PolicyOwner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command and the block are read back by a shell and by HCL's rules: what is pasted is what was meant. */
class PolicyRenderingTest {
    private static final String APPLICATION_ID = "bc3cfe6c-469e-4130-b425-5384c4aa30bb";
    private static final PolicyOwner NUMERIC = PolicyOwner.servicePrincipal(3659993829438643L);
    private static final PolicyOwner APPLICATION = PolicyOwner.of(ServicePrincipal.of(APPLICATION_ID));
    private static final FederationPolicy GITHUB = FederationPolicy.builder()
            .issuer("https://token.actions.githubusercontent.com")
            .audience("https://github.com/my-github-org")
            .subject("repo:my-github-org/my-repo:environment:prod")
            .build();

    /** A terminal's command introducer, a change of direction, a blank that is none, a tag, and plain emoji. */
    private static final String INVISIBLE = "a\u009b31m\u202egnp\u00a0\u200d\udb40\udc41\u007f\ud83d\ude00";

    static Stream<String> awkward() {
        return Stream.of(
                "it's",
                "'",
                "''\\''",
                "a\"b\"",
                "$HOME `id` $(id) ${id} !! \\ \\\\ \\n",
                "a\nb\tc\rd",
                "%{if true}x%{endif} 100% $ %",
                "$${x} $$${x} %%{x} $%{x} %${x} ${ $ {",
                "ends with $",
                "{{x}} <y> *?[a-z]~ #; && | > /dev/null",
                "Ä\u2028\u200b\ud83d\ude00",
                "-rf",
                "\u0001\u001f\u007f",
                INVISIBLE);
    }

    @Test
    void commandIsTheOneOfTheReference() {
        assertThat(GITHUB.toCli(NUMERIC)).isEqualTo("""
                databricks account service-principal-federation-policy create 3659993829438643 --json '{
                  "oidc_policy": {
                    "issuer": "https://token.actions.githubusercontent.com",
                    "audiences": [ "https://github.com/my-github-org" ],
                    "subject": "repo:my-github-org/my-repo:environment:prod",
                    "subject_claim": "sub"
                  }
                }'""");
        assertThat(GITHUB.forAccount().toCli(PolicyOwner.account()))
                .startsWith("databricks account federation-policy create --json '{\n");
        assertThat(GITHUB.toCli(PolicyOwner.recipient("acme's share")))
                .startsWith("databricks recipient-federation-policies create 'acme'\\''s share' --name"
                        + " token-actions-githubusercontent-com --json '{\n");
    }

    /** The function stands in for the CLI and prints its arguments, each ended by a NUL. */
    @ParameterizedTest
    @MethodSource("awkward")
    void shellReadsTheCommandBack(String text) throws Exception {
        FederationPolicy policy = GITHUB.toBuilder()
                .audience(text.strip() + ".")
                .subject("x" + text + "x")
                .build();

        List<String> arguments = shell("databricks() { printf '%s\\0' \"$@\"; }\n" + policy.toCli(NUMERIC));

        assertThat(arguments)
                .startsWith("account", "service-principal-federation-policy", "create", "3659993829438643", "--json")
                .hasSize(6);
        assertThat(FederationPolicy.fromJson(arguments.get(5))).isEqualTo(policy);
    }

    @Test
    void numericIdIsLookedUpByTheApplicationId() throws Exception {
        String standIn = """
                databricks() { case "$2" in
                  service-principals) echo LOOKED-UP;;
                  *) printf '%s\\0' "$@";;
                esac; }
                jq() { cat; }
                """;

        List<String> arguments = shell(standIn + GITHUB.toCli(APPLICATION));

        assertThat(arguments.get(3)).isEqualTo("LOOKED-UP");
        assertThat(FederationPolicy.fromJson(arguments.get(5))).isEqualTo(GITHUB);
        assertThat(GITHUB.toCli(APPLICATION))
                .contains(
                        "list --filter 'applicationId eq \"" + APPLICATION_ID + "\"' --output json | jq -r '.[0].id'");
    }

    @Test
    void blockIsTheOneOfTheProvidersDocumentation() {
        assertThat(GITHUB.toTerraform(APPLICATION, "github")).isEqualTo("""
                data "databricks_service_principal" "github" {
                  application_id = "bc3cfe6c-469e-4130-b425-5384c4aa30bb"
                }

                resource "databricks_service_principal_federation_policy" "github" {
                  service_principal_id = tonumber(data.databricks_service_principal.github.id)
                  oidc_policy = {
                    issuer        = "https://token.actions.githubusercontent.com"
                    audiences     = ["https://github.com/my-github-org"]
                    subject       = "repo:my-github-org/my-repo:environment:prod"
                    subject_claim = "sub"
                  }
                }""");
        assertThat(GITHUB.toTerraform(NUMERIC, "github")).contains("  service_principal_id = 3659993829438643\n");
        assertThat(GITHUB.forAccount().toTerraform(PolicyOwner.account(), "staff"))
                .startsWith("resource \"databricks_account_federation_policy\" \"staff\" {\n  oidc_policy = {\n")
                .doesNotContain("subject  ");
    }

    @ParameterizedTest
    @MethodSource("awkward")
    void hclReadsTheBlockBack(String text) {
        String keys = "{\"keys\":[{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"uPUViFv\"}]}";
        FederationPolicy policy = GITHUB.toBuilder()
                .audience("x" + text + "x")
                .subject("y" + text + "y")
                .jwksJson(keys)
                .build();

        Map<String, List<String>> read = Hcl.attributes(policy.toTerraform(NUMERIC, "github"));

        assertThat(read)
                .containsEntry("issuer", List.of(policy.issuer()))
                .containsEntry("audiences", policy.audiences())
                .containsEntry("subject", List.of("y" + text + "y"))
                .containsEntry("jwks_json", List.of(keys));
    }

    /** The values come from a token that anybody may have written, and go to a terminal. */
    @Test
    void nothingInvisibleIsPrinted() {
        FederationPolicy policy = GITHUB.toBuilder()
                .audience(INVISIBLE + ".")
                .subject("x" + INVISIBLE + "x")
                .build();

        assertThat(Stream.of(
                        policy.toJson(), policy.toCli(NUMERIC), policy.toTerraform(NUMERIC, "x"), policy.toString()))
                .allSatisfy(text -> assertThat(text).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zs}&&[^\\n ]]"));
        assertThat(policy.toTerraform(NUMERIC, "x")).contains("\\u202E", "\\U000E0041", "\ud83d\ude00");
        assertThat(FederationPolicy.fromJson(policy.toJson())).isEqualTo(policy);
    }

    @Test
    void ownersRulesAreKept() {
        assertThatIllegalArgumentException().isThrownBy(() -> GITHUB.toCli(PolicyOwner.account()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GITHUB.forAccount().toTerraform(NUMERIC, "x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GITHUB.toTerraform(PolicyOwner.recipient("acme"), "x"))
                .withMessageContaining("toCli");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1x", "a b", "a\" {", "a.b"})
    void resourceIsNamedByAnIdentifier(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> GITHUB.toTerraform(NUMERIC, name));
    }

    private static List<String> shell(String script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh").redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("LC_ALL", "C");
        Process shell = builder.start();
        try (var in = shell.getOutputStream()) {
            in.write(script.getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        return List.of(out.split("\0"));
    }
}
