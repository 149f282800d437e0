// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import example.app.Web.Answer;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.SqlFailure;
import io.tokenfederation.testkit.SqlRows;
import io.tokenfederation.testkit.SqlStatement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackRestTest {
    private static final Map<String, String> QUERY = Map.of("statement", "SELECT * FROM sales", "warehouse_id", "w1");

    private final ConcurrentLinkedQueue<SqlStatement> statements = new ConcurrentLinkedQueue<>();
    private final Federation federation =
            new Federation(LoopbackDatabricks.builder().sqlEngine(this::run));
    private final LoopbackDatabricks databricks = federation.databricks;

    @AfterEach
    void close() {
        federation.close();
    }

    @Test
    void meIsTheServicePrincipalOfTheToken() throws Exception {
        JsonNode me = federation.me(federation.token()).json();

        assertThat(me.path("userName").asText()).isEqualTo(federation.west.toString());
        assertThat(me.path("displayName").asText()).isEqualTo("sales-west");
        assertThat(me.path("active").asBoolean()).isTrue();
        assertThat(me.path("groups").findValuesAsText("display")).containsExactly("west", "sales");
    }

    @Test
    void withoutATokenTheReplyAsksForOne() throws Exception {
        Answer answer = Web.get(federation.at("/api/2.0/preview/scim/v2/Me"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"DatabricksRealm\"");
        assertThat(answer.json())
                .isEqualTo(Web.json("{\"error_code\":401,\"message\":\"Credential was not sent or was of an unsupported"
                        + " type for this API.\"}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            569 | 200 |
            570 | 403 | Token is expiring within 30 seconds. (token expired)
            599 | 403 | Token is expiring within 30 seconds. (token expired)
            600 | 403 | Invalid access token.
            999 | 403 | Invalid access token.
            """)
    void aTokenIsRefusedFromThirtySecondsBeforeItsEnd(long age, int status, String message) throws Exception {
        String jwt = federation.subjectToken().expiresIn(Duration.ofMinutes(10)).sign();
        String token = federation.exchange(jwt).json().path("access_token").asText();

        federation.clock.advance(Duration.ofSeconds(age));
        Answer answer = federation.me(token);

        assertThat(answer.status()).isEqualTo(status);
        if (message != null) {
            assertThat(answer.json()).isEqualTo(Web.json("{\"error_code\":403,\"message\":\"" + message + "\"}"));
        }
        assertThat(databricks.rejectedRequests()).isEqualTo(message == null ? 0 : 1);
    }

    @Test
    void revokedAndUnknownTokensAreInvalid() throws Exception {
        String revoked = federation.token();
        String good = federation.token();

        databricks.revoke(revoked);

        assertThat(federation.me(revoked).json().path("message").asText()).isEqualTo("Invalid access token.");
        assertThat(federation.me("eyJunknown").status()).isEqualTo(403);
        assertThat(federation.me(federation.subjectToken().sign()).status()).isEqualTo(403);
        assertThat(federation.me(good).status()).isEqualTo(200);
        databricks.revokeAll();
        assertThat(federation.me(good).status()).isEqualTo(403);
        assertThat(federation.me(federation.token()).status()).isEqualTo(200);
    }

    @Test
    void aStatementRunsForTheServicePrincipalAndItsGroups() throws Exception {
        Answer answer = federation.sql(
                federation.token(),
                Map.of(
                        "statement",
                        "SELECT :a, :b",
                        "warehouse_id",
                        "w1",
                        "parameters",
                        List.of(Map.of("name", "a", "value", "1", "type", "INT"), Map.of("name", "b"))));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(statements).singleElement().satisfies(statement -> {
            assertThat(statement.text()).isEqualTo("SELECT :a, :b");
            assertThat(statement.warehouseId()).isEqualTo("w1");
            assertThat(statement.currentUser()).isEqualTo(federation.west.toString());
            assertThat(statement.groups()).containsExactlyInAnyOrder("west", "sales");
            assertThat(statement.parameters()).containsEntry("a", "1").containsEntry("b", null);
        });
    }

    @Test
    void rowsComeAsTextInTheDocumentedShape() throws Exception {
        JsonNode reply = federation.sql(federation.token(), QUERY).json();

        assertThat(reply.at("/status/state").asText()).isEqualTo("SUCCEEDED");
        assertThat(reply.at("/manifest/format").asText()).isEqualTo("JSON_ARRAY");
        assertThat(reply.at("/manifest/schema/column_count").asInt()).isEqualTo(2);
        assertThat(reply.at("/manifest/schema/columns").findValuesAsText("name"))
                .containsExactly("region", "amount");
        assertThat(reply.at("/manifest/total_row_count").asInt()).isEqualTo(1);
        assertThat(reply.at("/result/row_count").asInt()).isEqualTo(1);
        assertThat(reply.at("/result/data_array")).isEqualTo(Web.json("[[\"west\",null]]"));
        assertThat(databricks.sqlRequests()).isEqualTo(1);
    }

    @Test
    void aFailedStatementIsAnsweredWithStatus200() throws Exception {
        Answer answer = federation.sql(federation.token(), Map.of("statement", "SELEC", "warehouse_id", "w1"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("status"))
                .isEqualTo(Web.json("{\"state\":\"FAILED\",\"error\":{\"error_code\":\"BAD_REQUEST\",\"message\":"
                        + "\"PARSE_SYNTAX_ERROR\"}}"));
    }

    @Test
    void aStatementNobodyWaitsForIsFetchedByItsOwner() throws Exception {
        String token = federation.token();
        Map<String, String> query = Map.of("statement", "SELECT 1", "warehouse_id", "w1", "wait_timeout", "0s");

        JsonNode pending = federation.sql(token, query).json();
        String path = "/api/2.0/sql/statements/" + pending.path("statement_id").asText();
        Answer running = Web.get(federation.at(path), "Authorization", "Bearer " + token);
        Answer fetched = Web.get(federation.at(path), "Authorization", "Bearer " + token);
        Answer foreign = Web.get(federation.at(path), "Authorization", "Bearer " + eastToken());

        assertThat(pending.at("/status/state").asText()).isEqualTo("PENDING");
        assertThat(running.json().at("/status/state").asText()).isEqualTo("RUNNING");
        assertThat(fetched.json().at("/status/state").asText()).isEqualTo("SUCCEEDED");
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.json().path("error_code").asText()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
    }

    @Test
    void aCanceledStatementSaysSo() throws Exception {
        String token = federation.token();
        Map<String, String> query = Map.of("statement", "SELECT 1", "warehouse_id", "w1", "wait_timeout", "0s");
        String id = federation.sql(token, query).json().path("statement_id").asText();
        String path = "/api/2.0/sql/statements/" + id;

        Answer canceled = Web.postJson(federation.at(path + "/cancel"), Map.of(), "Authorization", "Bearer " + token);
        Answer fetched = Web.get(federation.at(path), "Authorization", "Bearer " + token);

        assertThat(canceled.status()).isEqualTo(200);
        assertThat(fetched.json().at("/status/state").asText()).isEqualTo("CANCELED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"statement\":\"SELECT 1\"}",
                "{\"warehouse_id\":\"w1\"}",
                "{\"statement\":\"SELECT 1\",\"warehouse_id\":\"w1\",\"wait_timeout\":\"3s\"}"
            })
    void anIncompleteStatementIsABadRequest(String body) throws Exception {
        Answer answer = Web.post(
                federation.at("/api/2.0/sql/statements"),
                "application/json",
                body,
                "Authorization",
                "Bearer " + federation.token());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error_code").asText()).isEqualTo("INVALID_PARAMETER_VALUE");
        assertThat(statements).isEmpty();
    }

    @Test
    void aServicePrincipalWithoutTheWarehouseIsDeniedUntilItIsAllowed() throws Exception {
        String token = federation.token();
        databricks.denyWarehouse(federation.west);

        Answer denied = federation.sql(token, QUERY);
        Answer me = federation.me(token);
        databricks.allowWarehouse(federation.west);
        Answer allowed = federation.sql(token, QUERY);

        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.json().path("error_code").asText()).isEqualTo("PERMISSION_DENIED");
        assertThat(me.status()).isEqualTo(200);
        assertThat(allowed.status()).isEqualTo(200);
        assertThat(databricks.rejectedRequests()).isZero();
    }

    @Test
    void theRestApiFailsOnDemandAndTheTokenEndpointDoesNot() throws Exception {
        databricks.restApi().failAlways(Fault.htmlPage());

        String token = federation.token();
        Answer me = federation.me(token);
        databricks.restApi().recover();

        assertThat(me.status()).isEqualTo(502);
        assertThat(federation.me(token).status()).isEqualTo(200);
    }

    @Test
    void theMetadataNamesItsOwnAddresses() throws Exception {
        String base = databricks.workspaceUrl().toString();

        JsonNode host = Web.get(federation.at("/.well-known/databricks-config")).json();
        JsonNode server = Web.get(federation.at("/oidc/.well-known/oauth-authorization-server"))
                .json();

        assertThat(base).matches("http://127\\.0\\.0\\.1:\\d+");
        assertThat(host.path("oidc_endpoint").asText()).isEqualTo(base + "/oidc");
        assertThat(host.path("account_id").asText()).isEqualTo(databricks.accountId());
        assertThat(server.path("token_endpoint").asText()).isEqualTo(base + "/oidc/v1/token");
        assertThat(server.path("grant_types_supported").toString()).doesNotContain("token-exchange");
    }

    @Test
    void withoutAnEngineEveryStatementFails() throws Exception {
        try (Federation plain = new Federation()) {
            JsonNode reply = plain.sql(plain.token(), QUERY).json();

            assertThat(reply.at("/status/state").asText()).isEqualTo("FAILED");
            assertThat(reply.at("/status/error/message").asText()).contains("SqlEngine");
        }
    }

    @Test
    void anEngineThatBreaksIsNamedButItsMessageIsNotRepeated() throws Exception {
        Answer answer = federation.sql(federation.token(), Map.of("statement", "BREAK", "warehouse_id", "w1"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).contains("IllegalStateException").doesNotContain("a secret");
    }

    @Test
    void whatIsPrintedHoldsNoToken() throws Exception {
        String token = federation.token();

        assertThat(databricks.toString() + federation.idp + Arrays.toString(statements.toArray()))
                .doesNotContain(token, "eyJ");
    }

    private String eastToken() throws Exception {
        ServicePrincipal east = databricks.servicePrincipal("sales-east");
        databricks.policy(east, federation.policy().build());
        Map<String, String> form = federation.form(federation.subjectToken().sign());
        form.put("client_id", east.toString());
        return federation.exchange(form).json().path("access_token").asText();
    }

    private SqlRows run(SqlStatement statement) {
        statements.add(statement);
        if (statement.text().equals("SELEC")) {
            throw new SqlFailure("BAD_REQUEST", "PARSE_SYNTAX_ERROR");
        }
        if (statement.text().equals("BREAK")) {
            throw new IllegalStateException("a secret");
        }
        return new SqlRows(List.of("region", "amount"), List.of(Arrays.asList("west", null)));
    }
}
