// SPDX-License-Identifier: Apache-2.0
package benchmarks.mcp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The server's replies, whole, as they go over the wire. Looks for words in a request and does not parse it. */
final class Replies {
    private static final byte[] DISCOVERED =
            bytes("{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],"
                    + "\"capabilities\":{\"tools\":{}},\"serverInfo\":{\"name\":\"plain\",\"version\":\"1\"}}");
    private static final byte[] INITIALIZED =
            bytes("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
                    + "\"serverInfo\":{\"name\":\"plain\",\"version\":\"1\"}}");
    private static final String SESSION = "Mcp-Session-Id: 5b0c4e7f-plain-session\r\n";
    private static final byte[] ACCEPTED = bytes("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
    private static final byte[] ENDED = bytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    private static final byte[] NO_STREAM = bytes("HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n");
    private static final byte[] UNKNOWN = bytes("{\"code\":-32601,\"message\":\"Method not found\"}");

    private static final Map<Answer, byte[]> RESULTS = Stream.of(Answer.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), answer -> bytes(answer.result())));

    private Replies() {}

    static byte[] to(String request, boolean modern) {
        for (Answer answer : Answer.values()) {
            if (request.contains("\"name\":\"" + answer.tool() + '"')) {
                byte[] message = message(request, "result", RESULTS.getOrDefault(answer, UNKNOWN));
                return answer == Answer.SSE ? event(message) : document(message, "");
            }
        }
        if (request.contains("\"notifications/")) {
            return ACCEPTED;
        }
        if (modern && request.contains("\"server/discover\"")) {
            return document(message(request, "result", DISCOVERED), "");
        }
        if (!modern && request.contains("\"initialize\"")) {
            return document(message(request, "result", INITIALIZED), SESSION);
        }
        return document(message(request, "error", UNKNOWN), "");
    }

    static byte[] toOther(String head) {
        return head.startsWith("DELETE ") ? ENDED : NO_STREAM;
    }

    static byte[] document(byte[] json, String headers) {
        String head = "HTTP/1.1 200 OK\r\n" + headers + "Content-Type: application/json\r\nContent-Length: "
                + json.length + "\r\n\r\n";
        return joined(bytes(head), json);
    }

    /** As servers stream: in chunks, the last of them empty. */
    private static byte[] event(byte[] json) {
        byte[] start = bytes("event: message\ndata: ");
        byte[] end = bytes("\n\n");
        int length = start.length + json.length + end.length;
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(length).toUpperCase(Locale.ROOT) + "\r\n";
        return joined(bytes(head), start, json, end, bytes("\r\n0\r\n\r\n"));
    }

    private static byte[] message(String request, String field, byte[] value) {
        String start = "{\"jsonrpc\":\"2.0\",\"id\":" + id(request) + ",\"" + field + "\":";
        return joined(bytes(start), value, bytes("}"));
    }

    private static String id(String request) {
        int from = request.indexOf("\"id\":") + "\"id\":".length();
        int to = from;
        while (request.charAt(to) != ',' && request.charAt(to) != '}') {
            to++;
        }
        return request.substring(from, to);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(512);
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
