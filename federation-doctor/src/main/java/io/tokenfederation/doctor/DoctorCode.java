// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.Problem;

/** What only somebody finds out who looks at settings, policy and workspace together, and what an operator does about it. */
enum DoctorCode {
    POLICY_NOT_IN_EFFECT(
            true,
            "A federation policy fits the JWT, and Databricks does not take the JWT yet.",
            "Wait: a new or changed policy can take two minutes to work; if it stays, check that the policy belongs to this"
                    + " service principal."),
    SERVICE_PRINCIPAL_ID_WRONG(
            false,
            "What is configured as a service principal is no application id.",
            "Use the service principal's Application ID, a UUID, as the account console shows it."),
    DATABRICKS_HOST_WRONG(
            false,
            "The Databricks host is not one where tokens are exchanged.",
            "Give the workspace's URL up to the host name; workspaces answer at /oidc/v1/token, account consoles at"
                    + " /oidc/accounts/<id>/v1/token."),
    WORKSPACE_NOT_ASSIGNED(
            false,
            "The exchange succeeds, and the workspace does not let the service principal in.",
            "Assign the service principal to this workspace: account console > Workspaces > the workspace > Permissions; it"
                    + " must be a service principal of the account."),
    ISSUER_NOT_PUBLIC(
            false,
            "Databricks cannot reach the issuer, so it cannot fetch the keys.",
            "Put the issuer's public keys into the policy's jwks_json, or make its discovery document public."),
    CLOCK_DIFFERS(
            true,
            "This machine's clock and a server's differ by more than 30 seconds.",
            "Set the clocks by NTP: tokens seem to live longer or shorter than they do."),
    IDP_TOKEN_NOT_YET_VALID(
            true,
            "The JWT begins, or was issued, in the future by Databricks' clock.",
            "Set the identity provider's clock by NTP, or have it issue JWTs without an nbf that is ahead."),
    SETTINGS_AMBIGUOUS(
            false,
            "The variables fit several ways to log in to Databricks, and its SDKs refuse to choose.",
            "Set DATABRICKS_AUTH_TYPE to the one that is meant, or unset the variables of the others."),
    SETTING_OVERRIDDEN(
            false,
            "A setting of the configuration profile is not read, because a variable sets it too.",
            "Unset the variable, or change it: the environment comes before the profile."),
    AUDIENCE_VARIABLE_UNREAD(
            false,
            "The audience is in a variable that another of Databricks' tools does not read.",
            "Set DATABRICKS_TOKEN_AUDIENCE and TOKEN_AUDIENCE to the same value: this library reads both, the Databricks SDK"
                    + " for Java reads the second, those for Go and Python the first.");

    private final boolean retryable;
    private final String meaning;
    private final String fix;

    DoctorCode(boolean retryable, String meaning, String fix) {
        this.retryable = retryable;
        this.meaning = meaning;
        this.fix = fix;
    }

    boolean retryable() {
        return retryable;
    }

    String meaning() {
        return meaning;
    }

    String fix() {
        return fix;
    }

    Problem problem(String message) {
        return Problem.of(name(), message, fix).retryable(retryable);
    }
}
