// SPDX-License-Identifier: Apache-2.0
package samples;

import io.tokenfederation.Caller;
import io.tokenfederation.CallerVerifier;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.RoleNotMappedException;
import io.tokenfederation.RoleResolver;
import io.tokenfederation.mcp.McpClient;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/**
 * Six people ask for the same rows, and each sees what their role may see: login, role claim, service principal, JWT,
 * exchange, MCP tool, row filter. Runs on stand-ins, with the identity provider that {@code -Dprovider} names; on the real
 * services if IDP_TOKEN_URL and its companions are set.
 */
public final class Quickstart {
    private static final String SALES = "SELECT customer, region, amount FROM sales ORDER BY amount DESC";

    public static void main(String[] args) {
        int exitCode =
                run(Optional.ofNullable(System.getProperty("provider")), System.getenv(), System.out, System.err);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** {@return the exit code: 0 if all went well, 1 if a role failed, 2 if a setting is missing or wrong} */
    static int run(Optional<String> provider, Map<String, String> env, PrintStream out, PrintStream err) {
        if (RealServices.wantedBy(env)) {
            provider.ifPresent(name -> err.println(
                    "Token Federation quickstart: IDP_TOKEN_URL is set, so -Dprovider=" + name + " is ignored"));
            return RealServices.run(env, out, err);
        }
        Optional<Provider> known = Provider.named(provider.orElse("auth0"));
        if (known.isEmpty()) {
            err.println("Token Federation quickstart: -Dprovider must be one of " + Provider.names() + "; it is '"
                    + provider.orElse("") + "'");
            return 2;
        }
        onStandIns(known.get(), out);
        return 0;
    }

    static void onStandIns(Provider provider, PrintStream out) {
        try (StandIns world = StandIns.start(provider)) {
            Story story = new Story(out, world, SALES);
            CallerVerifier callers = CallerVerifier.builder()
                    .issuer(world.issuer())
                    .audience("sales-portal")
                    .build();
            RoleResolver roles = RoleResolver.builder()
                    .claim("https://example.com/role")
                    .role("executives", "executive")
                    .role("sales-west", "west_sales")
                    .role("sales-east", "east_sales")
                    .role("finance", "finance")
                    .role("admin", "admin")
                    .servicePrincipals(world.roleToServicePrincipal())
                    .build();
            IdpTokenSource idp = provider.source(world.idp(), world.audience());
            DatabricksTokenExchanger databricks = DatabricksTokenExchanger.builder()
                    .workspace(world.workspace())
                    .idpTokenSource(() -> story.minted(idp.mint()))
                    .build();
            for (Person person : world.people()) {
                Caller caller = callers.verify(person.logIn());
                story.loggedIn(person, caller);
                try {
                    ResolvedRole role = roles.resolve(caller.claims());
                    story.resolved(role);
                    story.exchanged(databricks.tokenFor(role.servicePrincipal()));
                    try (McpClient mcp = McpClient.builder(world.mcpUrl())
                            .tokens(databricks.sourceFor(role.servicePrincipal()))
                            .caller(caller)
                            .role(role)
                            .forwardToken(true)
                            .build()) {
                        story.answered(person, role, mcp.callTool("query", Map.of("sql", SALES)));
                    }
                } catch (RoleNotMappedException denied) {
                    story.denied(person, denied);
                }
            }
            story.end();
        }
    }
}
