// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ResolvedRole;
import java.util.List;
import java.util.Map;

/** May the role use the SQL warehouse, and whom does SQL take it for? */
final class WarehouseCheck implements RoleCheck {
    static final String NAME = "warehouse";

    private final String warehouse;

    WarehouseCheck(String warehouse) {
        this.warehouse = warehouse;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of(ScimCheck.NAME);
    }

    @Override
    public Outcome run(Examination examination, ResolvedRole role) {
        String user = new Statements(examination, role, warehouse)
                .row(NAME, "SELECT current_user()", Map.of())
                .get(0);
        Outcome outcome = IdentityCheck.outcome(user, role);
        return outcome instanceof Outcome.Passed
                ? new Outcome.Passed("SELECT current_user() on " + warehouse + " says the same")
                : outcome;
    }
}
