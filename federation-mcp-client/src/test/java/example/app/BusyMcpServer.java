// SPDX-License-Identifier: Apache-2.0
package example.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One thread for any number of connections: a server that thousands of calls at once cost little. */
final class BusyMcpServer implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

    /** What to answer to a JSON-RPC message; empty for never. */
    @FunctionalInterface
    interface Script {
        String answer(String verb, String message, String id);
    }

    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger accepted = new AtomicInteger();
    private final Script script;
    private final List<Held> held = new ArrayList<>();
    private volatile int together = 1;
    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener = ServerSocketChannel.open();

    BusyMcpServer(Script script) throws IOException {
        this.script = script;
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4_096);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        Thread thread = new Thread(this::serve, "busy-server");
        thread.setDaemon(true);
        thread.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.socket().getLocalPort() + "/mcp");
    }

    /** From now on nothing is answered until so many requests have come: then all of them, and the others as they come. */
    void answerTogether(int requests) {
        together = requests;
    }

    static String json(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    static String result(String id, String result) {
        return json("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}");
    }

    static String empty(int status) {
        return "HTTP/1.1 " + status + " Whatever\r\nContent-Length: 0\r\n\r\n";
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private void serve() {
        try {
            while (selector.isOpen()) {
                selector.select(this::ready);
            }
        } catch (IOException | ClosedSelectorException e) {
            // The test is over.
        }
    }

    // Filled later, as bytes come: nothing is put together here.
    @SuppressWarnings("UnnecessaryStringBuilder")
    private void ready(SelectionKey key) {
        try {
            if (key.isValid() && key.isAcceptable()) {
                SocketChannel connection = listener.accept();
                connection.configureBlocking(false);
                connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
                connection.register(selector, SelectionKey.OP_READ, new Received());
                open.incrementAndGet();
                accepted.incrementAndGet();
            } else if (key.isValid()) {
                read(key);
            }
        } catch (IOException e) {
            hungUp(key);
        }
    }

    private void read(SelectionKey key) throws IOException {
        SocketChannel connection = (SocketChannel) key.channel();
        StringBuilder text = ((Received) key.attachment()).text();
        ByteBuffer bytes = ByteBuffer.allocate(4_096);
        int count = connection.read(bytes);
        if (count < 0) {
            hungUp(key);
            return;
        }
        text.append(new String(bytes.array(), 0, count, StandardCharsets.ISO_8859_1));
        for (int body = text.indexOf("\r\n\r\n") + 4; body >= 4; body = text.indexOf("\r\n\r\n") + 4) {
            Matcher length = LENGTH.matcher(text.substring(0, body));
            int end = body + (length.find() ? Integer.parseInt(length.group(1)) : 0);
            if (text.length() < end) {
                return;
            }
            answer(key, text.substring(0, end), body);
            text.delete(0, end);
        }
    }

    private void answer(SelectionKey key, String request, int body) {
        String message = request.substring(body);
        Matcher id = ID.matcher(message);
        String answer =
                script.answer(request.substring(0, request.indexOf(' ')), message, id.find() ? id.group(1) : "");
        held.add(new Held(key, ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8))));
        if (held.size() >= together) {
            together = 1;
            held.forEach(this::send);
            held.clear();
        }
    }

    private void send(Held answer) {
        SocketChannel connection = (SocketChannel) answer.key().channel();
        try {
            while (answer.bytes().hasRemaining()) {
                connection.write(answer.bytes());
            }
        } catch (IOException e) {
            hungUp(answer.key());
        }
    }

    private void hungUp(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        open.decrementAndGet();
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException e) {
            // Gone already.
        }
    }

    /** What is to go out on one connection. */
    private record Held(SelectionKey key, ByteBuffer bytes) {}

    /** What has come on one connection so far. */
    private record Received(StringBuilder text) {
        Received() {
            this(new StringBuilder());
        }
    }
}
