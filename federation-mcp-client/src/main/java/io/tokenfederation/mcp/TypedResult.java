// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.tokenfederation.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer as an object of the application's own. That of a tool is bound while the bytes are read, so that neither a tree
 * nor a text is made of them.
 *
 * @param <R> the type
 * @param value the object; null if there is none
 * @param failure what the tool answered instead: that it failed; null if it did not
 * @param flaw why there is no object; empty if there is one
 * @param broken the promise that the tool has not kept, which is why there is no object; null if it is not for that
 */
record TypedResult<R>(
        @Nullable R value,
        @Nullable ToolResult failure,
        String flaw,
        @Nullable OutputSchema broken) {
    private static final String HAS_RUN =
            "The tool has run. In case it is another by now, its next answer is held against a new list of the tools, or where"
                    + " none could be had (a suppressed exception tells why) against nothing until you list them. If the"
                    + " next answer fails too, have the server mended.";

    R valueOrThrow(Asked asked) {
        if (failure != null) {
            String said = asked.safe(failure.text());
            throw new McpException(
                    McpErrorCode.MCP_TOOL_FAILED
                            .problem(asked + ": the tool failed")
                            .serverSaid(said),
                    failure);
        }
        if (value == null) {
            Problem mismatch = McpErrorCode.MCP_RESULT_MISMATCH.problem(asked + ": " + asked.safe(flaw));
            throw new McpException(broken == null ? mismatch : mismatch.fix(HAS_RUN));
        }
        return value;
    }

    /** {@return whether there is an object; not what} */
    @Override
    public String toString() {
        return "TypedResult[" + (value == null ? flaw : "") + "]";
    }

    /** Reads it; what else there is, is looked at only if the tool failed or gave no structured content. */
    static final class Reader<R> implements ResultReader<TypedResult<R>> {
        private static final Slice NOTHING = Slice.of("{}");
        private static final String NONE = "the tool gave no structured content";

        private final Class<R> type;
        private final Optional<OutputSchema> promise;
        private @Nullable R value;
        private @Nullable Slice content;
        private String flaw = NONE;
        private Slice whole = NOTHING;
        private boolean error;
        private @Nullable OutputSchema broken;

        Reader(Class<R> type, Optional<OutputSchema> promise) {
            this.type = type;
            this.promise = promise;
        }

        @Override
        public void whole(Slice result) {
            whole = result;
        }

        @Override
        public void field(String name, JsonParser json, Slice message) throws IOException {
            switch (name) {
                case "content" -> content = Json.skip(json, message);
                case "isError" -> error = Json.truth(json);
                case "structuredContent" -> structured(json, message);
                default -> json.skipChildren();
            }
        }

        private void structured(JsonParser json, Slice message) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_NULL) {
                return;
            }
            if (promise.isPresent()) {
                checked(Json.skip(json, message), promise.get());
            } else {
                bound(json);
            }
        }

        private void checked(Slice data, OutputSchema schema) throws IOException {
            Optional<String> wrong = schema.violation(data);
            try {
                if (wrong.isPresent()) {
                    flaw = "the data breaks the tool's own output schema: " + wrong.get();
                    broken = schema;
                } else {
                    value = Binding.read(data, type);
                }
            } catch (Binding.MismatchException e) {
                flaw = String.valueOf(e.getMessage());
            }
        }

        private void bound(JsonParser json) throws IOException {
            JsonStreamContext around = json.currentToken().isStructStart()
                    ? json.getParsingContext().getParent()
                    : json.getParsingContext();
            try {
                value = Binding.read(json, type);
            } catch (Binding.MismatchException e) {
                flaw = String.valueOf(e.getMessage());
                // Jackson has stopped somewhere inside; what comes behind may say that the tool failed.
                while (json.getParsingContext() != around && json.nextToken() != null) {
                    json.skipChildren();
                }
            }
        }

        @Override
        public TypedResult<R> result() throws BadReplyException {
            List<Content> pieces = value != null && !error ? List.of() : pieces();
            if (error) {
                return new TypedResult<>(null, ToolResult.failed(pieces, whole), "", null);
            }
            if (value == null && flaw.equals(NONE)) {
                fromText(pieces);
            }
            return new TypedResult<>(value, null, flaw, broken);
        }

        /** Servers that know no structured content put the same JSON into a text. */
        private void fromText(List<Content> pieces) {
            if (pieces.size() != 1 || !(pieces.get(0) instanceof TextContent text)) {
                return;
            }
            Slice data = Slice.of(text.text());
            try {
                if (promise.isPresent()) {
                    checked(data, promise.get());
                } else {
                    value = Binding.read(data, type);
                }
            } catch (Binding.MismatchException e) {
                flaw = String.valueOf(e.getMessage());
            } catch (IOException e) {
                flaw = NONE + ", and its text is no JSON";
            }
        }

        private List<Content> pieces() throws BadReplyException {
            if (content == null) {
                return List.of();
            }
            try (JsonParser json = Json.parser(content)) {
                json.nextToken();
                return ContentReader.list(json, content);
            } catch (BadReplyException e) {
                throw e;
            } catch (IOException e) {
                throw new BadReplyException("the content cannot be read");
            }
        }
    }
}
