// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static io.tokenfederation.doctor.CatalogueRow.Means.FROM_THE_REPLY;
import static io.tokenfederation.doctor.CatalogueRow.Means.FROM_THE_SURROUNDINGS;
import static io.tokenfederation.doctor.CatalogueRow.Means.LOCALLY;
import static io.tokenfederation.doctor.CatalogueRow.Means.WITH_THE_POLICY;
import static io.tokenfederation.doctor.RowDraft.row;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.MismatchCause;
import io.tokenfederation.doctor.CatalogueRow.Place;
import java.util.List;

/** W1 to W10: CI jobs, pods and files. */
final class RuntimeRows {
    static final List<CatalogueRow> ROWS = List.of(
            row("W1", Place.IDENTITY_PROVIDER, "`ACTIONS_ID_TOKEN_REQUEST_URL` is not set in a GitHub job.")
                    .because(
                            "The job lacks the permission, or runs for a pull request from a fork, which never has it.")
                    .found("The variables, before anything is sent.", FROM_THE_SURROUNDINGS)
                    .code("GITHUB_ID_TOKEN_UNAVAILABLE")
                    .fix("Add `permissions: id-token: write` to the job or the workflow.")
                    .example("a job's own `permissions` replace the workflow's")
                    .end(),
            row("W2", Place.EXCHANGE, "GitHub's `sub` is not the policy's.")
                    .because(
                            "A job with an environment has that in `sub` in place of the branch; newer repositories have their ids"
                                    + " in it; or the organisation has a template of its own.")
                    .found("The parts of the two subjects are compared.", FROM_THE_REPLY, WITH_THE_POLICY)
                    .code(ErrorCode.SUBJECT_MISMATCH)
                    .mismatch(MismatchCause.GITHUB_ENVIRONMENT, MismatchCause.GITHUB_IDS)
                    .fix("Set the policy's subject to the JWT's `sub`.")
                    .example("token `repo:o/r:environment:prod`, policy `repo:o/r:ref:refs/heads/main`")
                    .seeAlso("S4"),
            row("W3", Place.IDENTITY_PROVIDER, "`SYSTEM_ACCESSTOKEN` is not set in an Azure Pipelines step.")
                    .because("Scripts do not get the job's token by themselves.")
                    .found("The variables, before anything is sent.", FROM_THE_SURROUNDINGS)
                    .code("AZURE_DEVOPS_TOKEN_NOT_MAPPED")
                    .fix("Map it into the step.")
                    .example("`env: SYSTEM_ACCESSTOKEN: $(System.AccessToken)`")
                    .end(),
            row("W4", Place.EXCHANGE, "Azure DevOps' `sub` begins with `p://`, the policy's subject with `sc://`.")
                    .because("The token is the pipeline's; a service connection's comes only where one is named.")
                    .found(
                            "Where a service connection is named, `sub` must begin with `sc://`; else the two subjects are compared.",
                            LOCALLY,
                            FROM_THE_REPLY,
                            WITH_THE_POLICY)
                    .code("AZURE_DEVOPS_SUBJECT_UNEXPECTED")
                    .code(ErrorCode.SUBJECT_MISMATCH)
                    .mismatch(MismatchCause.AZURE_DEVOPS_CONNECTION)
                    .fix(
                            "Set the policy's subject to `p://organization/project/pipeline`, or name the service connection.")
                    .example("token `p://contoso/sales/nightly`, policy `sc://contoso/sales/databricks`")
                    .seeAlso("S4"),
            row("W5", Place.IDENTITY_PROVIDER, "A pod's JWT has the cluster's API server as `aud`.")
                    .because("It is the default token of the pod, not one that was projected for Databricks.")
                    .found("`aud`, before anything is sent.", LOCALLY)
                    .code("KUBERNETES_API_AUDIENCE")
                    .fix("Project a token with the policy's audience into the pod; never send the default one away.")
                    .example("`volumes > projected > serviceAccountToken > audience`")
                    .end(),
            row("W6", Place.LATER, "A pod works for an hour, and then its JWT has expired.")
                    .because(
                            "The volume is mounted with `subPath`, which is never updated, or a helper no longer writes the file.")
                    .found("The JWT is over and the file has not been replaced.", FROM_THE_SURROUNDINGS)
                    .code("WORKLOAD_FILE_NOT_REPLACED")
                    .code("WORKLOAD_FILE_EXPIRED")
                    .fix("Mount the whole volume, without `subPath`; the file is read anew each time.")
                    .example("`mountPath: /var/run/secrets/databricks`, no `subPath`")
                    .seeAlso("G4"),
            row("W7", Place.IDENTITY_PROVIDER, "The token file is empty, or has several lines.")
                    .because("Something else than the JWT is in it, or it is read while it is being written.")
                    .found("The file must hold exactly one line.", FROM_THE_SURROUNDINGS)
                    .code("WORKLOAD_FILE_NOT_ONE_LINE")
                    .code("WORKLOAD_FILE_NO_JWT")
                    .fix("Have the file hold the JWT on one line, and replace it by renaming.")
                    .example("`printf %s \"$TOKEN\" > file.new && mv file.new file`")
                    .end(),
            row("W8", Place.LATER, "A long CI job fails at its end.")
                    .because("The JWT in the environment variable is over; nothing renews a variable.")
                    .found("The JWT comes from a variable, and is over.", FROM_THE_SURROUNDINGS)
                    .code("WORKLOAD_VARIABLE_EXPIRED")
                    .fix("Request the token in the step that uses it, and split what takes longer.")
                    .example("GitLab's `id_tokens` are issued when the job starts")
                    .seeAlso("G4"),
            row("W9", Place.EXCHANGE, "HCP Terraform's plan works, and its apply is refused.")
                    .because("`run_phase` is part of `sub`.")
                    .found("The two subjects differ in `run_phase` only.", FROM_THE_REPLY, WITH_THE_POLICY)
                    .code(ErrorCode.SUBJECT_MISMATCH)
                    .mismatch(MismatchCause.TERRAFORM_PHASE)
                    .fix("Add a second policy for `run_phase:apply`.")
                    .example("`organization:o:project:p:workspace:w:run_phase:apply`")
                    .seeAlso("S4"),
            row("W10", Place.EXCHANGE, "CircleCI works for one person, and not for the next.")
                    .because("`sub` names the person who started the job.")
                    .found("The two subjects differ in `user` only.", FROM_THE_REPLY, WITH_THE_POLICY)
                    .code(ErrorCode.SUBJECT_MISMATCH)
                    .mismatch(MismatchCause.CIRCLECI_USER)
                    .fix(
                            "Set the policy's `subject_claim` to `oidc.circleci.com/project-id`, and its subject to the project's id.")
                    .example("`org/<id>/project/<id>/user/<id>`")
                    .seeAlso("S4"));

    private RuntimeRows() {}
}
