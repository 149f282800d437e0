// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ResolvedRole;
import java.util.List;

/** One question about one role. Asked for each role; holds no state. */
interface RoleCheck {
    /** {@return what it is called in the report; stable} */
    String name();

    /** {@return the checks, of this role or of all, that must not have failed: this one would only repeat their failure} */
    default List<String> needs() {
        return List.of();
    }

    /** {@return whether there is anything to ask about this role} */
    default boolean concerns(Setup setup, String role) {
        return true;
    }

    /**
     * Looks.
     *
     * @throws io.tokenfederation.FederationException which is reported as a failure, as it is
     */
    Outcome run(Examination examination, ResolvedRole role);
}
