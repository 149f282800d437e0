// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

/**
 * What a language model answered to a {@link SamplingRequest}.
 *
 * @param model which one, by its name
 * @param text what it answered
 * @param stopReason why it ended, such as {@code endTurn} or {@code maxTokens}
 */
public record SamplingAnswer(String model, String text, String stopReason) {
    /**
     * Checks that nothing is missing.
     *
     * @param model which one
     * @param text what it answered
     * @param stopReason why it ended
     */
    public SamplingAnswer {
        requireNonNull(model, "model");
        requireNonNull(text, "text");
        requireNonNull(stopReason, "stopReason");
    }

    /** {@return which model; not what it said} */
    @Override
    public String toString() {
        return "SamplingAnswer[" + model + ", " + text.length() + " characters]";
    }
}
