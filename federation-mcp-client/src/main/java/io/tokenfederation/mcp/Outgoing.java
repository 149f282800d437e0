// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A message on its way to the server, or the wish to hear from it.
 *
 * @param description what it asks, for messages, such as {@code tools/call 'query'}
 * @param headers what goes with it, besides who asks
 * @param json the message; empty for none, which asks for a stream
 * @param kind what becomes of it
 */
record Outgoing(Supplier<String> description, Map<String, String> headers, Slice json, Kind kind) {
    /** What becomes of a message. */
    enum Kind {
        /** Carried out and answered, and may be carried out twice. */
        HARMLESS,
        /** Carried out and answered, and must not be carried out twice. */
        ONCE,
        /** Taken, and answered by a status alone. */
        ONE_WAY
    }

    private static final Slice NONE = new Slice(new byte[0], 0, 0);

    static Outgoing post(Supplier<String> what, Map<String, String> headers, Slice json) {
        return new Outgoing(what, headers, json, Kind.HARMLESS);
    }

    /** What the server need not answer: a notification, or an answer of ours. */
    static Outgoing tell(Supplier<String> what, Map<String, String> headers, Slice json) {
        return new Outgoing(what, headers, json, Kind.ONE_WAY);
    }

    /** The same, as a call that must not run twice. */
    Outgoing once(boolean isSo) {
        return isSo ? new Outgoing(description, headers, json, Kind.ONCE) : this;
    }

    /** Asks for the events after the given one. */
    static Outgoing resume(Supplier<String> what, Map<String, String> headers, String lastEventId) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Last-Event-ID", lastEventId);
        return new Outgoing(what, all, NONE, Kind.HARMLESS);
    }

    /** Asks for what the server has to say of its own accord. */
    static Outgoing listen(Supplier<String> what, Map<String, String> headers) {
        return new Outgoing(what, headers, NONE, Kind.HARMLESS);
    }

    String what() {
        return description.get();
    }

    /** The wish to hear, completed. */
    HttpRequest asGet(HttpRequest.Builder request) {
        headers.forEach(request::header);
        return request.header("Accept", "text/event-stream").GET().build();
    }

    boolean isGet() {
        return json.length() == 0;
    }

    boolean mayGoTwice() {
        return kind != Kind.ONCE;
    }

    boolean isOneWay() {
        return kind == Kind.ONE_WAY;
    }

    /** {@return what it asks; not the arguments, which may be about people} */
    @Override
    public String toString() {
        return "Outgoing[" + what() + "]";
    }
}
