// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.workload.WorkloadTokenSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkloadTokenSourceTest {
    private static final String JWT = Jwts.of("https://ci.example.com", Jwts.AUDIENCE, "job");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DATABRICKS_OIDC_TOKEN=*",
                "DATABRICKS_OIDC_TOKEN_ENV=MINE MINE=*",
                "DATABRICKS_OIDC_TOKEN_ENV=MINE MINE=* DATABRICKS_OIDC_TOKEN=*",
                "DATABRICKS_OIDC_TOKEN=* DATABRICKS_AUTH_TYPE=env-oidc",
                "DATABRICKS_OIDC_TOKEN=* DATABRICKS_OIDC_TOKEN_FILEPATH= DATABRICKS_AUTH_TYPE="
            })
    void tokenInAVariable(String variables) throws IOException {
        WorkloadTokenSource source = WorkloadTokenSource.fromEnvironment(environment(variables));

        assertThat(source.authType()).isEqualTo("env-oidc");
        assertThat(source.mint().value()).isEqualTo(JWT);
        assertThat(source.toString()).doesNotContain(JWT).contains("TokenVariableSource");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DATABRICKS_OIDC_TOKEN_FILEPATH", "DATABRICKS_OIDC_TOKEN_FILE"})
    void tokenInAFile(String variable, @TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), JWT);

        WorkloadTokenSource source = WorkloadTokenSource.fromEnvironment(Map.of(variable, file.toString()));

        assertThat(source.authType()).isEqualTo("file-oidc");
        assertThat(source.mint().value()).isEqualTo(JWT);
    }

    @ParameterizedTest
    @CsvSource({
        "DATABRICKS_TOKEN_AUDIENCE=a, audience=a",
        "TOKEN_AUDIENCE=a, audience=a",
        "TOKEN_AUDIENCE=a DATABRICKS_TOKEN_AUDIENCE=a, audience=a",
        "DATABRICKS_ACCOUNT_ID=acc, audience=acc",
        "DATABRICKS_ACCOUNT_ID=acc DATABRICKS_TOKEN_AUDIENCE=a, audience=a",
        "OTHER=1, audience=GitHub's default"
    })
    void gitHubJobAndTheAudienceItAsksFor(String variables, String said) {
        WorkloadTokenSource source = WorkloadTokenSource.fromEnvironment(environment(
                "ACTIONS_ID_TOKEN_REQUEST_URL=https://x ACTIONS_ID_TOKEN_REQUEST_TOKEN=canary7c1f0e5d " + variables));

        assertThat(source).hasToString("WorkloadTokenSource[github-oidc: GitHubActionsTokenSource[" + said + "]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SYSTEM_OIDCREQUESTURI", "SYSTEM_TEAMFOUNDATIONCOLLECTIONURI"})
    void azurePipelinesJob(String address) {
        WorkloadTokenSource source =
                WorkloadTokenSource.fromEnvironment(environment("SYSTEM_ACCESSTOKEN=x " + address + "=https://x"));

        assertThat(source).hasToString("WorkloadTokenSource[azure-devops-oidc: AzureDevOpsTokenSource[pipeline]]");
    }

    @Test
    void audienceInAVariableIsComparedWithTheTokens() {
        WorkloadTokenSource source =
                WorkloadTokenSource.fromEnvironment(environment("DATABRICKS_OIDC_TOKEN=* TOKEN_AUDIENCE=other"));

        assertThat(Failures.of(source).code()).isEqualTo("WORKLOAD_AUDIENCE_UNEXPECTED");
    }

    @Test
    void accountIdIsNotComparedWithATokenThatNobodyAskedForByIt() throws IOException {
        WorkloadTokenSource source = WorkloadTokenSource.fromEnvironment(
                environment("DATABRICKS_OIDC_TOKEN=* DATABRICKS_ACCOUNT_ID=account"));

        assertThat(source.mint()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "DATABRICKS_TOKEN_AUDIENCE, TOKEN_AUDIENCE",
        "DATABRICKS_OIDC_TOKEN_FILEPATH, DATABRICKS_OIDC_TOKEN_FILE",
    })
    void twoSpellingsThatDifferAreAnErrorThatNamesBoth(String one, String other) {
        IdpTokenException failure = refused("DATABRICKS_OIDC_TOKEN=* " + one + "=a " + other
                + "=b DATABRICKS_AUTH_TYPE=" + (one.contains("FILE") ? "file-oidc" : "env-oidc"));

        assertThat(failure.code()).isEqualTo("WORKLOAD_SETTING_CONFLICT");
        assertThat(failure).hasMessageContaining(one).hasMessageContaining(other);
    }

    @Test
    void twoTokensInVariablesAreAnErrorThatQuotesNeither() {
        IdpTokenException failure =
                refused("DATABRICKS_OIDC_TOKEN=canary7c1f0e5d DATABRICKS_OIDC_TOKEN_ENV=MINE MINE=*");

        assertThat(failure.code()).isEqualTo("WORKLOAD_SETTING_CONFLICT");
        assertThat(failure).hasMessageContaining("MINE").hasMessageNotContaining(JWT);
    }

    @Test
    void severalThatFitAreAnErrorAndNoGuess() {
        String both = "DATABRICKS_OIDC_TOKEN=* ACTIONS_ID_TOKEN_REQUEST_URL=https://x ACTIONS_ID_TOKEN_REQUEST_TOKEN=x";

        IdpTokenException failure = refused(both);

        assertThat(failure.code()).isEqualTo("WORKLOAD_AMBIGUOUS");
        assertThat(failure).hasMessageContaining("env-oidc, github-oidc");
        assertThat(WorkloadTokenSource.fromEnvironment(environment(both + " DATABRICKS_AUTH_TYPE=github-oidc"))
                        .authType())
                .isEqualTo("github-oidc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pat", "oauth-m2m", "GITHUB-OIDC", "github_oidc"})
    void typeOfAnotherKindIsNamed(String type) {
        IdpTokenException failure = refused("DATABRICKS_OIDC_TOKEN=* DATABRICKS_AUTH_TYPE=" + type);

        assertThat(failure.code()).isEqualTo("WORKLOAD_AUTH_TYPE_UNSUPPORTED");
        assertThat(failure).hasMessageContaining(type);
    }

    @Test
    void whereNothingFitsAllThatWasLookedAtIsNamed() {
        IdpTokenException failure = refused("PATH=/bin");

        assertThat(failure.code()).isEqualTo("WORKLOAD_NOT_DETECTED");
        assertThat(failure)
                .hasMessageContaining("DATABRICKS_OIDC_TOKEN_ENV")
                .hasMessageContaining("DATABRICKS_OIDC_TOKEN_FILEPATH")
                .hasMessageContaining("ACTIONS_ID_TOKEN_REQUEST_URL")
                .hasMessageContaining("SYSTEM_ACCESSTOKEN");
        assertThat(failure.fix()).contains("DATABRICKS_AUTH_TYPE");
    }

    @ParameterizedTest
    @CsvSource({
        "GITHUB_ACTIONS=true, id-token: write",
        "TF_BUILD=True, SYSTEM_ACCESSTOKEN: $(System.AccessToken)",
        "TF_BUILD=True SYSTEM_OIDCREQUESTURI=https://x, SYSTEM_ACCESSTOKEN: $(System.AccessToken)",
        "GITLAB_CI=true, id_tokens",
        "GITLAB_CI=true KUBERNETES_SERVICE_HOST=10.0.0.1, id_tokens",
        "CIRCLECI=true CIRCLE_OIDC_TOKEN_V2=*, CIRCLE_OIDC_TOKEN_V2",
        "BITBUCKET_BUILD_NUMBER=7, oidc: true",
        "TFC_RUN_ID=run-1, TFC_WORKLOAD_IDENTITY_AUDIENCE",
        "KUBERNETES_SERVICE_HOST=10.0.0.1, DATABRICKS_OIDC_TOKEN_FILEPATH"
    })
    void w1w3w8RuntimeThatIsRecognisedSaysWhatIsMissingThere(String variables, String fix) {
        IdpTokenException failure = refused(variables);

        assertThat(failure.code()).isEqualTo("WORKLOAD_NOT_DETECTED");
        assertThat(failure.fix()).contains(fix);
        assertThat(failure).hasMessageContaining("; this is a");
    }

    @ParameterizedTest
    @CsvSource({
        "env-oidc, WORKLOAD_VARIABLE_MISSING",
        "github-oidc, GITHUB_ID_TOKEN_UNAVAILABLE",
        "azure-devops-oidc, AZURE_DEVOPS_VARIABLES_MISSING"
    })
    void typeThatIsAskedForByNameExplainsItself(String type, String code) {
        WorkloadTokenSource source = WorkloadTokenSource.fromEnvironment(Map.of("DATABRICKS_AUTH_TYPE", type));

        assertThat(Failures.of(source).code()).isEqualTo(code);
    }

    @Test
    void fileThatIsAskedForByNameNeedsAPath() {
        assertThat(refused("DATABRICKS_AUTH_TYPE=file-oidc")).hasMessageContaining("DATABRICKS_OIDC_TOKEN_FILEPATH");
    }

    @Test
    void pathThatIsNoneIsNotQuoted() {
        IdpTokenException failure = catchThrowableOfType(
                IdpTokenException.class,
                () -> WorkloadTokenSource.fromEnvironment(Map.of("DATABRICKS_OIDC_TOKEN_FILE", "canary7c1f0e5d\0")));

        assertThat(failure.code()).isEqualTo("WORKLOAD_FILE_UNREADABLE");
        assertThat(failure).hasMessageNotContaining(Failures.CANARY);
    }

    private static IdpTokenException refused(String variables) {
        IdpTokenException failure = catchThrowableOfType(
                IdpTokenException.class, () -> WorkloadTokenSource.fromEnvironment(environment(variables)));
        assertThat(failure).as("nothing was thrown").isNotNull();
        assertThat(failure).hasMessageNotContaining(Failures.CANARY);
        return failure;
    }

    /** Reads {@code NAME=value NAME=value}; a star is a JWT. */
    private static Map<String, String> environment(String variables) {
        Function<String[], String> value = pair -> pair.length == 1 ? "" : pair[1].equals("*") ? JWT : pair[1];
        return Arrays.stream(variables.split(" "))
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], value));
    }
}
