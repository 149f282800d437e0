// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.workload.AzureDevOpsTokenSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AzureDevOpsTokenSourceTest {
    private static final String PATH = "/org/_apis/distributedtask/hubs/build/plans/p/jobs/j/oidctoken";
    private static final String PIPELINE = "p://org/project/pipeline";
    private static final String CONNECTION = "sc://org/project/connection";

    private final RuntimeStandIn azure = new RuntimeStandIn();

    @AfterEach
    void close() {
        azure.close();
    }

    @Test
    void tokenOfThePipelineIsPostedFor() {
        answerWithAToken(PIPELINE);

        IdpToken token = source(environment()).build().mint();

        assertThat(token.subject()).isEqualTo(PIPELINE);
        assertThat(azure.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.method()).isEqualTo("POST");
            assertThat(asked.uri()).isEqualTo(PATH + "?api-version=7.1-preview.1");
            assertThat(asked.header("Authorization")).isEqualTo("Bearer " + Failures.CANARY);
            assertThat(asked.header("Content-length")).isIn("0", "");
        });
    }

    @Test
    void tokenOfAServiceConnectionIsAskedForByItsId() {
        answerWithAToken(CONNECTION);

        IdpToken token =
                source(environment()).serviceConnectionId("0b2c&x").build().mint();

        assertThat(token.subject()).isEqualTo(CONNECTION);
        assertThat(azure.asked().get(0).uri())
                .isEqualTo(PATH + "?api-version=7.1-preview.1&serviceConnectionId=0b2c%26x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/org", "/org/"})
    void addressIsBuiltFromItsPartsWhereTheAgentSetsNone(String collection) {
        answerWithAToken(PIPELINE);
        Map<String, String> environment = parts(collection);

        source(environment).build().mint();

        assertThat(azure.asked().get(0).uri())
                .isEqualTo("/org/my%20project/_apis/distributedtask/hubs/build/plans/p/jobs/j/oidctoken"
                        + "?api-version=7.1-preview.1");
    }

    @Test
    void allMissingPartsAreNamed() {
        Map<String, String> environment = parts("/org");
        environment.remove("SYSTEM_PLANID");
        environment.put("SYSTEM_JOBID", "");

        IdpTokenException failure = Failures.of(source(environment).build());

        assertThat(failure.code()).isEqualTo("AZURE_DEVOPS_VARIABLES_MISSING");
        assertThat(failure).hasMessageContaining("SYSTEM_PLANID, SYSTEM_JOBID are set");
    }

    @Test
    void w3UnmappedAccessTokenIsTold() {
        Map<String, String> environment = environment();
        environment.remove("SYSTEM_ACCESSTOKEN");

        IdpTokenException failure = Failures.of(source(environment).build());

        assertThat(failure.code()).isEqualTo("AZURE_DEVOPS_TOKEN_NOT_MAPPED");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.fix()).contains("SYSTEM_ACCESSTOKEN: $(System.AccessToken)");
        assertThat(azure.asked()).isEmpty();
    }

    @Test
    void w4PipelinesSubjectInPlaceOfTheConnectionsIsTold() {
        answerWithAToken(PIPELINE);

        IdpTokenException failure =
                Failures.of(source(environment()).serviceConnectionId("0b2c").build());

        assertThat(failure.code()).isEqualTo("AZURE_DEVOPS_SUBJECT_UNEXPECTED");
        assertThat(failure).hasMessageContaining(PIPELINE);
        assertThat(failure.fix()).contains("p://organization/project/pipeline");
    }

    @ParameterizedTest
    @CsvSource({"302, text/html", "302,", "401, application/json", "203, text/html; charset=utf-8", "200, TEXT/HTML"})
    void signInPageMeansThatTheAccessTokenIsBad(int status, String type) {
        azure.answering(status, "<html>" + Failures.CANARY + "</html>").header("Location", "/_signin");
        if (type != null) {
            azure.header("Content-Type", type);
        }

        IdpTokenException failure = Failures.of(source(environment()).build());

        assertThat(failure.code()).isEqualTo("AZURE_DEVOPS_TOKEN_REJECTED");
        assertThat(failure.httpStatus()).hasValue(status);
        assertThat(failure.retryable()).isFalse();
        assertThat(azure.asked()).as("redirects are not followed").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404})
    void refusalCarriesItsWords(int status) {
        azure.answering(status, "{\"message\":\"connection not found, " + Failures.CANARY + "\",\"typeKey\":\"X\"}")
                .header("Content-Type", "application/json");

        IdpTokenException failure = Failures.of(source(environment()).build());

        assertThat(failure.code()).isEqualTo("AZURE_DEVOPS_REFUSED");
        assertThat(failure).hasMessageContaining("connection not found");
    }

    @Test
    void failureOfAzureDevOpsIsRetryable() {
        azure.answering(503, "");

        IdpTokenException failure = Failures.of(source(environment()).build());

        assertThat(failure.code()).isEqualTo("IDP_UNAVAILABLE");
        assertThat(failure.retryable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"oidcToken\":null}", "nothing"})
    void replyWithoutATokenIsUnreadable(String body) {
        azure.answering(200, body);

        assertThat(Failures.of(source(environment()).build()).code()).isEqualTo("IDP_REPLY_UNREADABLE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$(System.AccessToken)", "'canary7c1f0e5d'", "canary7c1f0e5d\r\nX: y"})
    void accessTokenThatCannotBeSentIsNotTakenForAWrongUrl(String token) {
        Map<String, String> environment = environment();
        environment.put("SYSTEM_ACCESSTOKEN", token);

        IdpTokenException failure = Failures.of(source(environment).build());

        assertThat(failure.code()).isEqualTo("AZURE_DEVOPS_TOKEN_INVALID");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.fix()).contains("SYSTEM_ACCESSTOKEN: $(System.AccessToken)", "quotes");
        assertThat(azure.asked()).isEmpty();
    }

    @Test
    void accessTokenGoesNowhereButOverHttpsOrToLoopback() {
        Map<String, String> environment = environment();
        environment.put("SYSTEM_OIDCREQUESTURI", "http://dev.azure.example.com" + PATH);

        assertThat(Failures.of(source(environment).build()).code()).isEqualTo("AZURE_DEVOPS_URL_INVALID");
    }

    @Test
    void accessTokenThatCannotBeSentIsNotQuoted() {
        Map<String, String> environment = environment();
        environment.put("SYSTEM_ACCESSTOKEN", Failures.CANARY + " two words");

        assertThat(Failures.of(source(environment).build())).hasMessageContaining("SYSTEM_ACCESSTOKEN");
    }

    @Test
    void nothingSecretIsPrintedAndSettingsAreChecked() {
        assertThat(source(environment()).build()).hasToString("AzureDevOpsTokenSource[pipeline]");
        assertThat(source(environment()).serviceConnectionId("0b2c").build())
                .hasToString("AzureDevOpsTokenSource[service connection 0b2c]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AzureDevOpsTokenSource.builder().serviceConnectionId(""));
    }

    private void answerWithAToken(String subject) {
        String jwt = Jwts.of("https://vstoken.dev.azure.com/1f", "api://AzureADTokenExchange", subject);
        azure.answering(200, "{\"oidcToken\":\"" + jwt + "\"}").header("Content-Type", "application/json");
    }

    private static AzureDevOpsTokenSource.Builder source(Map<String, String> environment) {
        return AzureDevOpsTokenSource.builder().environment(environment);
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("SYSTEM_OIDCREQUESTURI", azure.url() + PATH);
        environment.put("SYSTEM_ACCESSTOKEN", Failures.CANARY);
        return environment;
    }

    private Map<String, String> parts(String collection) {
        Map<String, String> environment = new HashMap<>();
        environment.put("SYSTEM_ACCESSTOKEN", Failures.CANARY);
        environment.put("SYSTEM_TEAMFOUNDATIONCOLLECTIONURI", azure.url() + collection);
        environment.put("SYSTEM_TEAMPROJECTID", "my project");
        environment.put("SYSTEM_HOSTTYPE", "build");
        environment.put("SYSTEM_PLANID", "p");
        environment.put("SYSTEM_JOBID", "j");
        return environment;
    }
}
