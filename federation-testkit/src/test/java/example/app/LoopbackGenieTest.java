// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import example.app.Web.Answer;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.SqlFailure;
import io.tokenfederation.testkit.SqlRows;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Genie spaces, serving endpoints and sessions of the stand-in. */
class LoopbackGenieTest {
    private static final String SPACE = "/api/2.0/genie/spaces/sales";

    private final Federation federation =
            new Federation(LoopbackDatabricks.builder().sqlEngine(statement -> {
                if (statement.text().contains("fail")) {
                    throw new SqlFailure("BAD_REQUEST", "PARSE_SYNTAX_ERROR");
                }
                return SqlRows.of(statement.text(), statement.currentUser());
            }));
    private final LoopbackDatabricks databricks = federation.databricks;
    private String token = "";

    @BeforeEach
    void open() throws Exception {
        token = federation.token();
        databricks.genie().space("sales", question -> "SQL of " + question);
        databricks.serving().endpoint("echo", (caller, request) -> Map.of("predictions", List.of(caller, request)));
    }

    @AfterEach
    void close() {
        federation.close();
    }

    @Test
    void aQuestionIsWorkedOnBeforeItIsAnswered() throws Exception {
        JsonNode started = start("how much?").json();
        String message =
                SPACE + "/conversations/" + started.path("conversation_id").asText() + "/messages/"
                        + started.path("message_id").asText();
        String result =
                message + "/attachments/query-" + started.path("message_id").asText() + "/query-result";

        Answer tooEarly = get(result);
        JsonNode working = get(message).json();
        JsonNode done = get(message).json();
        JsonNode rows = get(result).json();

        assertThat(started.at("/message/status").asText()).isEqualTo("SUBMITTED");
        assertThat(tooEarly.status()).isEqualTo(400);
        assertThat(working.path("status").asText()).isEqualTo("EXECUTING_QUERY");
        assertThat(working.has("attachments")).isFalse();
        assertThat(done.path("status").asText()).isEqualTo("COMPLETED");
        assertThat(done.at("/attachments/0/query/query").asText()).isEqualTo("SQL of how much?");
        assertThat(rows.at("/statement_response/result/data_array/0/0").asText())
                .isEqualTo(federation.west.toString());
        assertThat(get(message + "/attachments/other/query-result").status()).isEqualTo(404);
    }

    @Test
    void aFollowUpStaysInItsConversation() throws Exception {
        String conversation = start("first").json().path("conversation_id").asText();

        JsonNode second = post(SPACE + "/conversations/" + conversation + "/messages", Map.of("content", "second"))
                .json();

        assertThat(second.path("conversation_id").asText()).isEqualTo(conversation);
        assertThat(second.path("content").asText()).isEqualTo("second");
        assertThat(post(SPACE + "/conversations/none/messages", Map.of("content", "x"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aQueryThatFailsIsAFailedMessage() throws Exception {
        JsonNode started = start("fail").json();
        String message =
                SPACE + "/conversations/" + started.path("conversation_id").asText() + "/messages/"
                        + started.path("message_id").asText();
        get(message);

        JsonNode done = get(message).json();

        assertThat(done.path("status").asText()).isEqualTo("FAILED");
        assertThat(done.at("/error/error").asText()).isEqualTo("PARSE_SYNTAX_ERROR");
    }

    @Test
    void nobodyReadsAnothersConversation() throws Exception {
        JsonNode started = start("mine").json();
        ServicePrincipal east = databricks.servicePrincipal("sales-east");
        databricks.policy(east, federation.policy().build());
        Map<String, String> form = federation.form(federation.subjectToken().sign());
        form.put("client_id", east.toString());
        token = federation.exchange(form).json().path("access_token").asText();

        Answer foreign =
                get(SPACE + "/conversations/" + started.path("conversation_id").asText() + "/messages/"
                        + started.path("message_id").asText());

        assertThat(foreign.status()).isEqualTo(404);
    }

    @Test
    void permissionsAreTakenAndGivenBack() throws Exception {
        databricks.genie().deny(federation.west);
        databricks.serving().deny(federation.west);
        Answer genie = start("x");
        Answer serving = invoke("echo", Map.of("inputs", List.of(1)));
        databricks.genie().allow(federation.west);
        databricks.serving().allow(federation.west);
        databricks.denyWarehouse(federation.west);
        Answer warehouse = start("x");

        assertThat(List.of(genie.status(), serving.status(), warehouse.status()))
                .containsOnly(403);
        assertThat(genie.json().path("error_code").asText()).isEqualTo("PERMISSION_DENIED");
        assertThat(invoke("echo", Map.of("inputs", List.of(1))).status()).isEqualTo(200);
    }

    @Test
    void aModelIsToldWhoAsks() throws Exception {
        Answer answer = invoke("echo", Map.of("inputs", List.of(1)));

        assertThat(answer.json().at("/predictions/0").asText()).isEqualTo(federation.west.toString());
        assertThat(answer.json().at("/predictions/1/inputs/0").asInt()).isEqualTo(1);
        assertThat(answer.header("served-model-name")).isEqualTo("echo-1");
        assertThat(invoke("none", Map.of("inputs", List.of(1))).status()).isEqualTo(404);
        assertThat(invoke("echo", Map.of("x", 1)).status()).isEqualTo(400);
        assertThat(invoke("echo", Map.of("inputs", 1, "prompt", "x")).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"/api/2.0/genie/spaces", "/api/2.0/sql/statements/x"})
    void withoutATokenNothingIsSaid(String path) throws Exception {
        assertThat(Web.get(federation.at(path)).status()).isEqualTo(401);
    }

    @Test
    void onlyASessionsOwnerRunsStatementsInIt() throws Exception {
        String sessions = "/api/2.0/sql/warehouses/w1/sessions";
        String id = post(sessions, Map.of()).json().path("session_id").asText();

        Answer own = post(sessions + "/" + id + "/statements", Map.of("statement", "SELECT 1"));
        Answer none = post(sessions + "/none/statements", Map.of("statement", "SELECT 1"));

        assertThat(own.json().at("/status/state").asText()).isEqualTo("SUCCEEDED");
        assertThat(none.status()).isEqualTo(404);
        databricks.denyWarehouse(federation.west);
        assertThat(post(sessions, Map.of()).status()).isEqualTo(403);
    }

    private Answer start(String question) throws Exception {
        return post(SPACE + "/start-conversation", Map.of("content", question));
    }

    private Answer invoke(String endpoint, Map<String, ?> body) throws Exception {
        return post("/serving-endpoints/" + endpoint + "/invocations", body);
    }

    private Answer get(String path) throws Exception {
        return Web.get(federation.at(path), "Authorization", "Bearer " + token);
    }

    private Answer post(String path, Map<String, ?> body) throws Exception {
        return Web.postJson(federation.at(path), body, "Authorization", "Bearer " + token);
    }
}
