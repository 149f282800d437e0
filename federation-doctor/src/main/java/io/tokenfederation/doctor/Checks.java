// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which checks there are, in the order they are made. */
final class Checks {
    private Checks() {}

    /** Those of what all roles share. */
    static List<Check> ofAll(Setup setup) {
        List<Check> checks = new ArrayList<>();
        if (setup.environment.isPresent()) {
            checks.add(new EnvironmentCheck());
        }
        checks.addAll(List.of(
                new WorkspaceCheck(),
                new TokenCheck(),
                new IssuerCheck(),
                new AudienceCheck(),
                new SubjectCheck(),
                new AlgorithmCheck()));
        if (!setup.keysPinned) {
            checks.add(new DiscoveryCheck());
        }
        // After all that hears servers tell the time.
        checks.addAll(List.of(new ClockCheck(), new LifetimeCheck()));
        return checks;
    }

    /** Those of each role. */
    static List<RoleCheck> ofEachRole(Setup setup) {
        List<RoleCheck> checks = new ArrayList<>();
        setup.administrator.ifPresent(tokens -> setup.account.ifPresent(
                account -> checks.add(new PolicyCheck(Administration.policies(account, tokens)))));
        checks.addAll(List.of(new ExchangeCheck(), new ScimCheck(), new IdentityCheck()));
        setup.warehouse.ifPresent(id -> checks.add(new WarehouseCheck(id)));
        if (!setup.groups.isEmpty()) {
            checks.add(setup.warehouse.<RoleCheck>map(GroupsCheck::new).orElseGet(GroupsByNameCheck::new));
        }
        setup.genieSpace.ifPresent(id -> checks.add(new GenieCheck(id)));
        setup.mcpServer.ifPresent(uri -> checks.add(new McpCheck(uri)));
        return checks;
    }

    /** What was not asked for, and how to. */
    static Map<String, String> notConfigured(Setup setup) {
        Map<String, String> left = new LinkedHashMap<>();
        if (setup.administrator.isEmpty()) {
            left.put(PolicyCheck.NAME, "nobody may read the policies here: set " + Variable.DB_ADMIN_SP);
        }
        if (setup.warehouse.isEmpty()) {
            left.put(WarehouseCheck.NAME, "set " + Variable.DB_WAREHOUSE_ID);
        }
        if (setup.groups.isEmpty()) {
            left.put(GroupsCheck.NAME, "set " + Variable.ROLE_GROUPS);
        }
        if (setup.genieSpace.isEmpty()) {
            left.put(GenieCheck.NAME, "set " + Variable.DB_GENIE_SPACE_ID);
        }
        if (setup.mcpServer.isEmpty()) {
            left.put(McpCheck.NAME, "set " + Variable.MCP_URL);
        }
        return left;
    }
}
