// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A prompt that a server offers, as the server describes it. Immutable.
 *
 * @param name what {@link McpClient#getPrompt} gets it by
 * @param title its name for people; empty if it has none
 * @param description what it is for; empty if the server does not say
 * @param arguments what can be filled in
 * @param definition all the server said of it, as JSON text
 */
public record Prompt(String name, String title, String description, List<Argument> arguments, String definition) {
    /**
     * A blank in a prompt.
     *
     * @param name its name
     * @param description what to fill in; empty if the server does not say
     * @param required whether it must be filled in
     */
    public record Argument(String name, String description, boolean required) {
        /**
         * Checks that nothing is missing.
         *
         * @param name its name
         * @param description what to fill in
         * @param required whether it must be filled in
         */
        public Argument {
            requireNonNull(name, "name");
            requireNonNull(description, "description");
        }
    }

    /**
     * Checks that nothing is missing.
     *
     * @param name its name
     * @param title its name for people
     * @param description what it is for
     * @param arguments what can be filled in
     * @param definition all the server said of it
     */
    public Prompt {
        requireNonNull(name, "name");
        requireNonNull(title, "title");
        requireNonNull(description, "description");
        arguments = List.copyOf(arguments);
        requireNonNull(definition, "definition");
    }
}
