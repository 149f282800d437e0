// SPDX-License-Identifier: Apache-2.0
package systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import example.app.Deployment;
import io.tokenfederation.Caller;
import io.tokenfederation.CallerVerifier;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.mcp.ToolResult;
import io.tokenfederation.testkit.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** From a person's token to rows, with every request recorded, and the ways it can be made to fail. */
final class RecordedFlow {
    private final Deployment deployment;
    private final RecordingHttpClient http = new RecordingHttpClient();
    private final AtomicReference<String> m2mJwt = new AtomicReference<>("");

    RecordedFlow(Deployment deployment) {
        this.deployment = deployment;
    }

    RecordingHttpClient http() {
        return http;
    }

    /** {@return the application's JWT that was minted last} */
    String m2mJwt() {
        return m2mJwt.get();
    }

    ToolResult run(String personsToken) {
        CallerVerifier callers = CallerVerifier.builder()
                .issuer(deployment.idp.issuer())
                .audience("sales-portal")
                .httpClient(http)
                .build();
        Caller caller = callers.verify(personsToken);
        ResolvedRole role = deployment.roles().resolve(caller.claims());
        try (McpClient mcp = McpClient.builder(deployment.mcp.uri())
                .tokens(exchanger().sourceFor(role.servicePrincipal()))
                .caller(caller)
                .role(role)
                .forwardToken(true)
                .httpClient(http)
                .build()) {
            return mcp.callTool("query", Map.of("sql", "SELECT 1"));
        }
    }

    /** What calls end with that are answered so, one that begins the conversation and one in it; so is the goodbye. */
    List<String> codesOfCallsThatMeet(Fault fault) {
        Caller caller = deployment.callers().verify(deployment.userToken("sales-west"));
        ResolvedRole role = deployment.roles().resolve(caller.claims());
        List<String> codes = new ArrayList<>();
        try (McpClient mcp = McpClient.builder(deployment.mcp.uri())
                .tokens(deployment.exchanger().sourceFor(role.servicePrincipal()))
                .caller(caller)
                .role(role)
                .forwardToken(true)
                .build()) {
            deployment.mcp.failAlways(fault);
            codes.add(codeOfCall(mcp));
            deployment.mcp.recover();
            assertThat(mcp.callTool("query", Map.of("sql", "SELECT 1")).isError())
                    .isFalse();
            deployment.mcp.failAlways(fault);
            codes.add(codeOfCall(mcp));
        }
        deployment.mcp.recover();
        return codes;
    }

    private static String codeOfCall(McpClient mcp) {
        return catchThrowableOfType(McpException.class, () -> mcp.callTool("query", Map.of("sql", "SELECT 1")))
                .code();
    }

    private DatabricksTokenExchanger exchanger() {
        IdpTokenSource auth0 = deployment.auth0().httpClient(http).build();
        return DatabricksTokenExchanger.builder()
                .workspace(deployment.databricks.workspaceUrl().toString())
                .idpTokenSource(() -> {
                    IdpToken jwt = auth0.mint();
                    m2mJwt.set(jwt.value());
                    return jwt;
                })
                .httpClient(http)
                .build();
    }

    /** Makes the exchange answer with the request's own JWT in it, and the identity provider with the secret. */
    FederationException failureWhenBothEndpointsEcho(int status, String type) {
        ServicePrincipal principal = deployment.principal("finance");
        DatabricksTokenExchanger first = exchanger();
        first.tokenFor(principal);
        String jwt = m2mJwt.get();
        deployment
                .databricks
                .tokenEndpoint()
                .failAlways(Fault.status(status).body(type, echo(type, "subject_token " + jwt)));
        IdpToken same = IdpToken.parse(jwt);
        FederationException exchange = catchThrowableOfType(
                FederationException.class,
                () -> deployment.exchanger(() -> same).tokenFor(principal));
        deployment.databricks.tokenEndpoint().recover();
        deployment.idp.failAlways(Fault.status(status).body(type, echo(type, "secret " + Deployment.CLIENT_SECRET)));
        FederationException idp = catchThrowableOfType(
                FederationException.class, () -> deployment.exchanger().tokenFor(principal));
        deployment.idp.recover();
        assertThat(exchange).isNotNull();
        return idp == null ? exchange : combined(exchange, idp);
    }

    private static FederationException combined(FederationException exchange, FederationException idp) {
        exchange.addSuppressed(idp);
        assertThat(idp.toString()).doesNotContain(Deployment.CLIENT_SECRET);
        return exchange;
    }

    private static String echo(String type, String text) {
        return type.equals("application/json")
                ? "{\"error\":\"invalid_request\",\"error_description\":\"You sent " + text + "\"}"
                : "<p>You sent " + text + "</p>";
    }

    String ranAs(DatabricksTokenExchanger databricks, ServicePrincipal principal) {
        try (McpClient mcp = McpClient.builder(deployment.mcp.uri())
                .tokens(databricks.sourceFor(principal))
                .forwardToken(true)
                .build()) {
            Map<?, ?> data = (Map<?, ?>) mcp.callTool("query", Map.of("sql", "SELECT 1"))
                    .structuredContent()
                    .orElseThrow();
            return String.valueOf(data.get("current_user"));
        }
    }
}
