// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ResolvedRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Is the service principal in the groups that row filters look at, for the function they ask? */
final class GroupsCheck implements RoleCheck {
    static final String NAME = "groups";

    private final String warehouse;

    GroupsCheck(String warehouse) {
        this.warehouse = warehouse;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean concerns(Setup setup, String role) {
        return setup.groups.containsKey(role);
    }

    @Override
    public List<String> needs() {
        return List.of(WarehouseCheck.NAME);
    }

    @Override
    public Outcome run(Examination examination, ResolvedRole role) {
        List<String> groups = examination.setup().groups.getOrDefault(role.name(), List.of());
        List<String> answers = new Statements(examination, role, warehouse).row(NAME, sql(groups), parameters(groups));
        List<Membership> found = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            found.add(new Membership(groups.get(i), isTrue(answers, 2 * i), isTrue(answers, 2 * i + 1)));
        }
        return new Memberships(examination.setup().groupFunction, role.servicePrincipal()).outcome(found);
    }

    private static boolean isTrue(List<String> answers, int index) {
        return index < answers.size() && answers.get(index).equalsIgnoreCase("true");
    }

    private static String sql(List<String> groups) {
        StringBuilder sql = new StringBuilder("SELECT ");
        for (int i = 0; i < groups.size(); i++) {
            sql.append(i == 0 ? "" : ", ").append("is_member(:g" + i + "), is_account_group_member(:g" + i + ")");
        }
        return sql.toString();
    }

    private static Map<String, String> parameters(List<String> groups) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            parameters.put("g" + i, groups.get(i));
        }
        return parameters;
    }
}
