// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import io.tokenfederation.internal.NearMiss.Found;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/** How the subjects that CI systems, clusters and clouds put into their JWTs come to differ from what was expected. */
final class WorkloadSubjects {
    private static final String CIRCLECI = "org/[^/]+/project/[^/]+/user/.+";
    private static final String BRACED = "\\{[\\p{XDigit}-]{36}}";
    private static final String BITBUCKET = BRACED + "(?::" + BRACED + "){1,2}";

    /** The first that fits counts; they are asked about subjects that differ. */
    private static final List<Kind> KINDS = List.of(
            new Kind(
                    Mistake.GITHUB_IDS,
                    "GitHub writes the ids of owner and repository into sub (owner@id/repo@id) for repositories made, renamed or"
                            + " moved since July 2026",
                    both("repo:[^:]+:.*")
                            .and((one, other) -> one.contains("@") != other.contains("@"))
                            .and((one, other) -> withoutIds(one).equals(withoutIds(other)))),
            new Kind(
                    Mistake.GITHUB_ENVIRONMENT,
                    "for GitHub, the environment of a job stands in sub in place of its branch or event",
                    both("repo:[^:]+:.*")
                            .and((one, other) -> one.contains(":environment:") != other.contains(":environment:"))),
            new Kind(
                    Mistake.AZURE_DEVOPS_CONNECTION,
                    "Azure DevOps issues p://organization/project/pipeline unless a service connection is named, and"
                            + " sc://organization/project/connection if one is",
                    either("p://.+", "sc://.+")),
            new Kind(
                    Mistake.CIRCLECI_USER,
                    "CircleCI's sub names the person who started the job: match subject_claim oidc.circleci.com/project-id"
                            + " instead",
                    both(CIRCLECI).or(either("\\p{XDigit}{8}-[\\p{XDigit}-]{27}", CIRCLECI))),
            new Kind(
                    Mistake.BITBUCKET_STEP,
                    "Bitbucket's sub names the step that runs: match subject_claim repositoryUuid instead",
                    both(BITBUCKET).or(either(BRACED, BITBUCKET))),
            new Kind(
                    Mistake.TERRAFORM_PHASE,
                    "HCP Terraform's plan and apply have each their own sub: make a policy for run_phase:plan and one for"
                            + " run_phase:apply",
                    both("organization:.+:run_phase:.+")
                            .and((one, other) ->
                                    one.replaceAll(":run_phase:.*", "").equals(other.replaceAll(":run_phase:.*", "")))),
            new Kind(
                    Mistake.GOOGLE_EMAIL,
                    "Google's sub is the service account's unique id, a number, not its e-mail address",
                    either("[^@]+@[^@]+\\.gserviceaccount\\.com", "\\d{10,30}")),
            new Kind(
                    Mistake.AWS_ASSUMED_ROLE,
                    "AWS names the role itself in one (arn:aws:iam::<account>:role/<name>), a session of it in the other"
                            + " (arn:aws:sts::<account>:assumed-role/<name>/<session>)",
                    either("arn:aws[^:]*:iam::\\d+:role/.+", "arn:aws[^:]*:sts::\\d+:assumed-role/.+")),
            new Kind(
                    Mistake.KUBERNETES_SERVICE_ACCOUNT,
                    "in Kubernetes sub is system:serviceaccount:<namespace>:<service account>; the last part is no pod",
                    both("system:serviceaccount:[^:]+:.+")));

    private WorkloadSubjects() {}

    /**
     * One way to differ.
     *
     * @param mistake what it is called
     * @param hint the sentence about it
     * @param fits whether two subjects differ in this way
     */
    private record Kind(Mistake mistake, String hint, BiPredicate<String, String> fits) {}

    /** {@return what two different subjects were mistaken for; empty if nothing known} */
    static Optional<Found> between(String one, String other) {
        return KINDS.stream()
                .filter(kind -> kind.fits().test(one, other))
                .findFirst()
                .flatMap(kind -> NearMiss.found(kind.mistake(), kind.hint()));
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
