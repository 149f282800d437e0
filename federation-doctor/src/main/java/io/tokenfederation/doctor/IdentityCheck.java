// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ResolvedRole;
import java.util.List;

/** Does Databricks take the token for the service principal it was asked for? */
final class IdentityCheck implements RoleCheck {
    static final String NAME = "current_user";

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
        return outcome(examination.userName(role), role);
    }

    static Outcome outcome(String userName, ResolvedRole role) {
        return RowFilterCheck.of(role.servicePrincipal(), userName, List.of()).stream()
                .findFirst()
                .<Outcome>map(problem -> new Outcome.Failed(Finding.of(problem)))
                .orElseGet(() -> new Outcome.Passed(userName + ", the role's service principal"));
    }
}
