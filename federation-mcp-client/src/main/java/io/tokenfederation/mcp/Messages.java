// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The JSON-RPC messages of one reply in the order they come, whichever way the server frames them. */
@FunctionalInterface
interface Messages {
    /** The next message; null when there are no more. */
    @Nullable JsonNode next(Deadline deadline) throws IOException, InterruptedException;

    static Messages of(HttpResponse<ReplyBody> reply, int limit) throws BadReplyException {
        if (reply.statusCode() == 202 || reply.statusCode() == 204) {
            throw new BadReplyException("the server answered " + reply.statusCode() + " and nothing else, as if it had"
                    + " been sent a notification");
        }
        String type = mediaType(reply);
        if (type.equals("text/event-stream")) {
            return new SseMessages(reply.body(), limit);
        }
        if (type.equals("application/json") || type.isEmpty()) {
            return new JsonMessages(reply.body(), limit);
        }
        throw new BadReplyException(
                "the reply is neither JSON nor an event stream" + (type.contains("html") ? " but a web page" : ""));
    }

    private static String mediaType(HttpResponse<?> reply) {
        String value = reply.headers().firstValue("Content-Type").orElse("");
        int parameters = value.indexOf(';');
        return (parameters < 0 ? value : value.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}
