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
            false, "Take the token whole and from the issuer itself; a changed token, or another issuer's, looks so.");

    private final boolean retryable;
    private final String fix;

    PolicyErrorCode(boolean retryable, String fix) {
        this.retryable = retryable;
        this.fix = fix;
    }

    PolicyException exception(String message) {
        return new PolicyException(problem(message));
    }

    Problem problem(String message) {
        return Problem.of(name(), message, fix).retryable(retryable);
    }
}
