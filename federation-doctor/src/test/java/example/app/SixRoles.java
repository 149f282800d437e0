// SPDX-License-Identifier: Apache-2.0
package example.app;

import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.auth0.Auth0TokenSource;
import io.tokenfederation.doctor.FederationDoctor;
import io.tokenfederation.doctor.FederationDoctorBuilder;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.FederationPolicyBuilder;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackMcpServer;
import io.tokenfederation.testkit.SqlRows;
import io.tokenfederation.testkit.SqlStatement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A whole deployment of six roles on stand-ins, in which everything is as it should be until a test spoils it. */
public final class SixRoles implements AutoCloseable {
    public static final String SECRET = "canary-secret-e3f1a9";
    public static final String WAREHOUSE = "a1b2c3d4";
    public static final String SPACE = "01ef9a7b";
    public static final List<String> NAMES =
            List.of("executive", "west_sales", "east_sales", "finance", "admin", "auditor");
    private static final String CLIENT = "kD3pXmB0yqLexampleclientid";
    private static final Pattern ASKED = Pattern.compile("(is_member|is_account_group_member)\\(:(g\\d+)\\)");

    public final LoopbackIdp idp = LoopbackIdp.auth0().start();
    public final LoopbackDatabricks databricks =
            LoopbackDatabricks.builder().sqlEngine(this::sql).start();
    public final LoopbackMcpServer mcp = LoopbackMcpServer.start(databricks);
    public final FrontDoor front;
    public final Map<String, ServicePrincipal> principals = new LinkedHashMap<>();

    /** Who is in the workspace's group of this name; the account's are the stand-in's own. */
    public final Set<String> workspaceMembers = new HashSet<>();

    public SixRoles() {
        try {
            front = FrontDoor.before(databricks.workspaceUrl());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        front.answer("/api/2.0/genie/spaces/" + SPACE, FrontDoor.Answer.json(200, "{\"title\":\"Sales\"}"));
        idp.api(audience()).m2mClient(CLIENT, SECRET).grant(CLIENT, audience());
        for (String name : NAMES) {
            ServicePrincipal principal = databricks.servicePrincipal(name, group(name));
            databricks.policy(principal, policy().build());
            workspaceMembers.add(principal + " " + group(name));
            principals.put(name, principal);
        }
    }

    public static String group(String role) {
        return "readers-" + role;
    }

    public String audience() {
        return front.url();
    }

    /** The policy that is right. */
    public FederationPolicyBuilder policy() {
        return FederationPolicy.builder()
                .issuer(idp.issuer())
                .audience(audience())
                .subject(idp.subjectOf(CLIENT));
    }

    public ServicePrincipal principal(String role) {
        return Objects.requireNonNull(principals.get(role), role);
    }

    /** Replaces a role's policy. */
    public void policy(String role, FederationPolicy policy) {
        databricks.removePolicies(principal(role));
        databricks.policy(principal(role), policy);
    }

    public IdpTokenSource source() {
        return source(SECRET);
    }

    public IdpTokenSource source(String secret) {
        return Auth0TokenSource.builder()
                .domain(idp.issuer())
                .clientId(CLIENT)
                .clientSecret(secret)
                .audience(audience())
                .build();
    }

    /** Tokens of somebody who may read and set policies. */
    public DatabricksTokenSource administrator() {
        ServicePrincipal administrator = databricks.servicePrincipal("administrator");
        databricks.accountAdmin(administrator);
        return databricks.tokensOf(administrator);
    }

    /** Somebody who may read and set policies, by the same JWT. */
    public ServicePrincipal federatedAdministrator() {
        ServicePrincipal administrator = databricks.servicePrincipal("administrator");
        databricks.accountAdmin(administrator);
        databricks.policy(administrator, policy().build());
        return administrator;
    }

    /** A doctor that looks at everything but the policies. */
    public FederationDoctorBuilder doctor() {
        FederationDoctorBuilder doctor = FederationDoctor.builder()
                .idpTokenSource(source())
                .workspace(front.url())
                .warehouse(WAREHOUSE)
                .genieSpace(SPACE)
                .mcpServer(mcp.uri().toString())
                .requestTimeout(Duration.ofSeconds(10));
        principals.forEach((name, principal) -> doctor.role(name, principal).groups(name, group(name)));
        return doctor;
    }

    /** The same as variables. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("IDP_TOKEN_URL", idp.tokenEndpoint().toString());
        environment.put("M2M_CLIENT_ID", CLIENT);
        environment.put("M2M_CLIENT_SECRET", SECRET);
        environment.put("DB_HOST", front.url());
        environment.put("ROLE_SP_MAP", json(principals));
        return environment;
    }

    public static String json(Map<String, ?> map) {
        return map.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\": \"" + entry.getValue() + "\"")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private SqlRows sql(SqlStatement statement) {
        if (statement.text().equals("SELECT current_user()")) {
            return SqlRows.of("current_user()", statement.currentUser());
        }
        List<String> columns = new ArrayList<>();
        List<String> row = new ArrayList<>();
        Matcher asked = ASKED.matcher(statement.text());
        while (asked.find()) {
            String group = String.valueOf(statement.parameters().get(asked.group(2)));
            boolean is = asked.group(1).equals("is_member")
                    ? workspaceMembers.contains(statement.currentUser() + " " + group)
                    : statement.groups().contains(group);
            columns.add(asked.group());
            row.add(Boolean.toString(is));
        }
        return new SqlRows(columns, List.of(row));
    }

    @Override
    public void close() {
        front.close();
        mcp.close();
        databricks.close();
        idp.close();
    }
}
