// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A message on its way to the server, or the wish to hear from it.
 *
 * @param description what it asks, for messages, such as {@code tools/call 'query'}
 * @param headers what goes with it, besides who asks
 * @param json the message; empty for none, which asks for a stream
 */
record Outgoing(Supplier<String> description, Map<String, String> headers, Slice json) {
    private static final Slice NONE = new Slice(new byte[0], 0, 0);

    static Outgoing post(Supplier<String> what, Map<String, String> headers, Slice json) {
        return new Outgoing(what, headers, json);
    }

    /** Asks for the events after the given one. */
    static Outgoing resume(Supplier<String> what, Map<String, String> headers, String lastEventId) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Last-Event-ID", lastEventId);
        return new Outgoing(what, all, NONE);
    }

    /** Asks for what the server has to say of its own accord. */
    static Outgoing listen(Supplier<String> what, Map<String, String> headers) {
        return new Outgoing(what, headers, NONE);
    }

    String what() {
        return description.get();
    }

    /** The wish to hear, completed. */
    HttpRequest asGet(HttpRequest.Builder request, Duration within) {
        headers.forEach(request::header);
        return request.header("Accept", "text/event-stream")
                .timeout(within)
                .GET()
                .build();
    }

    boolean isGet() {
        return json.length() == 0;
    }

    /** {@return what it asks; not the arguments, which may be about people} */
    @Override
    public String toString() {
        return "Outgoing[" + what() + "]";
    }
}
