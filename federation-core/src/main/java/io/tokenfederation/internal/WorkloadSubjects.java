// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/** How the subjects that CI systems, clusters and clouds put into their JWTs come to differ from what was expected. */
final class WorkloadSubjects {
    private static final String CIRCLECI = "org/[^/]+/project/[^/]+/user/.+";

    /** The first that fits counts; they are asked about subjects that differ. */
    private static final List<Kind> KINDS = List.of(
            new Kind(
                    "GitHub writes the ids of owner and repository into sub (owner@id/repo@id) for repositories made, renamed or"
                            + " moved since July 2026",
                    both("repo:[^:]+:.*")
                            .and((one, other) -> one.contains("@") != other.contains("@"))
                            .and((one, other) -> withoutIds(one).equals(withoutIds(other)))),
            new Kind(
                    "for GitHub, the environment of a job stands in sub in place of its branch or event",
                    both("repo:[^:]+:.*")
                            .and((one, other) -> one.contains(":environment:") != other.contains(":environment:"))),
            new Kind(
                    "Azure DevOps issues p://organization/project/pipeline unless a service connection is named, and"
                            + " sc://organization/project/connection if one is",
                    either("p://.+", "sc://.+")),
            new Kind(
                    "CircleCI's sub names the person who started the job: match subject_claim oidc.circleci.com/project-id"
                            + " instead",
                    both(CIRCLECI).or(either("\\p{XDigit}{8}-[\\p{XDigit}-]{27}", CIRCLECI))),
            new Kind(
                    "HCP Terraform's plan and apply have each their own sub: make a policy for run_phase:plan and one for"
                            + " run_phase:apply",
                    both("organization:.+:run_phase:.+")
                            .and((one, other) ->
                                    one.replaceAll(":run_phase:.*", "").equals(other.replaceAll(":run_phase:.*", "")))),
            new Kind(
                    "Google's sub is the service account's unique id, a number, not its e-mail address",
                    either("[^@]+@[^@]+\\.gserviceaccount\\.com", "\\d{10,30}")),
            new Kind(
                    "in Kubernetes sub is system:serviceaccount:<namespace>:<service account>; the last part is no pod",
                    both("system:serviceaccount:[^:]+:.+")));

    private WorkloadSubjects() {}

    /**
     * One way to differ.
     *
     * @param hint the sentence about it
     * @param fits whether two subjects differ in this way
     */
    private record Kind(String hint, BiPredicate<String, String> fits) {}

    /** {@return a sentence about two different subjects; empty if none is known} */
    static String hint(String one, String other) {
        return KINDS.stream()
                .filter(kind -> kind.fits().test(one, other))
                .map(Kind::hint)
                .findFirst()
                .orElse("");
    }

    private static BiPredicate<String, String> both(String form) {
        Pattern pattern = Pattern.compile(form);
        return (one, other) ->
                pattern.matcher(one).matches() && pattern.matcher(other).matches();
    }

    private static BiPredicate<String, String> either(String form, String otherForm) {
        Pattern first = Pattern.compile(form);
        Pattern second = Pattern.compile(otherForm);
        return (one, other) -> (first.matcher(one).matches()
                        && second.matcher(other).matches())
                || (first.matcher(other).matches() && second.matcher(one).matches());
    }

    private static String withoutIds(String subject) {
        return subject.replaceAll("@\\d+", "");
    }
}
