// SPDX-License-Identifier: Apache-2.0
package samples.web;

import io.tokenfederation.Caller;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.FederatedCallException;
import io.tokenfederation.Problem;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.ToolResult;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import samples.DatabricksMe;

/** From a role to its rows: the token, whom Databricks takes it for, the tool, the rows. Each part also says what it did. */
final class Journey implements AutoCloseable {
    /** What a part found, and what the page may show of it. */
    record Found<T>(T value, Map<String, ?> detail) {}

    private final TokenNews news = new TokenNews();
    private final DatabricksTokenExchanger databricks;
    private final DatabricksMe me;
    private final WebSettings settings;
    private final Map<ServicePrincipal, McpClient> clients = new ConcurrentHashMap<>();

    Journey(WebSettings settings) {
        this.settings = settings;
        this.databricks = DatabricksTokenExchanger.builder()
                .workspace(settings.databricks().workspace().toString())
                .idpTokenSource(settings.databricks().application())
                .listener(news)
                .build();
        this.me = new DatabricksMe(settings.databricks().workspace());
    }

    Map<String, ?> about(Caller caller) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("subject", caller.subject());
        detail.put("issuer", caller.issuer());
        caller.email().ifPresent(address -> detail.put("email", address));
        return detail;
    }

    Map<String, ?> about(ResolvedRole role) {
        return Map.of("claim", settings.roles().claim(), "idpRole", role.idpRole(), "role", role.name());
    }

    Map<String, ?> about(ServicePrincipal principal) {
        return Map.of("servicePrincipal", principal.toString());
    }

    /** The principal's token: kept, or exchanged just now, for the JWT that was kept or just fetched. */
    Found<DatabricksToken> token(ServicePrincipal principal) {
        long jwtsBefore = news.jwts();
        Optional<DatabricksToken> kept = databricks.readyTokenFor(principal);
        DatabricksToken token = kept.orElseGet(() -> databricks.tokenFor(principal));
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("source", kept.isPresent() ? "cache" : "exchange");
        if (kept.isEmpty()) {
            detail.put("jwt", news.jwts() > jwtsBefore ? "new" : "kept");
            news.newest(principal)
                    .ifPresent(
                            renewed -> detail.put("exchangeMs", renewed.took().toMillis()));
        }
        detail.put("hash", token.id());
        detail.put(
                "expiresAt", token.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString());
        return new Found<>(token, detail);
    }

    /** Whom Databricks takes the token for: the answer, not the configuration. With a newer token if this is refused. */
    Found<DatabricksMe.Identity> groups(ServicePrincipal principal, DatabricksToken token) throws IOException {
        DatabricksToken good = token;
        DatabricksMe.Identity identity;
        try {
            identity = me.of(token);
        } catch (FederatedCallException e) {
            if (!e.code().equals(ErrorCode.TOKEN_REJECTED.name())) {
                throw e;
            }
            // It was good, and may have been revoked: then once more, with another.
            databricks.rejected(token);
            good = databricks.tokenFor(principal);
            identity = me.of(good);
        }
        requireSame(principal, identity.userName());
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("name", identity.displayName());
        detail.put("groups", identity.groups());
        if (!good.id().equals(token.id())) {
            detail.put("newHash", good.id());
        }
        return new Found<>(identity, detail);
    }

    Found<ToolResult> tool(Caller caller, ResolvedRole role) {
        McpTool tool = settings.tool();
        ToolResult answer =
                client(role.servicePrincipal()).forCaller(caller, role).callTool(tool.name(), tool.arguments());
        if (answer.isError()) {
            // Without its text: what a tool says may hold anything.
            throw new FederatedCallException(Problem.of(
                    "TOOL_FAILED",
                    "the tool " + tool.name() + " failed as " + role.servicePrincipal(),
                    "Call it as this service principal with another client, and read what it says; mostly the principal"
                            + " may not use the warehouse, or the table."));
        }
        return new Found<>(
                answer, Map.of("tool", tool.name(), "server", tool.server().toString()));
    }

    /** The rows as a table where the tool answers with columns and rows; else its text. */
    Found<ToolResult> rows(ResolvedRole role, ToolResult answer) {
        Object content = answer.structuredContent().orElse(Map.of());
        if (content instanceof Map<?, ?> data
                && data.containsKey("rows")
                && data.get("current_user") instanceof String user) {
            requireSame(role.servicePrincipal(), user);
        }
        return new Found<>(
                answer, Table.of(content).<Map<String, ?>>map(Table::detail).orElseGet(() -> text(answer)));
    }

    private static Map<String, ?> text(ToolResult answer) {
        String text = answer.text();
        return Map.of("text", text.isEmpty() ? answer.structuredJson().orElse("") : text);
    }

    @Override
    public void close() {
        clients.values().forEach(McpClient::close);
        databricks.close();
    }

    /** One client per service principal, for all people who act as it. */
    private McpClient client(ServicePrincipal principal) {
        return clients.computeIfAbsent(
                principal,
                key -> McpClient.builder(settings.tool().server())
                        .tokens(databricks.sourceFor(key))
                        .forwardToken(settings.tool().forwardToken())
                        .build());
    }

    private static void requireSame(ServicePrincipal principal, String user) {
        if (!principal.toString().equals(user)) {
            throw new FederatedCallException(Problem.of(
                    ErrorCode.WRONG_ROW_FILTER, "Databricks takes the token of " + principal + " for somebody else's"));
        }
    }
}
