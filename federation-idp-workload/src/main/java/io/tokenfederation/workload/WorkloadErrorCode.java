// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.workload;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;

/** What goes wrong in runtimes and nowhere else, and what an operator does about it. */
enum WorkloadErrorCode {
    GITHUB_ID_TOKEN_UNAVAILABLE(
            false,
            "Add 'permissions: id-token: write' to the job or the workflow; runs for pull requests from forks get no ID"
                    + " token, whatever the permissions say."),
    GITHUB_REQUEST_URL_INVALID(
            false, "Leave ACTIONS_ID_TOKEN_REQUEST_URL as the runner sets it: an https URL of GitHub's own."),
    GITHUB_REQUEST_TOKEN_INVALID(
            false,
            "Hand ACTIONS_ID_TOKEN_REQUEST_TOKEN on exactly as the runner sets it: no quotes, spaces or line breaks around"
                    + " it."),
    GITHUB_REFUSED(
            false,
            "The request token is good while its own job runs: ask in the step that needs the token, and hand"
                    + " ACTIONS_ID_TOKEN_REQUEST_TOKEN to no other job."),
    AZURE_DEVOPS_TOKEN_NOT_MAPPED(
            false,
            "Map the job's token into the step: 'env: SYSTEM_ACCESSTOKEN: $(System.AccessToken)'; scripts do not get it"
                    + " by themselves."),
    AZURE_DEVOPS_VARIABLES_MISSING(
            false,
            "Run in a pipeline job of Azure DevOps, and hand its SYSTEM_ variables to the process or container that asks."),
    AZURE_DEVOPS_URL_INVALID(
            false, "Leave the SYSTEM_ variables as the agent sets them: the addresses must be https URLs."),
    AZURE_DEVOPS_TOKEN_INVALID(
            false,
            "Map it under env of the step itself: 'SYSTEM_ACCESSTOKEN: $(System.AccessToken)', without quotes of its own;"
                    + " where the value is still '$(…)', the agent has not replaced it."),
    AZURE_DEVOPS_TOKEN_REJECTED(
            false,
            "Azure DevOps does not know the access token: map $(System.AccessToken) of this very job, and no personal"
                    + " access token of another organization."),
    AZURE_DEVOPS_REFUSED(
            false,
            "Read what Azure DevOps said; where a service connection is named, check its id and that this pipeline may"
                    + " use it."),
    AZURE_DEVOPS_SUBJECT_UNEXPECTED(
            false,
            "Leave out serviceConnectionId and set the policy's subject to the token's p://organization/project/pipeline,"
                    + " or name a connection that uses workload identity federation."),
    WORKLOAD_FILE_MISSING(
            true, "Check the path, the volume mount, and that the helper that writes the token has started."),
    WORKLOAD_FILE_FORBIDDEN(
            false,
            "Let this process read the file: in Kubernetes set securityContext.fsGroup, or run as the user the file belongs"
                    + " to."),
    WORKLOAD_FILE_UNREADABLE(false, "Point the source at the file that holds the JWT, and nothing else."),
    // What is in a file passes as soon as somebody writes it again, and a look at it costs nothing.
    WORKLOAD_FILE_NO_JWT(
            true,
            "Have the file hold the runtime's JWT, whole and alone, and have it replaced by renaming: where it is written in"
                    + " place, half of it may be read."),
    WORKLOAD_FILE_NOT_ONE_LINE(
            true, "Have the file hold the JWT on exactly one line, as UTF-8, with no other line that is not empty."),
    WORKLOAD_FILE_EXPIRED(
            true,
            "Wait for the file to be replaced; if that does not happen, look at what writes it, and at both clocks."),
    WORKLOAD_FILE_NOT_REPLACED(
            true,
            "Have the file replaced before its token ends: in Kubernetes mount the whole volume without subPath, which is"
                    + " never updated; elsewhere see whether the helper that writes it still runs."),
    WORKLOAD_VARIABLE_MISSING(false, "Have the runtime set the variable, and hand it to the process that asks."),
    WORKLOAD_VARIABLE_EXPIRED(
            false,
            "A token in an environment variable cannot be renewed: request one in the step that uses it, and split work"
                    + " that takes longer into steps or jobs of their own."),
    WORKLOAD_AUDIENCE_UNEXPECTED(
            false,
            "Have the runtime issue the token for the audience of the federation policy, or correct audience(...)."),
    KUBERNETES_API_AUDIENCE(
            false,
            "Project a token of its own with the audience of the federation policy (volumes > projected >"
                    + " serviceAccountToken > audience); do not send away the default mount's, which opens the cluster's API."),
    KUBERNETES_LEGACY_TOKEN(
            false,
            "Project a token (volumes > projected > serviceAccountToken): one from a Secret never ends and names no"
                    + " audience."),
    SPIFFE_ISSUER_MISSING(
            false, "Set jwt_issuer in the SPIRE server's configuration to the address of its OIDC discovery provider."),
    GOOGLE_METADATA_UNREACHABLE(
            true,
            "Run on Google Cloud, and let pods and containers reach the metadata server; elsewhere use another source."),
    GOOGLE_METADATA_FOREIGN(
            false,
            "Something else answers at the metadata server's address: look at DNS, and at sidecars and firewalls."),
    GOOGLE_IDENTITY_MISSING(
            false,
            "Attach a service account to the machine, service or node pool (for GKE: Workload Identity), or correct its"
                    + " name."),
    GOOGLE_REFUSED(false, "Read what the metadata server said; check the audience and the service account's name."),
    GOOGLE_ACCESS_TOKEN(
            false,
            "Ask for an identity token: the path ends in /identity and names an audience; /token gives access tokens."),
    WORKLOAD_NOT_DETECTED(
            false,
            "Set DATABRICKS_AUTH_TYPE and the variables of that type, or build the source you want by its class."),
    WORKLOAD_AMBIGUOUS(
            false, "Set DATABRICKS_AUTH_TYPE to the one that is meant, or unset the variables of the others."),
    WORKLOAD_AUTH_TYPE_UNSUPPORTED(
            false, "Set DATABRICKS_AUTH_TYPE to env-oidc, file-oidc, github-oidc or azure-devops-oidc, or unset it."),
    WORKLOAD_SETTING_CONFLICT(false, "Unset one of the two variables, or give both the same value.");

    private final boolean retryable;
    private final String fix;

    WorkloadErrorCode(boolean retryable, String fix) {
        this.retryable = retryable;
        this.fix = fix;
    }

    Problem problem(String message) {
        return Problem.of(name(), message, fix).retryable(retryable);
    }

    IdpTokenException exception(String message) {
        return new IdpTokenException(problem(message));
    }

    String fix() {
        return fix;
    }
}
