// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A server's wish that the application asks a language model for it. The text is the server's: what a model makes of it is
 * the application's risk. Deprecated by the protocol itself since 2026-07-28.
 *
 * @param messages the conversation so far
 * @param systemPrompt what to tell the model first; empty if nothing
 * @param maxTokens the most tokens to answer with; zero if the server does not say
 * @param json the whole request as the server wrote it: preferences, stop sequences, tools
 */
public record SamplingRequest(List<PromptMessage> messages, String systemPrompt, int maxTokens, String json) {
    /**
     * Checks that nothing is missing.
     *
     * @param messages the conversation so far
     * @param systemPrompt what to tell the model first
     * @param maxTokens the most tokens
     * @param json the whole request
     */
    public SamplingRequest {
        messages = List.copyOf(messages);
        requireNonNull(systemPrompt, "systemPrompt");
        requireNonNull(json, "json");
    }

    /** {@return how much is asked; not what} */
    @Override
    public String toString() {
        return "SamplingRequest[" + messages.size() + " messages]";
    }
}
