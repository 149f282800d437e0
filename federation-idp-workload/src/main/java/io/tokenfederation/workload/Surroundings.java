// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.workload;

import java.util.Arrays;
import java.util.Optional;

/** The runtime a process is in, known by a variable it always sets: to say what is missing there. */
enum Surroundings {
    GITHUB("GITHUB_ACTIONS", "a GitHub Actions job", WorkloadErrorCode.GITHUB_ID_TOKEN_UNAVAILABLE.fix()),
    AZURE_DEVOPS("TF_BUILD", "an Azure Pipelines job", WorkloadErrorCode.AZURE_DEVOPS_TOKEN_NOT_MAPPED.fix()),
    GITLAB(
            "GITLAB_CI",
            "a GitLab job",
            "Declare 'id_tokens: DATABRICKS_OIDC_TOKEN: aud: <the policy's audience>' in the job."),
    CIRCLECI("CIRCLECI", "a CircleCI job", "Set DATABRICKS_OIDC_TOKEN_ENV to CIRCLE_OIDC_TOKEN_V2."),
    BITBUCKET(
            "BITBUCKET_BUILD_NUMBER",
            "a Bitbucket step",
            "Set 'oidc: true' on the step, and DATABRICKS_OIDC_TOKEN_ENV to BITBUCKET_STEP_OIDC_TOKEN."),
    TERRAFORM(
            "TFC_RUN_ID",
            "an HCP Terraform run",
            "Set TFC_WORKLOAD_IDENTITY_AUDIENCE in the workspace, and DATABRICKS_OIDC_TOKEN_ENV to"
                    + " TFC_WORKLOAD_IDENTITY_TOKEN."),
    KUBERNETES(
            "KUBERNETES_SERVICE_HOST",
            "a pod in Kubernetes",
            "Project a service account token with the policy's audience into the pod, and set"
                    + " DATABRICKS_OIDC_TOKEN_FILEPATH to it.");

    private final String mark;
    private final String title;
    private final String fix;

    Surroundings(String mark, String title, String fix) {
        this.mark = mark;
        this.title = title;
        this.fix = fix;
    }

    /** {@return the runtime; a CI job on a runner in Kubernetes is a CI job, so that comes last} */
    static Optional<Surroundings> of(Variables environment) {
        return Arrays.stream(values())
                .filter(runtime -> environment.has(runtime.mark))
                .findFirst();
    }

    String title() {
        return title;
    }

    String fix() {
        return fix;
    }
}
