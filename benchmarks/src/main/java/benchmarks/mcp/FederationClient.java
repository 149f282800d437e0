// SPDX-License-Identifier: Apache-2.0
package benchmarks.mcp;

import io.tokenfederation.Caller;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.VerifiedClaims;
import io.tokenfederation.mcp.McpClient;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** This library, with the settings its documentation shows. */
final class FederationClient implements ToolCalls {
    /** The rows as an application has them. */
    record Rows(List<Row> rows) {}

    /** One of them. */
    record Row(long id, String region, String customer, BigDecimal amount, boolean paid) {}

    private static final Map<String, Object> ARGUMENTS = Map.of("region", "west");

    private final McpClient client;

    FederationClient(int port, String path) {
        DatabricksToken token =
                DatabricksToken.of(Federated.TOKEN, Instant.now().plus(Duration.ofHours(1)));
        Caller caller = Caller.of(VerifiedClaims.alreadyVerified(
                Map.of("iss", "https://idp.example.com", "sub", "alice", "email", Federated.EMAIL)));
        ServicePrincipal principal = ServicePrincipal.of("7cb2f8a4-49a7-4147-83db-35cb69e5cede");
        client = McpClient.builder("http://127.0.0.1:" + port + path)
                .tokens(() -> token)
                .forwardToken(true)
                .caller(caller)
                .role(new ResolvedRole(Federated.ROLE, "sales-west", principal))
                .build();
    }

    @Override
    public int call(Answer tool) {
        return tool == Answer.ROWS
                ? client.callTool(tool.tool(), ARGUMENTS, Rows.class).rows().size()
                : client.callTool(tool.tool(), ARGUMENTS).text().length();
    }

    @Override
    public void close() {
        client.close();
    }
}
