// SPDX-License-Identifier: Apache-2.0
package samples;

import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackMcpServer;
import java.net.URI;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The other four components, in this process: an identity provider, a workspace with a warehouse, an MCP server. */
public final class StandIns implements AutoCloseable {
    /** The backend's own credential at the identity provider; it opens nothing but this. */
    public static final String CLIENT = Provider.CLIENT;

    public static final String SECRET = Provider.SECRET;

    private final LoopbackIdp idp;
    private final LoopbackIdp people;
    private final String audience;
    private final LoopbackDatabricks databricks;
    private final LoopbackMcpServer mcp;
    private final SalesWarehouse warehouse;
    private final Map<String, ServicePrincipal> principals = new LinkedHashMap<>();
    private final Map<ServicePrincipal, String> standings = new HashMap<>();

    private StandIns(Provider provider) throws SQLException {
        warehouse = new SalesWarehouse();
        idp = provider.start();
        // Nobody logs in at a runtime.
        people = idp.environment().isEmpty() ? idp : LoopbackIdp.oidc().start();
        databricks = LoopbackDatabricks.builder().sqlEngine(warehouse).start();
        mcp = LoopbackMcpServer.start(databricks);
        audience = provider.audience(idp, workspace());
        principal("executive", List.of("executives"), List.of());
        principal("west_sales", List.of("sales-west"), List.of());
        principal("east_sales", List.of("sales-east"), List.of("Fargo Farms"));
        principal("finance", List.of("finance"), List.of());
        principal("admin", List.of("admins"), List.of());
    }

    public static StandIns start() {
        return start(Provider.AUTH0);
    }

    static StandIns start(Provider provider) {
        try {
            return new StandIns(provider);
        } catch (SQLException e) {
            throw new IllegalStateException("the embedded warehouse did not start", e);
        }
    }

    /** P6 to P8: a service principal per role, trusting the application's JWT, in the groups its row filters look at. */
    private void principal(String role, List<String> groups, List<String> customers) throws SQLException {
        ServicePrincipal principal = databricks.servicePrincipal(role, groups.toArray(String[]::new));
        FederationPolicy policy = FederationPolicy.builder()
                .issuer(idp.issuer())
                .audience(audience)
                .subject(idp.subjectOf(Provider.CLIENT))
                .build();
        databricks.policy(principal, policy);
        warehouse.admit(principal, groups, customers);
        principals.put(role, principal);
        standings.put(
                principal, "in groups " + groups + (customers.isEmpty() ? "" : ", account manager of " + customers));
    }

    public List<Person> people() {
        return List.of(
                person("Sarah", "sarah@partner.example", "sales-west"),
                person("Edgar", "edgar@partner.example", "sales-east"),
                person("Xenia", "xenia@example.com", "executives"),
                person("Fatima", "fatima@example.com", "finance"),
                person("Adam", "adam@example.com", "admin"),
                person("Mallory", "mallory@partner.example", "interns"));
    }

    private Person person(String name, String email, String role) {
        return new Person(
                name,
                email,
                role,
                () -> people.userToken("auth0|" + name.toLowerCase(Locale.ROOT))
                        .audience("sales-portal")
                        .email(email)
                        .claim("https://example.com/role", role)
                        .sign());
    }

    /** Where people log in. */
    public String issuer() {
        return people.issuer();
    }

    /** Where the backend's own JWTs come from. */
    public LoopbackIdp idp() {
        return idp;
    }

    /** What {@code aud} is in them. */
    String audience() {
        return audience;
    }

    public String workspace() {
        return databricks.workspaceUrl().toString();
    }

    public URI mcpUrl() {
        return mcp.uri();
    }

    public LoopbackDatabricks databricks() {
        return databricks;
    }

    public LoopbackMcpServer mcp() {
        return mcp;
    }

    /** P12, as it would be configured. */
    public String roleToServicePrincipal() {
        return principals.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\": \"" + entry.getValue() + "\"")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** {@return what the row filter goes by} */
    String standing(ServicePrincipal principal) {
        return standings.getOrDefault(principal, "unknown here");
    }

    /** As a workspace does that the service principals are not assigned to. */
    void refuseToSayWhoOneIs(int status) {
        databricks.restApi().failAlways(Fault.status(status));
    }

    long idpCalls() {
        return idp.tokenRequests();
    }

    long exchanges() {
        return databricks.exchanges();
    }

    @Override
    public void close() {
        mcp.close();
        databricks.close();
        idp.close();
        people.close();
        try {
            warehouse.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the embedded warehouse did not close", e);
        }
    }
}
