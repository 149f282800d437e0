// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;

/**
 * A tool as a list has it, with what this client makes of it.
 *
 * @param tool what the application sees
 * @param harmless whether the server says that it may run twice
 * @param headers which of its arguments it wants to see in headers
 * @param taskOnly whether it can be called as a task alone, which this client cannot
 * @param promise what it says its structured content will be like
 */
record ListedTool(
        Tool tool, boolean harmless, HeaderParameters headers, boolean taskOnly, Optional<OutputSchema> promise) {
    static ListedTool read(Slice raw) throws IOException {
        JsonNode json = Json.read(raw);
        if (!json.path("name").isTextual()) {
            throw new BadReplyException("a tool has no name");
        }
        Members members = Members.of(raw);
        JsonNode hints = json.path("annotations");
        String title = json.path("title").asText(hints.path("title").asText());
        Tool tool = new Tool(
                json.path("name").textValue(),
                title,
                ContentReader.text(json, "description"),
                json.path("inputSchema").isObject() ? members.text("inputSchema") : "{}",
                json.path("outputSchema").isObject() ? members.text("outputSchema") : "",
                raw.text());
        boolean harmless = hints.path("readOnlyHint").asBoolean()
                || hints.path("idempotentHint").asBoolean();
        JsonNode promise = json.path("outputSchema");
        return new ListedTool(
                tool,
                harmless,
                HeaderParameters.of(json.path("inputSchema")),
                json.path("execution").path("taskSupport").asText().equals("required"),
                promise.isObject() ? Optional.of(new OutputSchema(promise)) : Optional.empty());
    }

    /** Of a server that has no tasks, whatever it says of its tools (2025-11-25, "Tasks: Tool-Level Negotiation"). */
    ListedTool withoutTasks() {
        return new ListedTool(tool, harmless, headers, false, promise);
    }

    /** {@return whether it may run twice; not what the server says of it} */
    @Override
    public String toString() {
        return "ListedTool[" + (harmless ? "harmless]" : "]");
    }
}
