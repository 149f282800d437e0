// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearMissTest {
    private static final NearMiss POLICY_AND_TOKEN = new NearMiss("the policy", "the token");

    @ParameterizedTest
    @CsvSource({
        "https://a.com, https://a.com/, the policy lacks the trailing slash",
        "https://a.com/, https://a.com, the policy has a trailing slash too many",
        "abc, abc@clients, the policy lacks the suffix @clients that Auth0 gives to client ids",
        "https://A.com, https://a.com, they differ only in letter case",
        "'https://a.com ', https://a.com, they differ only in white space at an end",
        "a.com, https://a.com, 'they differ only in the scheme, such as https://'"
    })
    void mistakeIsNamedWithTheSideThatMadeIt(String policy, String token, String said) {
        assertThat(POLICY_AND_TOKEN.between(policy, token)).contains(said);
    }

    /** Rows W2, W4, W9, W10 and W15 of the catalogue of misconfigurations, and a pod's name for its service account. */
    @ParameterizedTest
    @CsvSource({
        "repo:o/r:ref:refs/heads/main, repo:o@1/r@22:ref:refs/heads/main, owner@id/repo@id",
        "repo:o/r:ref:refs/heads/main, repo:o/r:environment:prod, the environment of a job stands in sub",
        "repo:o/r:environment:prod, repo:o/r:pull_request, the environment of a job stands in sub",
        "sc://o/p/c, p://o/p/pipe, p://organization/project/pipeline unless a service connection",
        "p://o/p/pipe, sc://o/p/c, sc://organization/project/connection if one is",
        "org/1/project/2/user/3, org/1/project/2/user/4, subject_claim oidc.circleci.com/project-id",
        "7cc1d11b-46c8-4eb2-9482-4c56a910c7ce, org/1/project/2/user/3, subject_claim oidc.circleci.com/project-id",
        "organization:o:project:p:workspace:w:run_phase:plan, organization:o:project:p:workspace:w:run_phase:apply,"
                + " run_phase:apply",
        "sa@p.iam.gserviceaccount.com, 104567890123456789012, 'a number, not its e-mail address'",
        "system:serviceaccount:prod:backend-7d9f, system:serviceaccount:prod:backend, the last part is no pod"
    })
    void w2w4w9w10w15SubjectsOfWorkloadsAreToldApart(String policy, String token, String said) {
        assertThat(POLICY_AND_TOKEN.between(policy, token))
                .hasValueSatisfying(hint -> assertThat(hint).contains(said));
        assertThat(POLICY_AND_TOKEN.between(token, policy)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "repo:o/r:ref:refs/heads/main, repo:o/r:ref:refs/heads/dev",
        "repo:o/r:ref:refs/heads/main, repo:o@1/other@22:ref:refs/heads/main",
        "organization:o:project:p:workspace:w:run_phase:plan, organization:o:project:p:workspace:v:run_phase:plan",
        "me@example.com, 104567890123456789012"
    })
    void subjectsThatDifferForNoKnownReasonAreLeftAlone(String policy, String token) {
        assertThat(POLICY_AND_TOKEN.between(policy, token)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"same, same", "https://a.com, https://b.com", "'', x"})
    void otherwiseNothingIsClaimed(String policy, String token) {
        assertThat(POLICY_AND_TOKEN.between(policy, token)).isEmpty();
    }
}
