// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one message in one pass over its bytes, whatever order its fields have. For one thread.
 *
 * @param <T> what a result is read as
 */
final class MessageReader<T> {
    private static final Slice NOTHING = Slice.of("{}");

    private final Slice text;
    private final ResultReader<T> reader;
    private String id = "";
    private @Nullable String method;
    private Slice params = NOTHING;
    private @Nullable Outcome<T> outcome;
    private @Nullable RpcError error;

    private MessageReader(Slice text, ResultReader<T> reader) {
        this.text = text;
        this.reader = reader;
    }

    static <T> Message<T> read(Slice bytes, ResultReader<T> reader) throws IOException {
        Slice text = bytes.withoutByteOrderMark();
        if (text.isBlank()) {
            throw BadReplyException.empty(McpErrorCode.MCP_REPLY_UNREADABLE, "the reply is empty");
        }
        try (JsonParser json = Json.parser(text)) {
            return new MessageReader<>(text, reader).message(json);
        } catch (JsonProcessingException e) {
            throw Json.notJson(e);
        } catch (NumberFormatException e) {
            throw Json.noNumber();
        }
    }

    private Message<T> message(JsonParser json) throws IOException {
        JsonToken first = json.nextToken();
        if (first == JsonToken.START_ARRAY) {
            throw new BadReplyException("the reply is a JSON array; MCP has no batches since 2025-06-18");
        }
        if (first != JsonToken.START_OBJECT) {
            throw new BadReplyException("the reply is JSON, but no JSON-RPC message");
        }
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            field(name, json);
        }
        if (json.nextToken() != null) {
            throw new BadReplyException("the reply goes on after its JSON has ended");
        }
        return built();
    }

    private void field(String name, JsonParser json) throws IOException {
        switch (name) {
            case "id" -> id = Json.skip(json, text).text();
            case "method" -> method = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : skipped(json);
            case "params" -> params = Json.skip(json, text);
            case "result" -> outcome = outcome(json);
            case "error" ->
                error = json.currentToken() == JsonToken.START_OBJECT ? RpcError.of(Json.skip(json, text)) : null;
            default -> json.skipChildren();
        }
    }

    private static @Nullable String skipped(JsonParser json) throws IOException {
        json.skipChildren();
        return null;
    }

    private Outcome<T> outcome(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new BadReplyException("the result is no JSON object");
        }
        long from = json.currentTokenLocation().getByteOffset();
        String type = "complete";
        @Nullable Slice questions = null;
        @Nullable Slice state = null;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "resultType" -> type = type(json);
                case "inputRequests" -> questions = unlessNull(json);
                case "requestState" -> state = unlessNull(json);
                default -> reader.field(name, json, text);
            }
        }
        return switch (type) {
            case "complete" ->
                new Outcome.Complete<>(
                        made(Json.slice(text, from, json.currentLocation().getByteOffset())));
            case "input_required" -> new Outcome.InputRequired<>(questions, state);
            default -> throw new BadReplyException("the result is of a kind this client does not know");
        };
    }

    private T made(Slice result) throws IOException {
        reader.whole(result);
        return reader.result();
    }

    /** What is null is as good as absent: libraries that write JSON differ in how they say it. */
    private @Nullable Slice unlessNull(JsonParser json) throws IOException {
        return json.currentToken() == JsonToken.VALUE_NULL ? null : Json.skip(json, text);
    }

    private static String type(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return "complete";
        }
        String type = json.getValueAsString("");
        json.skipChildren();
        return type;
    }

    private Message<T> built() throws BadReplyException {
        if (method != null) {
            return id.isEmpty()
                    ? new Message.Notification<>(method, params)
                    : new Message.Request<>(id, method, params);
        }
        if (error != null) {
            return new Message.Failure<>(id, error);
        }
        if (outcome != null) {
            return new Message.Result<>(id, outcome);
        }
        throw new BadReplyException("the reply is JSON, but no JSON-RPC message");
    }
}
