// SPDX-License-Identifier: Apache-2.0
package example.app;

import io.tokenfederation.CallerVerifier;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.RoleResolver;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.auth0.Auth0TokenSource;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackMcpServer;
import io.tokenfederation.testkit.SqlEngine;
import io.tokenfederation.testkit.SqlRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A whole deployment on loopback: an identity provider, a workspace, an MCP server, and who may do what. */
public final class Deployment implements AutoCloseable {
    public static final String AUDIENCE = "https://adb-1.example.com";
    public static final String ROLE_CLAIM = "https://example.com/role";
    public static final String CLIENT_ID = "sales-backend";
    public static final String CLIENT_SECRET = "s3cr3t-of-the-sales-backend";

    /** Answers every query with who ran it and in which groups, which is what a row filter looks at. */
    private static final SqlEngine WHO_AM_I = statement -> new SqlRows(
            List.of("current_user", "groups"),
            List.of(List.of(statement.currentUser(), String.join(",", statement.groups()))));

    public final LoopbackIdp idp = LoopbackIdp.auth0().start();
    public final LoopbackDatabricks databricks =
            LoopbackDatabricks.builder().sqlEngine(WHO_AM_I).start();
    public final LoopbackMcpServer mcp = LoopbackMcpServer.start(databricks);
    public final Map<String, ServicePrincipal> principals = new LinkedHashMap<>();

    public Deployment() {
        idp.api(AUDIENCE).m2mClient(CLIENT_ID, CLIENT_SECRET).grant(CLIENT_ID, AUDIENCE);
        for (String role : List.of("west_sales", "east_sales", "executive", "finance", "admin", "support")) {
            ServicePrincipal principal = databricks.servicePrincipal(role, "group-of-" + role);
            databricks.policy(principal, policy());
            principals.put(role, principal);
        }
    }

    /** The policy that fits the application's JWT. */
    public FederationPolicy policy() {
        return policy(idp.issuer(), AUDIENCE, CLIENT_ID + "@clients");
    }

    public static FederationPolicy policy(String issuer, String audience, String subject) {
        return FederationPolicy.builder()
                .issuer(issuer)
                .audience(audience)
                .subject(subject)
                .build();
    }

    public ServicePrincipal principal(String role) {
        return principals.get(role);
    }

    public Auth0TokenSource.Builder auth0() {
        return Auth0TokenSource.builder()
                .domain(idp.issuer())
                .clientId(CLIENT_ID)
                .clientSecret(CLIENT_SECRET)
                .audience(AUDIENCE);
    }

    public DatabricksTokenExchanger exchanger() {
        return exchanger(auth0().build());
    }

    public DatabricksTokenExchanger exchanger(IdpTokenSource source) {
        return DatabricksTokenExchanger.builder()
                .workspace(databricks.workspaceUrl().toString())
                .idpTokenSource(source)
                .build();
    }

    public CallerVerifier callers() {
        return CallerVerifier.builder()
                .issuer(idp.issuer())
                .audience("sales-portal")
                .build();
    }

    public RoleResolver roles() {
        return RoleResolver.builder()
                .claim(ROLE_CLAIM)
                .role("executives", "executive")
                .role("sales-west", "west_sales")
                .role("sales-east", "east_sales")
                .servicePrincipals(principals.entrySet().stream()
                        .map(entry -> "\"" + entry.getKey() + "\":\"" + entry.getValue() + "\"")
                        .collect(Collectors.joining(",", "{", "}")))
                .build();
    }

    public String userToken(String idpRole) {
        return idp.userToken("auth0|7")
                .audience("sales-portal")
                .email("sarah@partner.example")
                .claim(ROLE_CLAIM, idpRole)
                .sign();
    }

    @Override
    public void close() {
        mcp.close();
        databricks.close();
        idp.close();
    }
}
