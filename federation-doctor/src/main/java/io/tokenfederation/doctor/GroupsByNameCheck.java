// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.Problem;
import io.tokenfederation.ResolvedRole;
import java.util.List;

/** Is the service principal in its groups, by what the workspace says of it? Without a warehouse nothing is more exact. */
final class GroupsByNameCheck implements RoleCheck {
    @Override
    public String name() {
        return GroupsCheck.NAME;
    }

    @Override
    public boolean concerns(Setup setup, String role) {
        return setup.groups.containsKey(role);
    }

    @Override
    public List<String> needs() {
        return List.of(ScimCheck.NAME);
    }

    @Override
    public Outcome run(Examination examination, ResolvedRole role) {
        List<String> expected = examination.setup().groups.getOrDefault(role.name(), List.of());
        List<String> missing = expected.stream()
                .filter(group -> !examination.groups(role).contains(group))
                .toList();
        if (!missing.isEmpty()) {
            return new Outcome.Failed(Finding.of(Problem.of(
                            ErrorCode.WRONG_ROW_FILTER,
                            "SCIM Me does not name " + missing + " among the groups of " + role.servicePrincipal())
                    .fix("Add the service principal to the group; to see what a row filter sees, set "
                            + Variable.DB_WAREHOUSE_ID + " as well.")));
        }
        return new Outcome.Passed("in " + String.join(", ", expected) + ", by SCIM Me; what a row filter sees, only a"
                + " warehouse can tell");
    }
}
