// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

/**
 * One message of a conversation with a language model.
 *
 * @param role who says it: {@code user} or {@code assistant}
 * @param content what
 */
public record PromptMessage(String role, Content content) {
    /**
     * Checks that both are there.
     *
     * @param role who says it
     * @param content what
     */
    public PromptMessage {
        requireNonNull(role, "role");
        requireNonNull(content, "content");
    }
}
