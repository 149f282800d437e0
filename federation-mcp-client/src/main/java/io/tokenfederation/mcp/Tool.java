// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

/**
 * A tool that a server offers, as the server describes it. A description is the server's word, not a fact: trust it as
 * far as the server. Immutable.
 *
 * @param name what {@link McpClient#callTool} calls it by
 * @param title its name for people; empty if it has none
 * @param description what it does, for a model or a person; empty if the server does not say
 * @param inputSchema the JSON Schema of its arguments, as JSON text with every digit kept
 * @param outputSchema the JSON Schema of its structured content, as JSON text; empty if it promises none
 * @param definition all the server said of it, as JSON text: annotations, icons and what later versions add
 */
public record Tool(
        String name, String title, String description, String inputSchema, String outputSchema, String definition) {
    /**
     * Checks that nothing is missing.
     *
     * @param name its name
     * @param title its name for people
     * @param description what it does
     * @param inputSchema the schema of its arguments
     * @param outputSchema the schema of its structured content
     * @param definition all the server said of it
     */
    public Tool {
        requireNonNull(name, "name");
        requireNonNull(title, "title");
        requireNonNull(description, "description");
        requireNonNull(inputSchema, "inputSchema");
        requireNonNull(outputSchema, "outputSchema");
        requireNonNull(definition, "definition");
    }
}
