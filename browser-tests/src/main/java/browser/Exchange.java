// SPDX-License-Identifier: Apache-2.0
package browser;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One request and what has come back so far. Bytes are written down before they are passed on, so whoever has seen a part
 * of an answer finds it here. Thread-safe.
 */
public final class Exchange {
    /**
     * A place of an exchange that holds text.
     *
     * @param direction sent or received
     * @param name the address, a header's name, or the body
     * @param text what it holds
     */
    record Part(Sighting.Direction direction, String name, String text) {
        @Override
        public String toString() {
            return direction + " " + name;
        }
    }

    private final String method;
    private final URI uri;
    private final List<Part> sent;
    private final String body;
    private final List<Part> receivedHeaders = new ArrayList<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private int status;

    Exchange(String method, URI uri, Map<String, List<String>> headers, byte[] body) {
        this.method = method;
        this.uri = uri;
        this.body = text(body);
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(Sighting.Direction.SENT, "address", uri.toString()));
        parts.addAll(parts(Sighting.Direction.SENT, headers));
        parts.add(new Part(Sighting.Direction.SENT, "body", this.body));
        this.sent = List.copyOf(parts);
    }

    synchronized void answered(int answer, Map<String, List<String>> headers) {
        status = answer;
        receivedHeaders.addAll(parts(Sighting.Direction.RECEIVED, headers));
    }

    synchronized void received(byte[] bytes, int length) {
        received.write(bytes, 0, length);
    }

    public String method() {
        return method;
    }

    public URI uri() {
        return uri;
    }

    /** {@return scheme, host and port} */
    public String origin() {
        return NetworkLog.origin(uri);
    }

    /** {@return what was sent as its body} */
    public String requestBody() {
        return body;
    }

    /** {@return the values of a request header, whatever the case of its name} */
    public List<String> requestHeader(String name) {
        return sent.stream()
                .filter(part -> part.name().equalsIgnoreCase(name + " header"))
                .map(Part::text)
                .toList();
    }

    /** {@return the status, or 0 where no answer came} */
    public synchronized int status() {
        return status;
    }

    /** {@return the values of a header of the answer, whatever the case of its name} */
    public synchronized List<String> responseHeader(String name) {
        return receivedHeaders.stream()
                .filter(part -> part.name().equalsIgnoreCase(name + " header"))
                .map(Part::text)
                .toList();
    }

    /** {@return the body of the answer as it is by now} */
    public synchronized String responseBody() {
        return text(received.toByteArray());
    }

    synchronized List<Part> parts() {
        List<Part> all = new ArrayList<>(sent);
        all.addAll(receivedHeaders);
        all.add(new Part(Sighting.Direction.RECEIVED, "body", responseBody()));
        return all;
    }

    private static List<Part> parts(Sighting.Direction direction, Map<String, List<String>> headers) {
        return headers.entrySet().stream()
                .flatMap(header -> header.getValue().stream()
                        .map(value -> new Part(direction, header.getKey().toLowerCase(Locale.ROOT) + " header", value)))
                .collect(Collectors.toList());
    }

    /** Every byte stays what it is: nothing hides in what is no UTF-8. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** {@return without query, header or body: they may hold a token} */
    @Override
    public String toString() {
        return method + " " + NetworkLog.withoutQuery(uri);
    }
}
