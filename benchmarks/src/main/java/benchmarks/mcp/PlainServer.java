// SPDX-License-Identifier: Apache-2.0
package benchmarks.mcp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An MCP server that does no more than it must: a thread for each connection, answers that are made beforehand, nothing
 * parsed. Runs in a process of its own, so that what it costs is not counted with what is measured. Speaks the modern era at
 * {@code /modern}, the legacy one at {@code /legacy}, and tells at {@code /open} how many connections there are.
 */
public final class PlainServer {
    private static final AtomicInteger OPEN = new AtomicInteger();

    private PlainServer() {}

    /**
     * Prints its port, and ends when its input does: with the process that started it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws IOException {
        ServerSocket server = new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress());
        start(() -> acceptAll(server));
        System.out.println(server.getLocalPort());
        while (System.in.read() >= 0) {
            // Nothing is said to it.
        }
        System.exit(0);
    }

    private static void acceptAll(ServerSocket server) {
        while (true) {
            try {
                Socket connection = server.accept();
                start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    private static void serve(Socket connection) {
        OPEN.incrementAndGet();
        try (connection) {
            connection.setTcpNoDelay(true);
            RequestReader requests = new RequestReader(connection.getInputStream());
            for (String head = requests.head(); !head.isEmpty(); head = requests.head()) {
                String body = requests.body(length(head));
                connection.getOutputStream().write(reply(head, body));
            }
        } catch (IOException e) {
            // The client has gone.
        } finally {
            OPEN.decrementAndGet();
        }
    }

    private static int length(String head) {
        String name = "\r\ncontent-length:";
        for (int at = head.indexOf('\r'); at >= 0; at = head.indexOf('\r', at + 1)) {
            if (head.regionMatches(true, at, name, 0, name.length())) {
                return Integer.parseInt(head.substring(at + name.length(), head.indexOf('\r', at + 1))
                        .strip());
            }
        }
        return 0;
    }

    private static byte[] reply(String head, String body) {
        if (head.startsWith("GET /open ")) {
            return Replies.document(String.valueOf(OPEN.get() - 1).getBytes(ISO_8859_1), "");
        }
        return head.startsWith("POST ") ? Replies.to(body, head.startsWith("POST /modern ")) : Replies.toOther(head);
    }
}
