// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import io.tokenfederation.FederatedCallException;
import io.tokenfederation.Problem;

/**
 * A call about a federation policy failed: its issuer's keys could not be had or did not sign the token, or Databricks
 * could not be asked about it or refused.
 *
 * <p>Of {@link FederationPolicy#verify}, {@link #code()} is one of {@code POLICY_KEYS_UNREACHABLE},
 * {@code POLICY_DISCOVERY_FAILED}, {@code POLICY_DISCOVERY_ISSUER}, {@code POLICY_KEYS_UNREADABLE},
 * {@code POLICY_ALGORITHM}, {@code POLICY_KEY_UNKNOWN}, {@code POLICY_SIGNATURE}.
 *
 * <p>Of {@link FederationPolicies} it is {@code PERMISSION_DENIED} or {@code TOKEN_REJECTED} (see
 * {@link io.tokenfederation.ErrorCode}), or one of these:
 *
 * <ul>
 *   <li>Databricks refused: {@code POLICY_INVALID}, {@code POLICY_ISSUER_UNREACHABLE}, {@code POLICY_LIMIT_REACHED},
 *       {@code POLICY_EXISTS}, {@code POLICY_NOT_FOUND}, {@code POLICY_UPDATE_UNSUPPORTED},
 *       {@code SERVICE_PRINCIPAL_NOT_FOUND}, {@code POLICY_RECIPIENT_NOT_FOUND}, {@code POLICY_RECIPIENT_KIND},
 *       {@code POLICY_SHARE_NOT_FOUND}, {@code POLICY_API_NOT_FOUND},
 *       {@code POLICY_RATE_LIMITED}, {@code POLICY_UNAVAILABLE}, {@code POLICY_REQUEST_REFUSED};
 *   <li>nobody answered: {@code POLICY_UNREACHABLE}, {@code POLICY_TIMED_OUT}, {@code POLICY_ANSWER_LOST},
 *       {@code POLICY_INTERRUPTED};
 *   <li>somebody else answered: {@code POLICY_REPLY_UNREADABLE}.
 * </ul>
 */
public final class PolicyException extends FederatedCallException {
    PolicyException(Problem problem) {
        super(problem);
    }
}
