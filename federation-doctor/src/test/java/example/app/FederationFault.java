// SPDX-License-Identifier: Apache-2.0
package example.app;

import io.tokenfederation.doctor.FederationDoctorBuilder;
import java.util.List;

/**
 * One thing that is wrong, in a world where all else is right.
 *
 * @param what what is wrong
 * @param spoiling makes it so
 * @param red the red lines it gives: role, check and code
 */
record FederationFault(String what, Spoiling spoiling, List<String> red) {
    /** Spoils the world, and perhaps sets the doctor up otherwise. */
    interface Spoiling {
        FederationDoctorBuilder spoil(SixRoles world, FederationDoctorBuilder doctor);
    }

    static FederationFault fault(String what, Spoiling spoiling, String... red) {
        return new FederationFault(what, spoiling, List.of(red));
    }

    static String[] ofAllRoles(String checkAndCode) {
        return SixRoles.NAMES.stream().map(role -> role + " " + checkAndCode).toArray(String[]::new);
    }

    /** Policies are read. */
    static FederationDoctorBuilder withAdministrator(SixRoles world, FederationDoctorBuilder doctor) {
        return doctor.account(world.front.url(), world.databricks.accountId()).administrator(world.administrator());
    }

    @Override
    public String toString() {
        return what;
    }
}
