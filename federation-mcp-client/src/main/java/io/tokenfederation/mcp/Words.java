// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The body of a refusal: as text, and as the JSON-RPC answer it may be. */
final class Words {
    private static final int MOST = 64 * 1_024;

    /** The status says enough; its words are not worth more. */
    private static final Duration WITHIN = Duration.ofSeconds(2);

    /** Ours are numbers, which a server may send back as text. */
    private static final Pattern NUMBER = Pattern.compile("\\s*\\d+\\s*");

    private static final Pattern BROKEN_JSON = Pattern.compile("\\s*[\\[{]");

    private final String text;
    private final boolean whole;
    private final JsonNode json;
    private final @Nullable RpcError rpcError;

    private Words(String text, boolean read) {
        this.text = text;
        this.json = json(text);
        this.rpcError = rpcError(text, json);
        this.whole = read && !(json.isMissingNode() && BROKEN_JSON.matcher(text).lookingAt());
    }

    static Words of(ReplyBody body, Deadline deadline) throws InterruptedException {
        ByteBuilder bytes = new ByteBuilder(512, MOST);
        try {
            body.readInto(bytes, deadline.orIn(WITHIN));
            return new Words(bytes.take().text(), true);
        } catch (IOException e) {
            // Stalled, broken off or endless: the status is known all the same.
            return new Words("", false);
        }
    }

    String text() {
        return text;
    }

    /** Whether all of it was read and understood, so that it is known whose request it answers. */
    boolean whole() {
        return whole;
    }

    /** Whether the server had read the request before it refused: the answer carries its id. */
    boolean carryOurId() {
        if (json.isArray()) {
            for (JsonNode answer : json) {
                if (hasOurId(answer)) {
                    return true;
                }
            }
        }
        return hasOurId(json);
    }

    /** The JSON-RPC error they are, if they are one. */
    Optional<RpcError> rpcError() {
        return Optional.ofNullable(rpcError);
    }

    /**
     * What a person would read: the message of a JSON-RPC error, a plain text, or where other JSON mostly says what is
     * wrong.
     */
    Stream<String> sentences() {
        if (json.isMissingNode()) {
            return Stream.of(text);
        }
        JsonNode error = json.path("error");
        Stream<JsonNode> places = rpcError != null
                ? Stream.of(error.path("message"))
                : Stream.of(error, error.path("message"), json.path("detail"), json.path("message"));
        return places.filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    /** A server that has not read the id says null, nothing, or a word such as "server-error". */
    private static boolean hasOurId(JsonNode answer) {
        JsonNode id = answer.path("id");
        boolean none = id.isMissingNode() || id.isNull();
        boolean word = id.isTextual() && !NUMBER.matcher(id.textValue()).matches();
        return !none && !word;
    }

    private static @Nullable RpcError rpcError(String text, JsonNode json) {
        if (!json.path("jsonrpc").isTextual() || !json.path("error").isObject()) {
            return null;
        }
        try {
            Members answer = Members.of(Slice.of(text).withoutByteOrderMark());
            return RpcError.of(Slice.of(answer.text("error")));
        } catch (IOException e) {
            // It has been read once; were it not so, it would be no error of the protocol.
            return null;
        }
    }

    private static JsonNode json(String text) {
        try {
            return Json.read(text);
        } catch (IOException e) {
            return events(text);
        }
    }

    /** The messages of an event stream; missing if the text is none. */
    private static JsonNode events(String text) {
        ArrayNode messages = Json.object().arrayNode();
        try {
            byte[] stream = (text + "\n\n").getBytes(StandardCharsets.UTF_8);
            for (SseEvent event : new SseParser(stream.length).feed(ByteBuffer.wrap(stream))) {
                if (event.carriesMessage()) {
                    messages.add(Json.read(event.data()));
                }
            }
        } catch (IOException e) {
            // Neither the one nor the other: plain text, a page, or nothing.
        }
        return messages.isEmpty() ? MissingNode.getInstance() : messages;
    }

    /** {@return how much it is; not what, in which a server may repeat a token} */
    @Override
    public String toString() {
        return "Words[" + text.length() + " characters]";
    }
}
