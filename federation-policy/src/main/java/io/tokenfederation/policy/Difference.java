// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.MismatchCause;
import io.tokenfederation.internal.VisibleText;

/**
 * One thing in which a token and a federation policy differ; its texts are for an operator.
 *
 * <pre>{@code
 * policy.compare(token, accountId).forEach(difference -> System.err.println(difference));
 * }</pre>
 *
 * @param claim the claim or header: {@code iss}, {@code aud}, the policy's subject claim, {@code alg}, {@code kid},
 *     {@code exp}, {@code nbf} or {@code iat}
 * @param expected what the policy accepts; several values are separated by {@code ", "}
 * @param actual what the token has, separated likewise; {@code (missing)} or {@code (not a string)} where it has none
 * @param cause how they came to differ; {@link MismatchCause#OTHER} if in no known way
 * @param hint what the two look like: a slash too many, another letter case, …, and at which character; empty if they look
 *     like nothing known
 * @param fix one sentence that says what to set on which side
 */
public record Difference(String claim, String expected, String actual, MismatchCause cause, String hint, String fix) {
    /**
     * Checks that all parts are there.
     *
     * @param claim the claim
     * @param expected what the policy accepts
     * @param actual what the token has
     * @param cause how they came to differ
     * @param hint what the two look like, or the empty string
     * @param fix what to set on which side
     */
    public Difference {
        requireNonNull(claim, "claim");
        requireNonNull(expected, "expected");
        requireNonNull(actual, "actual");
        requireNonNull(cause, "cause");
        requireNonNull(hint, "hint");
        requireNonNull(fix, "fix");
    }

    /** {@return one line: the claim, both sides with what cannot be seen escaped, the hint, and the fix} */
    @Override
    public String toString() {
        return "token " + claim + " is '" + VisibleText.of(actual) + "', the policy accepts '"
                + VisibleText.of(expected) + "'" + (hint.isEmpty() ? "" : ": " + hint) + " — fix: " + fix;
    }
}
