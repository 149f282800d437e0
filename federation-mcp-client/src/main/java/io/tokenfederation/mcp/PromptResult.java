// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A prompt, filled in.
 *
 * @param description what it is for; empty if the server does not say
 * @param messages the conversation to begin with
 */
public record PromptResult(String description, List<PromptMessage> messages) {
    /**
     * Checks that nothing is missing.
     *
     * @param description what it is for
     * @param messages the conversation
     */
    public PromptResult {
        requireNonNull(description, "description");
        messages = List.copyOf(messages);
    }
}
