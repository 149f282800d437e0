// SPDX-License-Identifier: Apache-2.0
package samples.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everybody asks the same, and gets what their own role may see. */
class WebQueryTest {
    private static RunningSample sample;

    @BeforeAll
    static void start() {
        sample = new RunningSample();
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    @ParameterizedTest
    @CsvSource({
        "sales-west, west_sales, 3, sales-west",
        "sales-east, east_sales, 3, sales-east",
        "executives, executive, 6, executives",
        "finance, finance, 4, finance",
        "admin, admin, 2, admins"
    })
    void eachRoleGetsItsOwnRowsAsItsOwnPrincipal(String idpRole, String role, int rows, String group) {
        HttpResponse<String> answer = sample.ask(sample.token(idpRole).sign());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(RunningSample.found(answer, "role").path("role").asText()).isEqualTo(role);
        assertThat(RunningSample.found(answer, "principal")
                        .path("servicePrincipal")
                        .asText())
                .isEqualTo(sample.principal(role).toString());
        assertThat(RunningSample.found(answer, "groups").path("groups").get(0).asText())
                .isEqualTo(group);
        assertThat(RunningSample.found(answer, "rows").path("rows")).hasSize(rows);
    }

    @Test
    void theStepsComeInTheirOrderEachWithItsTime() {
        HttpResponse<String> answer = sample.ask(sample.token("sales-west").sign());

        List<JsonNode> steps = RunningSample.steps(answer);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(steps)
                .extracting(line -> line.path("step").asText())
                .containsExactly("caller", "role", "principal", "token", "groups", "mcp", "rows");
        assertThat(steps)
                .allMatch(line -> line.path("ok").asBoolean() && line.path("ms").isInt());
    }

    @Test
    void theSecondRequestOfARoleIsServedFromTheCacheAndSaysSo() {
        try (RunningSample fresh = new RunningSample()) {
            JsonNode first =
                    RunningSample.found(fresh.ask(fresh.token("finance").sign()), "token");
            JsonNode second =
                    RunningSample.found(fresh.ask(fresh.token("finance").sign()), "token");
            JsonNode other = RunningSample.found(fresh.ask(fresh.token("admin").sign()), "token");

            assertThat(first.path("source").asText()).isEqualTo("exchange");
            assertThat(first.path("jwt").asText()).isEqualTo("new");
            assertThat(second.path("source").asText()).isEqualTo("cache");
            assertThat(second.path("hash")).isEqualTo(first.path("hash"));
            assertThat(other.path("source").asText()).isEqualTo("exchange");
            assertThat(other.path("jwt").asText()).isEqualTo("kept");
            assertThat(fresh.world.databricks().exchanges()).isEqualTo(2);
            assertThat(fresh.world.idp().tokensIssued()).isEqualTo(1);
        }
    }

    @Test
    void anUnknownRoleIsDeniedAndLearnsNothingOfTheReason() {
        HttpResponse<String> answer = sample.ask(sample.token("interns").sign());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(RunningSample.json(answer.body()))
                .isEqualTo(RunningSample.json(
                        "{\"code\": \"NO_ROLE\", \"message\": \"You have no role in this application.\"}"));
        assertThat(sample.log).last().asString().contains("403 POST /api/query", "ROLE_UNKNOWN", "interns");
    }

    @Test
    void aRoleThatTheRequestClaimsChangesNothing() {
        HttpResponse<String> answer =
                sample.send(sample.query(sample.token("sales-west").sign())
                        .uri(URI.create(sample.at(QueryApi.PATH) + "?role=executives&servicePrincipal="
                                + sample.principal("executive")))
                        .header("X-Caller-Role", "executives")
                        .header("X-Caller-Email", "xenia@example.com")
                        .header("X-Forwarded-User", "xenia@example.com")
                        .header("Cookie", "role=executives")
                        .POST(BodyPublishers.ofString("{\"role\": \"executives\", \"sql\": \"SELECT * FROM all_sales\","
                                + " \"https://example.com/role\": \"executives\"}"))
                        .build());

        assertThat(RunningSample.found(answer, "role").path("role").asText()).isEqualTo("west_sales");
        assertThat(RunningSample.found(answer, "rows").path("rows")).hasSize(3);
        assertThat(sample.world.mcp().lastCallerRole()).contains("west_sales");
    }

    @Test
    void neitherAnswerNorLogHoldsAToken() {
        String token = sample.token("executives").sign();

        HttpResponse<String> answer = sample.ask(token);

        assertThat(answer.body()).doesNotContain("eyJ", token, "Bearer");
        assertThat(String.join("\n", sample.log)).doesNotContain("eyJ", token, "Bearer");
    }
}
