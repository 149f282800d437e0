// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import io.tokenfederation.FederatedCallException;
import io.tokenfederation.Problem;

/**
 * A call about a federation policy failed: its issuer's keys could not be had or did not sign the token.
 *
 * <p>{@link #code()} is one of {@code POLICY_KEYS_UNREACHABLE}, {@code POLICY_DISCOVERY_FAILED},
 * {@code POLICY_DISCOVERY_ISSUER}, {@code POLICY_KEYS_UNREADABLE}, {@code POLICY_ALGORITHM},
 * {@code POLICY_KEY_UNKNOWN}, {@code POLICY_SIGNATURE}.
 */
public final class PolicyException extends FederatedCallException {
    PolicyException(Problem problem) {
        super(problem);
    }
}
