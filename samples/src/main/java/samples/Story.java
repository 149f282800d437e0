// SPDX-License-Identifier: Apache-2.0
package samples;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.Caller;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.ErrorCode;
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

    Story(PrintStream out, StandIns world, String sql) {
        this.out = out;
        this.world = world;
        out.println("Token Federation quickstart: on stand-ins that run in this process (no account, no network).");
        out.println("With IDP_TOKEN_URL and its companions set, it runs on real services: docs/real-services.md");
        out.printf("%nEverybody asks for the same: %s%n", sql);
        out.println("The row filter lets through: " + SalesWarehouse.ROW_FILTER);
    }

    void loggedIn(Person person, Caller caller) {
        out.printf("%n%s%n", person.name());
        out.println("  1 browser   opens the application");
        out.println("  2 login     at " + caller.issuer() + ", as " + caller.subject());
        out.println("  3 claim     https://example.com/role = "
                + caller.claims().text("https://example.com/role").orElse("(none)") + ", in a verified token");
    }

    void resolved(ResolvedRole role) {
        out.println("  4 role      " + role.idpRole() + " -> " + role.name()
                + "  (the identity provider's name -> the application's name)");
        out.println("              acts as service principal " + role.servicePrincipal() + ", "
                + world.standing(role.servicePrincipal()));
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
        if (!role.servicePrincipal().toString().equals(data.get("current_user"))) {
            out.println("              " + ErrorCode.WRONG_ROW_FILTER + ": it should have run as "
                    + role.servicePrincipal() + " — fix: " + ErrorCode.WRONG_ROW_FILTER.fix());
        }
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
