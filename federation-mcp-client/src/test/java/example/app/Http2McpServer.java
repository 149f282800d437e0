// SPDX-License-Identifier: Apache-2.0
package example.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import example.app.ScriptedMcpServer.Call;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * As much of HTTP/2 over TLS as a test needs (RFC 9113): a server of the modern era that does with calls of tools what the
 * test tells it. Speaks no other version, and reads no headers.
 */
final class Http2McpServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PREFACE = 24;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;

    /** {@code :status: 200} of the static table (RFC 7541, appendix A), and two names of it. */
    private static final int OK = 0x88;

    private static final int CONTENT_LENGTH = 28;
    private static final int CONTENT_TYPE = 31;

    /** What to answer to a call of a tool. */
    @FunctionalInterface
    interface Script {
        void answer(Call call, Wire wire) throws IOException;
    }

    /** Streams that the client has ended before the server did. */
    final Semaphore resets = new Semaphore(0);

    final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final SSLServerSocket socket;
    private volatile Script script = (call, wire) -> wire.json(call.text("done"));

    Http2McpServer(SSLContext context) throws IOException {
        socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        inBackground(this::accept);
    }

    URI uri() {
        return URI.create("https://127.0.0.1:" + socket.getLocalPort() + "/mcp");
    }

    void onToolCall(Script script) {
        this.script = script;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    /** What may fail when the other side goes. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static void inBackground(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // The client or the test has gone.
                    }
                },
                "http2-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (!socket.isClosed()) {
            SSLSocket client = (SSLSocket) socket.accept();
            client.setTcpNoDelay(true);
            connections.add(client);
            inBackground(() -> new Connection(client).serve());
        }
    }

    private void answer(byte[] body, Wire wire) throws IOException {
        Call call = new Call("POST", Map.of(), JSON.readTree(body), new String(body, StandardCharsets.UTF_8));
        if (call.method().equals("tools/call")) {
            script.answer(call, wire);
        } else {
            wire.json(call.result(ScriptedMcpServer.discoverResult("2026-07-28")));
        }
    }

    private final class Connection {
        private final DataInputStream in;
        private final DataOutputStream out;
        private final Map<Integer, ByteArrayOutputStream> bodies = new HashMap<>();

        Connection(Socket client) throws IOException {
            in = new DataInputStream(client.getInputStream());
            out = new DataOutputStream(new BufferedOutputStream(client.getOutputStream()));
        }

        void serve() throws IOException {
            in.skipNBytes(PREFACE);
            send(SETTINGS, 0, 0, new byte[0]);
            while (true) {
                int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                byte[] payload = in.readNBytes(length);
                if (type == SETTINGS && (flags & ACK) == 0) {
                    send(SETTINGS, ACK, 0, new byte[0]);
                } else if (type == RST_STREAM) {
                    resets.release();
                } else if (type == DATA) {
                    received(stream, payload, (flags & END_STREAM) != 0);
                }
            }
        }

        private void received(int stream, byte[] payload, boolean last) {
            ByteArrayOutputStream body = bodies.computeIfAbsent(stream, number -> new ByteArrayOutputStream());
            body.writeBytes(payload);
            if (last) {
                bodies.remove(stream);
                inBackground(() -> answer(body.toByteArray(), new Wire(this, stream)));
            }
        }

        private synchronized void send(int type, int flags, int stream, byte[] payload) throws IOException {
            out.writeByte(payload.length >> 16);
            out.writeShort(payload.length);
            out.writeByte(type);
            out.writeByte(flags);
            out.writeInt(stream);
            out.write(payload);
            out.flush();
        }
    }

    /** The way back to the client, for one request. */
    static final class Wire {
        private final Connection connection;
        private final int stream;

        Wire(Connection connection, int stream) {
            this.connection = connection;
            this.stream = stream;
        }

        void json(String body) throws IOException {
            beginJson(body.getBytes(StandardCharsets.UTF_8).length);
            end(body);
        }

        void beginJson(int length) throws IOException {
            ByteArrayOutputStream head = head("application/json");
            field(head, CONTENT_LENGTH, String.valueOf(length));
            connection.send(HEADERS, END_HEADERS, stream, head.toByteArray());
        }

        void begin(String type) throws IOException {
            connection.send(HEADERS, END_HEADERS, stream, head(type).toByteArray());
        }

        void data(String text) throws IOException {
            connection.send(DATA, 0, stream, text.getBytes(StandardCharsets.UTF_8));
        }

        void end(String text) throws IOException {
            connection.send(DATA, END_STREAM, stream, text.getBytes(StandardCharsets.UTF_8));
        }

        private static ByteArrayOutputStream head(String type) {
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            block.write(OK);
            field(block, CONTENT_TYPE, type);
            return block;
        }

        /** A name by its number, from 15 on, and a value as it is (RFC 7541, section 6.2.2). */
        private static void field(ByteArrayOutputStream block, int name, String value) {
            block.write(0x0F);
            block.write(name - 0x0F);
            block.write(value.length());
            block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
