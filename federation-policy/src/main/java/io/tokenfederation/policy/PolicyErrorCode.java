// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import io.tokenfederation.Problem;

/** What can go wrong with a federation policy, and what an operator does about it. */
enum PolicyErrorCode {
    POLICY_KEYS_UNREACHABLE(
            true,
            "Check that the issuer is up and reachable; Databricks must reach it from the internet, or the policy must"
                    + " hold the keys in jwks_json."),
    POLICY_DISCOVERY_FAILED(
            false,
            "Check the policy's issuer: its discovery document must be at <issuer>/.well-known/openid-configuration; or"
                    + " set jwks_uri or jwks_json."),
    POLICY_DISCOVERY_ISSUER(
            false, "Set the policy's issuer exactly as the discovery document names it, which is what iss says."),
    POLICY_KEYS_UNREADABLE(
            false,
            "Check jwks_uri and jwks_json: a JSON Web Key Set must be there; a login page or a proxy may answer"
                    + " instead."),
    POLICY_ALGORITHM(false, "Choose RS256 or ES256 as the signing algorithm of the API in the identity provider."),
    POLICY_KEY_UNKNOWN(
            false,
            "Put the issuer's present keys into the policy's jwks_json, or leave it out so that they are found by"
                    + " discovery; if they are, the token is another issuer's."),
    POLICY_SIGNATURE(
            false, "Take the token whole and from the issuer itself; a changed token, or another issuer's, looks so."),
    POLICY_INVALID(
            false,
            "Read what Databricks said: it names the part of the policy, or of the request, that it does not take."),
    POLICY_ISSUER_UNREACHABLE(
            false,
            "Databricks fetches the issuer's discovery document when a policy is written: make"
                    + " <issuer>/.well-known/openid-configuration reachable from the internet, or set jwks_json."),
    POLICY_LIMIT_REACHED(
            false,
            "Databricks takes 20 policies per service principal and 20 for the account: delete one that nobody uses, or"
                    + " let one policy list several audiences."),
    POLICY_EXISTS(
            false,
            "A policy has this id already: update it, or choose another id; ensure(...) with this id updates it."),
    POLICY_NOT_FOUND(false, "List the policies of this owner: none has this id."),
    POLICY_UPDATE_UNSUPPORTED(
            false,
            "Databricks cannot change a recipient's policy: create one under another name, and delete this one when nobody"
                    + " uses it any longer."),
    SERVICE_PRINCIPAL_NOT_FOUND(
            false,
            "Take the application id from the account console, User management, Service principals; it is neither the"
                    + " numeric id nor the identity provider's client id, and a workspace's own service principal has no"
                    + " policies."),
    POLICY_RECIPIENT_NOT_FOUND(
            false, "Check the recipient's name, and that this workspace is attached to the metastore that has it."),
    POLICY_RECIPIENT_KIND(
            false,
            "Choose another name: how a recipient proves who it is cannot be changed; or delete this one, if nobody uses it."),
    POLICY_SHARE_NOT_FOUND(
            false,
            "Create the share and add tables to it first, and check its name; whoever may not see a share is told so too."),
    POLICY_API_NOT_FOUND(
            false,
            "Check the account id, and that the address is the account console's (https://accounts...), or for recipients"
                    + " the workspace's."),
    POLICY_RATE_LIMITED(true, "Wait for the time given, then try again."),
    POLICY_UNAVAILABLE(true, "Databricks failed on its side: wait, and look at its status page."),
    POLICY_UNREACHABLE(
            true, "Check host, DNS, proxy and trust store from the machine that runs this; nothing was changed."),
    POLICY_TIMED_OUT(
            true, "Try again, or raise timeout(...); after a write, ensure(...) finds out whether it was done."),
    POLICY_ANSWER_LOST(
            true, "Whether the change was made is not known: ensure(...) finds out, and makes it only if it was not."),
    POLICY_INTERRUPTED(true, "Nothing: the application stopped waiting; after a write, ensure(...) finds out."),
    POLICY_REPLY_UNREADABLE(false, "Check the address: a login page, a proxy or another service answers there."),
    POLICY_REQUEST_REFUSED(false, "Read what Databricks said; check the address.");

    private final boolean retryable;
    private final String fix;

    PolicyErrorCode(boolean retryable, String fix) {
        this.retryable = retryable;
        this.fix = fix;
    }

    boolean is(PolicyException failure) {
        return failure.code().equals(name());
    }

    PolicyException exception(String message) {
        return new PolicyException(problem(message));
    }

    Problem problem(String message) {
        return Problem.of(name(), message, fix).retryable(retryable);
    }
}
