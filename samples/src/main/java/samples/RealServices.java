// SPDX-License-Identifier: Apache-2.0
package samples;

import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.FederatedCallException;
import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.Problem;
import io.tokenfederation.ResolvedRole;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Steps 5, 6 and 8 against real services: each role's token, and whom Databricks takes it for. Nobody logs in. */
final class RealServices {
    private final DatabricksMe me;
    private final DatabricksTokenExchanger databricks;
    private final PrintStream out;

    private RealServices(Settings settings, PrintStream out) {
        IdpTokenSource source = settings.idpTokenSource();
        this.databricks = settings.exchanger(() -> minted(source.mint()));
        this.me = new DatabricksMe(URI.create(settings.workspace()));
        this.out = out;
    }

    /** One variable decides: the others, such as DB_HOST, may be set for something else. */
    static boolean wantedBy(Map<String, String> env) {
        return new Settings(env).wanted();
    }

    /** {@return the exit code: 0 if all roles passed, 1 if one failed, 2 if a variable is missing or wrong} */
    static int run(Map<String, String> env, PrintStream out, PrintStream err) {
        try {
            Settings settings = new Settings(env);
            settings.requireComplete();
            List<ResolvedRole> roles = settings.roles();
            RealServices services = new RealServices(settings, out);
            out.println("Token Federation quickstart: on the real services at " + settings.workspace() + ".");
            long passed = roles.stream().filter(services::passes).count();
            out.printf("%nResults: %d/%d roles passed%n", passed, roles.size());
            return passed == roles.size() ? 0 : 1;
        } catch (Settings.Mistake e) {
            err.println("Token Federation quickstart: " + e.getMessage());
            return 2;
        }
    }

    private IdpToken minted(IdpToken jwt) {
        out.println("[PASS] JWT iss=" + jwt.issuer() + " aud=" + jwt.audiences() + " sub=" + jwt.subject());
        return jwt;
    }

    private boolean passes(ResolvedRole role) {
        try {
            String user = me.of(databricks.tokenFor(role.servicePrincipal())).userName();
            out.println("[PASS] " + role.name() + ": Databricks says you are " + requireSame(user, role));
            return true;
        } catch (FederationException e) {
            out.println("[FAIL] " + role.name() + ": " + e.getMessage());
        } catch (IOException e) {
            out.println("[FAIL] " + role.name() + ": DB_HOST gave no readable answer to " + DatabricksMe.PATH + ": "
                    + e.getClass().getSimpleName());
        }
        return false;
    }

    private static String requireSame(String user, ResolvedRole role) {
        if (!user.equals(role.servicePrincipal().toString())) {
            throw new FederatedCallException(Problem.of(
                    ErrorCode.WRONG_ROW_FILTER,
                    "Databricks says you are " + user + ", and the role's service principal is "
                            + role.servicePrincipal()));
        }
        return user;
    }
}
