// SPDX-License-Identifier: Apache-2.0
package samples.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenfederation.testkit.Fault;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What fails is told where it failed, to the person without a reason and to the operator with one. */
class WebFailuresTest {
    private final RunningSample sample = new RunningSample();

    @AfterEach
    void stop() {
        sample.close();
    }

    @Test
    void withoutTheIssuersKeysNobodyIsRefusedButAskedToComeBack() {
        sample.world.idp().jwks().failAlways(Fault.status(503));

        HttpResponse<String> answer = sample.ask(sample.token("executives").sign());

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(RunningSample.json(answer.body()).path("code").asText()).isEqualTo("TRY_LATER");
        assertThat(sample.log).last().asString().contains("503 POST /api/query", "CALLER_KEYS_UNAVAILABLE");
    }

    @Test
    void aRefusedExchangeEndsThePathWithAReferenceThatTheLogKnows() {
        sample.world.databricks().removePolicies(sample.principal("west_sales"));

        HttpResponse<String> answer = sample.ask(sample.token("sales-west").sign());

        JsonNode last = last(answer);
        assertThat(last.path("step").asText()).isEqualTo("token");
        assertThat(last.path("ok").asBoolean()).isFalse();
        assertThat(last.path("code").asText()).isEqualTo("FAILED");
        assertThat(answer.body()).doesNotContain("NO_FEDERATION_POLICY", "policy");
        String reference = last.path("message").asText().replaceAll(".*Reference: ", "");
        assertThat(sample.log)
                .anyMatch(line -> line.contains("ref=" + reference) && line.contains("NO_FEDERATION_POLICY"));
        assertThat(sample.world.mcp().toolCalls()).isZero();
    }

    @Test
    void aRoleThatWorksIsNotHarmedByOneThatDoesNot() {
        sample.world.databricks().removePolicies(sample.principal("west_sales"));
        sample.ask(sample.token("sales-west").sign());

        HttpResponse<String> answer = sample.ask(sample.token("sales-east").sign());

        assertThat(RunningSample.found(answer, "rows").path("rows")).hasSize(3);
    }

    @Test
    void aRevokedTokenIsReplacedAndThePersonNoticesNothing() {
        HttpResponse<String> before = sample.ask(sample.token("finance").sign());
        sample.world.databricks().revokeAll();

        HttpResponse<String> answer = sample.ask(sample.token("finance").sign());

        assertThat(RunningSample.found(before, "groups").has("newHash")).isFalse();
        assertThat(RunningSample.found(answer, "groups").path("newHash").asText())
                .isNotEmpty()
                .isNotEqualTo(RunningSample.found(answer, "token").path("hash").asText());
        assertThat(RunningSample.found(answer, "rows").path("rows")).hasSize(4);
        assertThat(sample.world.databricks().exchanges(sample.principal("finance")))
                .isEqualTo(2);
    }

    @Test
    void aToolThatFailsEndsThePathThere() {
        sample.world.databricks().denyWarehouse(sample.principal("finance"));

        HttpResponse<String> answer = sample.ask(sample.token("finance").sign());

        assertThat(last(answer).path("step").asText()).isEqualTo("mcp");
        assertThat(last(answer).path("code").asText()).isEqualTo("FAILED");
        assertThat(sample.log).anyMatch(line -> line.contains("step=mcp TOOL_FAILED"));
    }

    @Test
    void anMcpServerThatIsDownIsWorthAnotherTry() {
        sample.world.mcp().failAlways(Fault.status(503));

        HttpResponse<String> answer = sample.ask(sample.token("finance").sign());

        assertThat(last(answer).path("step").asText()).isEqualTo("mcp");
        assertThat(last(answer).path("code").asText()).isEqualTo("TRY_LATER");
    }

    @Test
    void aWorkspaceThatDoesNotKnowThePrincipalEndsThePathBeforeTheTool() {
        sample.world.databricks().restApi().failAlways(Fault.status(403));

        HttpResponse<String> answer = sample.ask(sample.token("finance").sign());

        assertThat(last(answer).path("step").asText()).isEqualTo("groups");
        assertThat(sample.world.mcp().toolCalls()).isZero();
    }

    private static JsonNode last(HttpResponse<String> answer) {
        List<JsonNode> steps = RunningSample.steps(answer);
        return steps.get(steps.size() - 1);
    }
}
