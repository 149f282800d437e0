// SPDX-License-Identifier: Apache-2.0
package example.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server over raw sockets that does what a test tells it, byte by byte; unscripted methods are answered properly. */
final class ScriptedMcpServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One request; header names in lower case. */
    record Call(String verb, Map<String, String> headers, JsonNode message, String body) {
        String method() {
            return !verb.equals("POST")
                    ? verb
                    : message.path("method").asText(message.has("result") ? "result" : "error");
        }

        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }

        String result(String result) {
            return "{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + ",\"result\":" + result + "}";
        }

        String text(String text) {
            return result("{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}");
        }

        /** What the request says under a path of names. */
        JsonNode param(String... path) {
            JsonNode value = message.path("params");
            for (String step : path) {
                value = value.path(step);
            }
            return value;
        }

        String error(int code, String text, String data) {
            String error = error(code, text);
            return error.substring(0, error.length() - 2) + ",\"data\":" + data + "}}";
        }

        String error(int code, String text) {
            return "{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + ",\"error\":{\"code\":" + code
                    + ",\"message\":\"" + text + "\"}}";
        }
    }

    @FunctionalInterface
    interface Script {
        void answer(Call call, Wire wire) throws IOException;
    }

    final List<Call> calls = new CopyOnWriteArrayList<>();
    final CountDownLatch clientHungUp = new CountDownLatch(1);
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ServerSocket socket;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    ScriptedMcpServer() throws IOException {
        socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        on(
                "initialize",
                (call, wire) ->
                        wire.json(200, call.result(initializeResult("2025-11-25")), "Mcp-Session-Id: session-1"));
        on("notifications/initialized", (call, wire) -> wire.empty(202));
        on("tools/call", (call, wire) -> wire.json(200, call.text("done")));
        on("tools/list", (call, wire) -> wire.json(200, call.result("{\"tools\":[]}")));
        on("ping", (call, wire) -> wire.json(200, call.result("{}")));
        on("resources/unsubscribe", (call, wire) -> wire.json(200, call.result("{}")));
        on("result", (call, wire) -> wire.empty(202));
        on("error", (call, wire) -> wire.empty(202));
        on("notifications/cancelled", (call, wire) -> wire.empty(202));
        on("DELETE", (call, wire) -> wire.empty(200));
        on("GET", (call, wire) -> wire.empty(405));
        daemon(this::accept);
    }

    /** Turns this into a server of the modern era. */
    ScriptedMcpServer modern() {
        on("server/discover", (call, wire) -> wire.json(200, call.result(discoverResult("2026-07-28"))));
        on("initialize", (call, wire) -> wire.json(400, call.error(-32022, "Unsupported protocol version")));
        return this;
    }

    static String discoverResult(String... versions) {
        return "{\"resultType\":\"complete\",\"supportedVersions\":[\"" + String.join("\",\"", versions)
                + "\"],\"capabilities\":{\"tools\":{}},\"instructions\":\"be gentle\",\"ttlMs\":0,"
                + "\"_meta\":{\"io.modelcontextprotocol/serverInfo\":{\"name\":\"scripted\",\"version\":\"9\"}}}";
    }

    static String initializeResult(String version) {
        return "{\"protocolVersion\":\"" + version
                + "\",\"capabilities\":{\"tools\":{}},\"serverInfo\":{\"name\":\"scripted\",\"version\":\"\"}}";
    }

    ScriptedMcpServer on(String method, Script script) {
        scripts.put(method, script);
        return this;
    }

    URI uri() {
        // Ports come back, and the process remembers the eras of servers: no test is to meet another's.
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/mcp/" + hashCode());
    }

    List<Call> calls(String method) {
        return calls.stream().filter(call -> call.method().equals(method)).toList();
    }

    List<String> bodies(String method) {
        return calls(method).stream().map(Call::body).toList();
    }

    int connections() {
        return connections.size();
    }

    /** Holds a script until the test is over. */
    void stall() {
        awaitQuietly(closed);
    }

    /** Lets a time pass, or the test end. */
    void waitFor(Duration time) {
        try {
            closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.add(connection);
                daemon(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            Wire wire = new Wire(connection);
            while (true) {
                String requestLine = line(in);
                if (requestLine.isEmpty()) {
                    clientHungUp.countDown();
                    return;
                }
                Call call = read(requestLine, in);
                Script script = scripts.get(call.method());
                if (script == null && call.method().equals("server/discover")) {
                    // A server of the legacy era, as most tests want it; what it makes of this is tested by name.
                    wire.json(
                            400,
                            "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,\"message\":"
                                    + "\"Bad Request: Server not initialized\"}}");
                    continue;
                }
                calls.add(call);
                scripts.get(call.method()).answer(call, wire);
            }
        } catch (IOException e) {
            clientHungUp.countDown();
        }
    }

    private static Call read(String requestLine, InputStream in) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Call(
                requestLine.substring(0, requestLine.indexOf(' ')),
                headers,
                JSON.readTree(body),
                new String(body, StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    /** The way back to the client. */
    static final class Wire {
        private final Socket connection;

        Wire(Socket connection) {
            this.connection = connection;
        }

        void json(int status, String body, String... headers) throws IOException {
            reply(status, "application/json", body, headers);
        }

        void empty(int status, String... headers) throws IOException {
            raw(head(status, headers) + "Content-Length: 0\r\n\r\n");
        }

        void reply(int status, String type, String body, String... headers) throws IOException {
            int length = body.getBytes(StandardCharsets.UTF_8).length;
            raw(head(status, headers) + "Content-Type: " + type + "\r\nContent-Length: " + length + "\r\n\r\n" + body);
        }

        /** Begins an event stream that ends with {@link #endStream()} or with the connection. */
        void beginStream() throws IOException {
            raw(head(200) + "Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        void chunk(String text) throws IOException {
            int length = text.getBytes(StandardCharsets.UTF_8).length;
            raw(Integer.toHexString(length) + "\r\n" + text + "\r\n");
        }

        void endStream() throws IOException {
            raw("0\r\n\r\n");
        }

        void stream(String events) throws IOException {
            beginStream();
            chunk(events);
            endStream();
        }

        void raw(String text) throws IOException {
            connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            connection.getOutputStream().flush();
        }

        void cut() throws IOException {
            connection.close();
        }

        static String head(int status, String... headers) {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\n");
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            return head.toString();
        }
    }
}
