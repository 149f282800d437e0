// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import static java.util.Objects.requireNonNull;

/**
 * One claim in which a token and a federation policy differ; its text is for an operator.
 *
 * <pre>{@code
 * policy.compare(token, accountId).forEach(difference -> System.err.println(difference));
 * }</pre>
 *
 * @param claim the claim: {@code iss}, {@code aud}, or the policy's subject claim
 * @param expected what the policy accepts; several values are separated by {@code ", "}
 * @param actual what the token has, separated likewise; {@code (missing)} or {@code (not a string)} where it has none
 * @param hint what the two look like: a slash too many, another letter case, …; empty if they look like nothing known
 */
public record Difference(String claim, String expected, String actual, String hint) {
    /**
     * Checks that all parts are there.
     *
     * @param claim the claim
     * @param expected what the policy accepts
     * @param actual what the token has
     * @param hint what the two look like, or the empty string
     */
    public Difference {
        requireNonNull(claim, "claim");
        requireNonNull(expected, "expected");
        requireNonNull(actual, "actual");
        requireNonNull(hint, "hint");
    }

    /** {@return one sentence: the claim, both sides, and the hint} */
    @Override
    public String toString() {
        return "token " + claim + " is '" + actual + "', the policy accepts '" + expected + "'"
                + (hint.isEmpty() ? "" : ": " + hint);
    }
}
