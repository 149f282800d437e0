// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.util.Optional;

/**
 * What the doctor is doing, for whoever shows it: given to {@link FederationDoctorBuilder#progress}, on the thread that
 * called {@link FederationDoctor#check}.
 */
public sealed interface Progress {
    /**
     * A check has begun.
     *
     * @param check the check
     * @param role the role it is for; empty for what all roles share
     */
    record Started(String check, Optional<String> role) implements Progress {}

    /**
     * A check takes long, and here is why.
     *
     * @param check the check
     * @param role the role it is for; empty for what all roles share
     * @param what what it waits for
     */
    record Waiting(String check, Optional<String> role, String what) implements Progress {}

    /**
     * A check has ended.
     *
     * @param result how
     */
    record Finished(CheckResult result) implements Progress {}
}
