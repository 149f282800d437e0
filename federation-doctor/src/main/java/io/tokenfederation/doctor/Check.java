// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.util.List;

/** One question about what all roles share. Asked once; holds no state. */
interface Check {
    /** {@return what it is called in the report; stable} */
    String name();

    /** {@return the checks that must not have failed: this one would only repeat their failure} */
    default List<String> needs() {
        return List.of();
    }

    /**
     * Looks.
     *
     * @throws io.tokenfederation.FederationException which is reported as a failure, as it is
     */
    Outcome run(Examination examination);
}
