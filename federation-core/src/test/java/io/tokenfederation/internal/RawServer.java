// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers each connection with fixed bytes, and then closes it or holds it until the client does. */
public final class RawServer implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final CountDownLatch answered = new CountDownLatch(1);
    private final CountDownLatch closedByClient = new CountDownLatch(1);
    private final AtomicInteger connections = new AtomicInteger();

    private RawServer(String answer, boolean hold) throws IOException {
        Thread acceptor = new Thread(() -> accept(answer, hold), "raw-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    public static RawServer thatCloses(String answer) throws IOException {
        return new RawServer(answer, false);
    }

    public static RawServer thatStalls(String answer) throws IOException {
        return new RawServer(answer, true);
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    public int connections() {
        return connections.get();
    }

    public void awaitAnswered() throws InterruptedException {
        answered.await();
    }

    public void awaitClosedByClient() throws InterruptedException {
        closedByClient.await();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept(String answer, boolean hold) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                connections.incrementAndGet();
                byte[] request = new byte[64 * 1_024];
                int read = client.getInputStream().read(request);
                client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                client.getOutputStream().flush();
                answered.countDown();
                while (hold && read >= 0) {
                    read = client.getInputStream().read(request);
                }
                closedByClient.countDown();
            } catch (IOException e) {
                closedByClient.countDown();
            }
        }
    }
}
