// SPDX-License-Identifier: Apache-2.0
package example.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Answers every request with the same bytes and ends the connection: also what no proper server would send. */
final class RawServer implements AutoCloseable {
    private final ServerSocket socket;
    private final String reply;

    RawServer(String reply) {
        this.reply = reply;
        try {
            socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                skipRequest(connection);
                connection.getOutputStream().write(reply.getBytes(StandardCharsets.UTF_8));
                connection.shutdownOutput();
            } catch (IOException e) {
                // Closed, or the client is gone: the client's side of it is what a test looks at.
            }
        }
    }

    private static void skipRequest(Socket connection) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
        int length = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).strip());
            }
        }
        for (int left = length; left > 0 && in.read() >= 0; left--) {
            // The body, of which nothing matters here.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
