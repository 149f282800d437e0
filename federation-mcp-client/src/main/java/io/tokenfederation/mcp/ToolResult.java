// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a tool answered. A tool that failed has answered too: look at {@link #isError()}, and at {@link #text()} for why.
 *
 * <p>Immutable. Keeps the whole answer as it came, and reads the data in it each time it is asked for, so ask once.
 */
public final class ToolResult {
    private static final Slice NOTHING = Slice.of("{}");

    private final List<Content> content;
    private final @Nullable Slice structured;
    private final Slice whole;
    private final boolean error;

    private ToolResult(List<Content> content, @Nullable Slice structured, Slice whole, boolean error) {
        this.content = List.copyOf(content);
        this.whole = whole;
        this.structured = structured;
        this.error = error;
    }

    /** {@return the pieces of the answer, in the server's order} */
    public List<Content> content() {
        return content;
    }

    /**
     * Returns the answer as data: unmodifiable {@link java.util.Map}s in the server's order, {@link List}s, {@link String}s,
     * {@link Boolean}s and numbers, with {@code null} inside where the server says null. Whole numbers are {@link Long}, or
     * {@link java.math.BigInteger} where they do not fit; all others are {@link java.math.BigDecimal} with every digit and
     * trailing zero the server wrote. It is not checked against the tool's output schema.
     *
     * @return the data; empty if the tool gave none
     */
    public Optional<Object> structuredContent() {
        try {
            return structured == null ? Optional.empty() : Optional.ofNullable(PlainValue.of(structured));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Returns the answer as an object of the application's own, such as a record, read by Jackson straight from the bytes;
     * fields the type does not know are left out. It is not checked against the tool's output schema.
     *
     * @param <R> the type
     * @param type the type
     * @return the data; empty if the tool gave none
     * @throws McpException if the data does not fit the type ({@code MCP_RESULT_MISMATCH})
     */
    public <R> Optional<R> structuredContent(Class<R> type) {
        requireNonNull(type, "type");
        try {
            return structured == null ? Optional.empty() : Optional.ofNullable(Binding.read(structured, type));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** {@return the data as JSON text, just as the server wrote it; empty if the tool gave none} */
    public Optional<String> structuredJson() {
        return Optional.ofNullable(structured).map(Slice::text);
    }

    /**
     * Returns the whole result as JSON text, just as the server wrote it: with what the other methods do not show, such as
     * {@code _meta}, and the {@code annotations} of the content (audience, priority, time of the last change).
     *
     * @return the text of a JSON object
     */
    public String json() {
        return whole.text();
    }

    /** {@return whether the tool itself says that it failed} */
    public boolean isError() {
        return error;
    }

    /** {@return the texts of all {@link TextContent}, joined by line feeds; empty if there is none} */
    public String text() {
        if (content.size() == 1) {
            return content.get(0) instanceof TextContent only ? only.text() : "";
        }
        return content.stream()
                .filter(TextContent.class::isInstance)
                .map(piece -> ((TextContent) piece).text())
                .collect(Collectors.joining("\n"));
    }

    /** {@return how much there is of what; not the data, which may be about people} */
    @Override
    public String toString() {
        return "ToolResult[" + content.size() + " pieces of content"
                + (structured == null ? "" : ", structured content") + (error ? ", error" : "") + "]";
    }

    /** Of a tool that failed, in a call that has no use for anything but why. */
    static ToolResult failed(List<Content> content, Slice whole) {
        return new ToolResult(content, null, whole, true);
    }

    private static McpException unreadable(IOException e) {
        return new McpException(McpErrorCode.MCP_RESULT_MISMATCH.problem(
                e instanceof Binding.MismatchException
                        ? String.valueOf(e.getMessage())
                        : "the structured content cannot be read"));
    }

    /** Reads it. */
    static final class Reader implements ResultReader<ToolResult> {
        private List<Content> content = List.of();
        private @Nullable Slice structured;
        private Slice whole = NOTHING;
        private boolean error;

        @Override
        public void whole(Slice result) {
            whole = result;
        }

        @Override
        public void field(String name, JsonParser json, Slice message) throws IOException {
            switch (name) {
                case "content" -> content = ContentReader.list(json, message);
                case "structuredContent" ->
                    structured = json.currentToken() == JsonToken.VALUE_NULL ? null : Json.skip(json, message);
                case "isError" -> error = Json.truth(json);
                default -> json.skipChildren();
            }
        }

        @Override
        public ToolResult result() {
            return new ToolResult(content, structured, whole, error);
        }
    }
}
