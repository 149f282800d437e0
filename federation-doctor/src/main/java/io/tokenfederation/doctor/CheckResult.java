// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * One line of a {@link Report}.
 *
 * @param check what was checked, such as {@code exchange}; stable
 * @param role the role it was checked for; empty for what all roles share
 * @param outcome how it ended
 * @param took how long it took
 */
public record CheckResult(String check, Optional<String> role, Outcome outcome, Duration took) {
    /**
     * Checks that all parts are there.
     *
     * @param check what was checked
     * @param role for which role
     * @param outcome how it ended
     * @param took how long it took
     */
    public CheckResult {
        requireNonNull(check, "check");
        requireNonNull(role, "role");
        requireNonNull(outcome, "outcome");
        requireNonNull(took, "took");
    }

    /** {@return whether the check found something that does not work} */
    public boolean failed() {
        return outcome instanceof Outcome.Failed;
    }

    boolean skipped() {
        return outcome instanceof Outcome.Skipped;
    }
}
