// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.Caller;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.VerifiedClaims;
import io.tokenfederation.mcp.McpClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One client for one service principal, and a view of it for each person. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpViewTest {
    private static final ServicePrincipal WEST = ServicePrincipal.of("7cb2f8a4-49a7-4147-83db-35cb69e5cede");
    private static final ServicePrincipal EAST = ServicePrincipal.of("0d4a3c5e-1d3b-4f0a-9a8e-6f2f3b1f7a11");

    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        server.on("tools/call", (call, wire) -> wire.json(200, call.text(person(call))));
        mcp = McpClient.builder(server.uri())
                .tokens(new Tokens("t1"))
                .forwardToken(true)
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void aHundredPeopleShareOneSession() {
        List<String> answers = IntStream.range(0, 100)
                .mapToObj(i -> mcp.forCaller(caller(i), role("r" + i, WEST))
                        .callTool("query", Map.of())
                        .text())
                .toList();

        assertThat(answers).isEqualTo(people());
        assertThat(server.calls("initialize")).hasSize(1);
        assertThat(server.calls("tools/call"))
                .hasSize(100)
                .allSatisfy(call -> assertThat(call.header("Mcp-Session-Id")).isEqualTo("session-1"))
                .allSatisfy(
                        call -> assertThat(call.header("X-Databricks-Token")).isEqualTo("t1"));
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aHundredPeopleAtOnceKeepTheirOwnHeaders() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Callable<String>> calls = IntStream.range(0, 100)
                .<Callable<String>>mapToObj(i -> () -> {
                    try (McpClient view = mcp.forCaller(caller(i), role("r" + i, WEST))) {
                        return view.callTool("query", Map.of()).text();
                    }
                })
                .toList();

        List<String> answers = new ArrayList<>();
        for (Future<String> answer : threads.invokeAll(calls)) {
            answers.add(answer.get());
        }
        threads.shutdown();

        assertThat(answers).isEqualTo(people());
        assertThat(server.calls("initialize")).hasSize(1);
        assertThat(server.calls("DELETE")).isEmpty();
    }

    @Test
    void personWithoutAnAddressDoesNotGetTheOneOfTheClient() {
        mcp = McpClient.builder(server.uri())
                .tokens(new Tokens("t1"))
                .caller(caller(7))
                .role(role("r7", WEST))
                .build();
        Caller nameless = Caller.of(VerifiedClaims.alreadyVerified(Map.of("iss", "https://idp.example", "sub", "8")));

        assertThat(mcp.forCaller(nameless, role("r8", WEST))
                        .callTool("query", Map.of())
                        .text())
                .isEqualTo(" r8");
        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("p7@example.com r7");
    }

    @Test
    void roleOfAnotherServicePrincipalIsRefused() {
        mcp = McpClient.builder(server.uri())
                .tokens(new Tokens("t1"))
                .role(role("west", WEST))
                .build();

        assertThatThrownBy(() -> mcp.forCaller(caller(1), role("east", EAST)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("east")
                .hasMessageContaining("service principal");
        assertThatThrownBy(() -> mcp.forCaller(caller(1), role("west\n", WEST)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-Caller-Role");
    }

    @Test
    void closedViewLeavesTheSessionToTheOthers() {
        McpClient view = mcp.forCaller(caller(1), role("r1", WEST));
        view.callTool("query", Map.of());

        view.close();

        assertThat(server.calls("DELETE")).isEmpty();
        assertThatThrownBy(() -> view.callTool("query", Map.of())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> view.forCaller(caller(2), role("r2", WEST))).isInstanceOf(IllegalStateException.class);
        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo(" ");
        assertThat(server.calls("initialize")).hasSize(1);
    }

    @Test
    void closedClientClosesItsViews() {
        McpClient view = mcp.forCaller(caller(1), role("r1", WEST)).forCaller(caller(2), role("r2", WEST));
        view.callTool("query", Map.of());

        mcp.close();

        assertThat(server.calls("DELETE")).hasSize(1);
        assertThatThrownBy(view::listTools)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    private static String person(ScriptedMcpServer.Call call) {
        return call.header("X-Caller-Email") + " " + call.header("X-Caller-Role");
    }

    private static List<String> people() {
        return IntStream.range(0, 100)
                .mapToObj(i -> "p" + i + "@example.com r" + i)
                .toList();
    }

    private static Caller caller(int number) {
        return Caller.of(VerifiedClaims.alreadyVerified(
                Map.of("iss", "https://idp.example", "sub", "s" + number, "email", "p" + number + "@example.com")));
    }

    private static ResolvedRole role(String name, ServicePrincipal principal) {
        return new ResolvedRole(name, "idp-role", principal);
    }
}
