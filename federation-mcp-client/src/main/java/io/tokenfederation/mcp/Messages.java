// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The JSON-RPC messages of one reply in the order they come, whichever way the server frames them. */
@FunctionalInterface
interface Messages {
    /** The next message; null when there are no more. */
    @Nullable Slice next(Deadline deadline) throws IOException, InterruptedException;

    /** Where a server can go on if the stream breaks off now; null if nowhere. */
    default @Nullable String lastEventId() {
        return null;
    }

    /** Whether they come in a stream of events, which alone is resumed. */
    default boolean areEvents() {
        return false;
    }

    /** How long the server wants to be left alone before that; null if it has not said. */
    default @Nullable Duration retry() {
        return null;
    }

    /** Whether the server may send more after what was read. */
    default boolean mayGoOn() {
        return false;
    }

    static Messages of(Received reply, int limit) throws BadReplyException {
        if (reply.statusCode() == 202 || reply.statusCode() == 204) {
            throw BadReplyException.empty(
                    McpErrorCode.MCP_REPLY_UNREADABLE,
                    "the server answered " + reply.statusCode() + " and nothing else, as if it had been sent a"
                            + " notification");
        }
        String type = mediaType(reply);
        if (type.equals("text/event-stream")) {
            return new SseMessages(reply.body(), limit);
        }
        if (type.equals("application/json") || type.isEmpty()) {
            return new JsonMessages(reply.body());
        }
        if (reply.headers().firstValueAsLong("Content-Length").orElse(-1) == 0) {
            throw BadReplyException.empty(McpErrorCode.MCP_REPLY_UNREADABLE, "the reply is empty");
        }
        throw new BadReplyException(
                "the reply is neither JSON nor an event stream" + (type.contains("html") ? " but a web page" : ""));
    }

    private static String mediaType(Received reply) {
        String value = reply.header("Content-Type");
        int parameters = value.indexOf(';');
        return (parameters < 0 ? value : value.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}
