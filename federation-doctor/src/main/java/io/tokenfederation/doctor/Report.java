// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the doctor found, line by line. Holds no token and no secret. Immutable.
 *
 * <pre>{@code
 * Report report = doctor.check();
 * if (!report.passed()) {
 *   log.warn("federation is ill:\n{}", report.toText());
 * }
 * }</pre>
 *
 * @param subject what was examined: the workspace's address
 * @param roles the roles that were to be checked, each with its service principal's application id
 * @param results what was found, in the order it was looked at
 */
public record Report(String subject, Map<String, String> roles, List<CheckResult> results) {
    /**
     * Copies roles and results.
     *
     * @param subject what was examined
     * @param roles the roles, in order
     * @param results what was found
     */
    public Report {
        requireNonNull(subject, "subject");
        roles = InOrder.copyOf(roles);
        results = List.copyOf(results);
    }

    /** {@return whether nothing failed, and every role's token could be had} */
    public boolean passed() {
        return results.stream().noneMatch(CheckResult::failed)
                && roles.keySet().stream().allMatch(this::passed);
    }

    /**
     * Tells whether a role is well: something was checked for it, and nothing failed or had to be left out because
     * something else failed.
     *
     * @param role a role's name
     * @return whether it is
     */
    public boolean passed(String role) {
        List<CheckResult> own = results.stream()
                .filter(result -> result.role().equals(Optional.of(role)))
                .toList();
        return !own.isEmpty() && own.stream().noneMatch(result -> result.failed() || result.skipped());
    }

    /** {@return how many roles are well} */
    public long rolesPassed() {
        return roles.keySet().stream().filter(this::passed).count();
    }

    /** {@return what does not work, in the order it was looked at} */
    public List<CheckResult> failures() {
        return results.stream().filter(CheckResult::failed).toList();
    }

    /** {@return the report as it is printed: a line for each check, and how many roles passed at the end; no colour} */
    public String toText() {
        return TextReport.of(this);
    }

    /** {@return the report as one JSON object, for programs} */
    public String toJson() {
        return JsonReport.of(this);
    }

    /** {@return the report as JUnit's XML, a test suite for each role, for CI systems that show test results} */
    public String toJUnitXml() {
        return JUnitReport.of(this);
    }

    /** {@return what was examined, and how many roles are well} */
    @Override
    public String toString() {
        return "Report[" + subject + ", " + rolesPassed() + "/" + roles.size() + " roles passed]";
    }
}
