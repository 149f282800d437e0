// SPDX-License-Identifier: Apache-2.0
package samples;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.Caller;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.IdpToken;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.RoleNotMappedException;
import io.tokenfederation.mcp.ToolResult;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells what happens, step by step, with tokens as short hashes only. */
final class Story {
    private final PrintStream out;
    private final StandIns world;
    private final List<String> table = new ArrayList<>();
    private volatile boolean newJwt;

    Story(PrintStream out, StandIns world) {
        this.out = out;
        this.world = world;
        out.println("Token Federation quickstart: on stand-ins that run in this process (no account, no network).");
        out.println(
                "Set IDP_TOKEN_URL, M2M_CLIENT_ID, M2M_CLIENT_SECRET, DB_HOST and ROLE_SP_MAP for the real services.");
    }

    void loggedIn(Person person, Caller caller) {
        out.printf("%n%s%n", person.name());
        out.println("  1 browser   opens the application");
        out.println("  2 login     at " + caller.issuer() + ", as " + caller.subject());
        out.println("  3 claim     https://example.com/role = "
                + caller.claims().text("https://example.com/role").orElse("(none)") + ", in a verified token");
    }

    void resolved(ResolvedRole role) {
        out.println("  4 role      " + role.idpRole() + " -> " + role.name() + " -> service principal "
                + role.servicePrincipal());
    }

    void exchanged(DatabricksToken token) {
        if (!newJwt) {
            out.println("  5 M2M       the backend's JWT is still good: nobody is asked");
        }
        newJwt = false;
        out.println("  6 exchange  gave Databricks token " + token.id() + " (a hash), until "
                + token.expiresAt().truncatedTo(ChronoUnit.SECONDS));
    }

    /** Called away from the callers' threads, whenever a new JWT of the application is needed. */
    IdpToken minted(IdpToken jwt) {
        newJwt = true;
        out.println("  5 M2M       the backend got its own JWT: iss=" + jwt.issuer() + " aud=" + jwt.audiences()
                + " sub=" + jwt.subject());
        return jwt;
    }

    void answered(Person person, ResolvedRole role, ToolResult answer) {
        Map<?, ?> data =
                (Map<?, ?>) answer.structuredContent().orElseThrow(() -> new IllegalStateException(answer.text()));
        List<?> rows = (List<?>) requireNonNull(data.get("rows"));
        out.println("  7 MCP       tools/call query");
        out.println("  8 SQL       ran as " + data.get("current_user") + ", " + rows.size() + " rows:");
        rows.forEach(row -> out.println("              " + row));
        table.add(String.format(
                "%-8s %-11s %-36s %4d", person.name(), role.name(), role.servicePrincipal(), rows.size()));
    }

    void denied(Person person, RoleNotMappedException denied) {
        out.println("  4 role      DENIED  " + denied.getMessage());
        table.add(String.format("%-8s %-11s %-36s %4s", person.name(), "-", "denied: " + denied.code(), "-"));
    }

    void end() {
        out.printf("%n%-8s %-11s %-36s %4s%n", "who", "role", "service principal", "rows");
        table.forEach(out::println);
        out.printf(
                "%n%d call to the identity provider for a JWT, %d exchanges at Databricks.%n",
                world.idpCalls(), world.exchanges());
    }
}
