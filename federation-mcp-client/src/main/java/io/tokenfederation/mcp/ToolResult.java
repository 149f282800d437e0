// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a tool answered. A tool that failed has answered too: look at {@link #isError()}, and at {@link #text()} for why.
 *
 * <p>Immutable.
 */
public final class ToolResult {
    private final List<Content> content;
    private final @Nullable Object structuredContent;
    private final boolean error;

    ToolResult(List<Content> content, @Nullable Object structuredContent, boolean error) {
        this.content = List.copyOf(content);
        this.structuredContent = structuredContent;
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
        return Optional.ofNullable(structuredContent);
    }

    /** {@return whether the tool itself says that it failed} */
    public boolean isError() {
        return error;
    }

    /** {@return the texts of all {@link TextContent}, joined by line feeds; empty if there is none} */
    public String text() {
        return content.stream()
                .filter(TextContent.class::isInstance)
                .map(piece -> ((TextContent) piece).text())
                .collect(Collectors.joining("\n"));
    }

    /** {@return how much there is of what; not the data, which may be about people} */
    @Override
    public String toString() {
        return "ToolResult[" + content.size() + " pieces of content"
                + (structuredContent == null ? "" : ", structured content") + (error ? ", error" : "") + "]";
    }
}
