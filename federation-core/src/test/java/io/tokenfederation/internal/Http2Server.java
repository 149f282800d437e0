// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * As much of HTTP/2 over TLS as a test needs (RFC 9113): allows few streams at once, answers the first of a connection at
 * once and the others when it is told to. Who wants HTTP/1.1 gets that, and an answer at once.
 */
final class Http2Server implements AutoCloseable {
    private static final int PREFACE = 24;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;
    private static final int MAX_CONCURRENT_STREAMS = 3;

    /** {@code :status: 200} of the static table (RFC 7541, appendix A). */
    private static final byte[] OK = {(byte) 0x88};

    private final SSLServerSocket server;
    private final int streams;
    private final CountDownLatch release = new CountDownLatch(1);
    private final Semaphore held = new Semaphore(0);
    private final AtomicInteger connections = new AtomicInteger();
    private final Semaphore older = new Semaphore(0);

    Http2Server(SSLContext context, int streams) throws IOException {
        this.streams = streams;
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SSLParameters parameters = server.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        server.setSSLParameters(parameters);
        inBackground(this::accept);
    }

    URI uri() {
        return URI.create("https://127.0.0.1:" + server.getLocalPort() + "/");
    }

    /** Waits until so many requests more are held. */
    void awaitHeld(int requests) throws InterruptedException {
        held.acquire(requests);
    }

    /** Answers what is held, and all that comes. */
    void release() {
        release.countDown();
    }

    /** How many connections of HTTP/2 there were. */
    int connections() {
        return connections.get();
    }

    /** Waits until there were so many connections more of HTTP/1.1. */
    void awaitOlder(int connections) throws InterruptedException {
        older.acquire(connections);
    }

    @Override
    public void close() throws IOException {
        release();
        server.close();
    }

    /** What may fail when the other side goes. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void inBackground(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException e) {
                // The client or the test has gone.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            SSLSocket client = (SSLSocket) server.accept();
            inBackground(() -> {
                client.startHandshake();
                if (client.getApplicationProtocol().equals("h2")) {
                    connections.incrementAndGet();
                    new Connection(client).serve();
                } else {
                    older.release();
                    serveOlder(client);
                }
            });
        }
    }

    private static void serveOlder(Socket client) throws IOException {
        byte[] request = new byte[64 * 1_024];
        while (client.getInputStream().read(request) > 0) {
            client.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nolder".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private final class Connection {
        private final DataInputStream in;
        private final DataOutputStream out;

        Connection(Socket client) throws IOException {
            in = new DataInputStream(client.getInputStream());
            out = new DataOutputStream(client.getOutputStream());
        }

        void serve() throws IOException {
            in.skipNBytes(PREFACE);
            byte[] limit = {0, MAX_CONCURRENT_STREAMS, 0, 0, 0, (byte) streams};
            send(SETTINGS, 0, 0, limit);
            while (true) {
                int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                in.skipNBytes(length);
                if (type == SETTINGS && (flags & ACK) == 0) {
                    send(SETTINGS, ACK, 0, new byte[0]);
                } else if ((type == HEADERS || type == DATA) && (flags & END_STREAM) != 0) {
                    inBackground(() -> answer(stream));
                }
            }
        }

        private void answer(int stream) throws IOException, InterruptedException {
            if (stream > 1) {
                held.release();
                release.await();
            }
            send(HEADERS, END_HEADERS, stream, OK);
            send(DATA, END_STREAM, stream, "newer".getBytes(StandardCharsets.US_ASCII));
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
}
