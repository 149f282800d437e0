// SPDX-License-Identifier: Apache-2.0
package samples;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.RoleResolver;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Steps 5, 6 and 8 against real services: each role's token, and whom Databricks takes it for. Nobody logs in. */
final class RealServices {
    private static final List<String> REQUIRED =
            List.of("IDP_TOKEN_URL", "M2M_CLIENT_ID", "M2M_CLIENT_SECRET", "DB_HOST", "ROLE_SP_MAP");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final Map<String, String> env;
    private final PrintStream out;

    RealServices(Map<String, String> env, PrintStream out) {
        List<String> missing =
                REQUIRED.stream().filter(name -> !env.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("set " + String.join(", ", missing) + " too, or none of " + REQUIRED);
        }
        this.env = env;
        this.out = out;
    }

    static boolean configuredIn(Map<String, String> env) {
        return REQUIRED.stream().anyMatch(env::containsKey);
    }

    /** {@return how many roles failed} */
    int run() {
        out.println("Token Federation quickstart: on the real services at " + setting("DB_HOST") + ".");
        List<ResolvedRole> roles = RoleResolver.builder()
                .claim("role")
                .servicePrincipals(setting("ROLE_SP_MAP"))
                .build()
                .roles();
        OidcTokenSource source = source();
        IdpTokenSource idp = () -> minted(source.mint());
        DatabricksTokenExchanger databricks = DatabricksTokenExchanger.builder()
                .workspace(setting("DB_HOST"))
                .idpTokenSource(idp)
                .build();
        long passed = roles.stream().filter(role -> passes(role, databricks)).count();
        out.printf("%nResults: %d/%d roles passed%n", passed, roles.size());
        return roles.size() - (int) passed;
    }

    private String setting(String name) {
        return requireNonNull(env.get(name), name);
    }

    private OidcTokenSource source() {
        OidcTokenSource.Builder source = OidcTokenSource.builder()
                .tokenEndpoint(setting("IDP_TOKEN_URL"))
                .clientId(setting("M2M_CLIENT_ID"))
                .clientSecret(setting("M2M_CLIENT_SECRET"));
        // Okta and Entra ID take a scope; Auth0 takes an audience, which is the workspace unless said otherwise.
        return env.containsKey("M2M_SCOPE")
                ? source.scopes(setting("M2M_SCOPE")).build()
                : source.audience(env.containsKey("M2M_AUDIENCE") ? setting("M2M_AUDIENCE") : setting("DB_HOST"))
                        .build();
    }

    private IdpToken minted(IdpToken jwt) {
        out.println("[PASS] JWT iss=" + jwt.issuer() + " aud=" + jwt.audiences() + " sub=" + jwt.subject());
        return jwt;
    }

    private boolean passes(ResolvedRole role, DatabricksTokenExchanger databricks) {
        try {
            String user =
                    currentUser(databricks.tokenFor(role.servicePrincipal()).value());
            boolean same = user.equals(role.servicePrincipal().toString());
            out.printf("[%s] %s: Databricks says you are %s%n", same ? "PASS" : "FAIL", role.name(), user);
            return same;
        } catch (FederationException | IOException e) {
            out.printf("[FAIL] %s: %s%n", role.name(), e.getMessage());
            return false;
        }
    }

    private String currentUser(String token) throws IOException {
        HttpRequest me = HttpRequest.newBuilder(URI.create(setting("DB_HOST")).resolve("/api/2.0/preview/scim/v2/Me"))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            HttpResponse<byte[]> reply = http.send(me, BodyHandlers.ofByteArray());
            return reply.statusCode() == 200
                    ? new ObjectMapper().readTree(reply.body()).path("userName").asText()
                    : "refused with HTTP " + reply.statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
