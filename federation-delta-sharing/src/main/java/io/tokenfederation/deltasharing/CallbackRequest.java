// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The head of a request that came to the redirect address: from the person's browser, or from anybody on this machine and
 * any page that is open in the browser. Bounded in size and time.
 */
final class CallbackRequest {
    /** A code may be a token of some kilobytes; nobody's is larger. */
    static final int MOST = 16 * 1_024;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String END = "\r\n\r\n";
    private static final Pattern FIRST_LINE = Pattern.compile("([A-Z]{1,20}) (/[^ #?]*)(?:\\?([^ #]*))? HTTP/1\\.[01]");
    private static final Pattern HOST = Pattern.compile("(?i)host:[ \\t]*(.*?)[ \\t]*");

    private final String method;
    private final String path;
    private final String query;
    private final List<String> hosts;

    private CallbackRequest(Matcher firstLine, List<String> hosts) {
        this.method = firstLine.group(1);
        this.path = firstLine.group(2);
        this.query = firstLine.group(3) == null ? "" : firstLine.group(3);
        this.hosts = hosts;
    }

    /** {@return the request; empty if what came is none, or is too large} */
    static Optional<CallbackRequest> read(Socket from) throws IOException {
        String head = head(from);
        int end = head.indexOf(END);
        return end < 0 ? Optional.empty() : parse(head.substring(0, end));
    }

    private static Optional<CallbackRequest> parse(String head) {
        String[] lines = head.split("\r\n", -1);
        Matcher firstLine = FIRST_LINE.matcher(lines[0]);
        if (!firstLine.matches()) {
            return Optional.empty();
        }
        List<String> hosts = Stream.of(lines)
                .skip(1)
                .map(HOST::matcher)
                .filter(Matcher::matches)
                .map(host -> host.group(1))
                .toList();
        return Optional.of(new CallbackRequest(firstLine, hosts));
    }

    private static String head(Socket from) throws IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        InputStream in = from.getInputStream();
        byte[] bytes = new byte[MOST];
        StringBuilder head = new StringBuilder();
        while (head.length() < MOST && head.indexOf(END) < 0) {
            long left = Duration.ofNanos(until - System.nanoTime()).toMillis();
            from.setSoTimeout((int) Math.max(1, left));
            int read = in.read(bytes, 0, Math.min(bytes.length, MOST - head.length()));
            if (read < 0 || left <= 0) {
                break;
            }
            head.append(new String(bytes, 0, read, StandardCharsets.ISO_8859_1));
        }
        return head.toString();
    }

    boolean isGet() {
        return method.equals("GET");
    }

    String path() {
        return path;
    }

    /** {@return whether the browser thinks it is at this address, and no name that somebody had point here} */
    boolean isFor(String authority) {
        return hosts.size() == 1 && hosts.get(0).equalsIgnoreCase(authority);
    }

    /** {@return the parameters; empty if one is there twice (RFC 6749 §3.1) or cannot be read} */
    Optional<Map<String, String>> parameters() {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            String[] halves = pair.split("=", 2);
            try {
                String name = URLDecoder.decode(halves[0], StandardCharsets.UTF_8);
                String value = halves.length == 1 ? "" : URLDecoder.decode(halves[1], StandardCharsets.UTF_8);
                if (parameters.put(name, value) != null) {
                    return Optional.empty();
                }
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    /** The path only: the query holds the code. */
    @Override
    public String toString() {
        return "CallbackRequest[" + method + " " + path + "]";
    }
}
