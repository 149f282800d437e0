// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import io.tokenfederation.internal.HttpTransport;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;

/**
 * Listens at the redirect address, on this machine only, for as long as a login takes (RFC 8252 §7.3). Not the JDK's
 * server, whose requests have no bound that could be set without touching the whole process.
 */
final class CallbackServer implements AutoCloseable {
    /** A browser opens a few connections; more come from somebody who wants to be in the way. */
    private static final int CONNECTIONS = 16;

    private static final int TRIES = 5;
    private static final int DRAINING_READS = 16;
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final List<ServerSocket> sockets;
    private final URI redirect;
    private final BiFunction<CallbackRequest, URI, Callback.Verdict> judge;
    private final Semaphore connections = new Semaphore(CONNECTIONS);

    private CallbackServer(
            List<ServerSocket> sockets, URI redirect, BiFunction<CallbackRequest, URI, Callback.Verdict> judge) {
        this.sockets = sockets;
        this.redirect = redirect;
        this.judge = judge;
    }

    /**
     * Begins to listen.
     *
     * @param redirect where; without a port, at a free one
     * @throws BindException if the port is taken
     */
    static CallbackServer listen(URI redirect, BiFunction<CallbackRequest, URI, Callback.Verdict> judge)
            throws IOException {
        int port = Math.max(0, redirect.getPort());
        List<ServerSocket> sockets = bind(addresses(redirect.getHost()), port, port == 0 ? TRIES : 1);
        int bound = sockets.get(0).getLocalPort();
        CallbackServer server = new CallbackServer(sockets, at(redirect, bound), judge);
        sockets.forEach(socket -> daemon("login-callback", () -> server.accept(socket)));
        return server;
    }

    /** {@return the redirect address, with its port} */
    URI redirect() {
        return redirect;
    }

    /** Stops listening; a page that is being written is written to its end. */
    @Override
    public void close() {
        sockets.forEach(CallbackServer::quietly);
    }

    /** A browser may take localhost for either: whoever had the other one would get the code. */
    private static List<InetAddress> addresses(String host) throws IOException {
        if (!host.toLowerCase(Locale.ROOT).equals("localhost")) {
            return List.of(InetAddress.getAllByName(host));
        }
        List<InetAddress> both = new ArrayList<>(List.of(InetAddress.getAllByName("127.0.0.1")));
        for (InetAddress six : InetAddress.getAllByName("::1")) {
            if (NetworkInterface.getByInetAddress(six) != null) {
                both.add(six);
            }
        }
        return both;
    }

    private static List<ServerSocket> bind(List<InetAddress> addresses, int port, int tries) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (InetAddress address : addresses) {
                int at = sockets.isEmpty() ? port : sockets.get(0).getLocalPort();
                sockets.add(new ServerSocket(at, CONNECTIONS, address));
            }
            return sockets;
        } catch (IOException e) {
            sockets.forEach(CallbackServer::quietly);
            if (tries > 1) {
                return bind(addresses, port, tries - 1);
            }
            throw e;
        }
    }

    private static URI at(URI redirect, int port) {
        String path = redirect.getRawPath();
        return URI.create("http://" + redirect.getHost() + ":" + port + path);
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                if (connections.tryAcquire()) {
                    daemon("login-callback-reply", () -> answer(connection));
                } else {
                    connection.close();
                }
            } catch (IOException e) {
                // Closed, or somebody went away before they were heard: the next one counts. Soon, if it is the machine
                // that
                // has no socket to give.
                LockSupport.parkNanos(REST_NANOS);
            }
        }
    }

    private void answer(Socket connection) {
        try (connection) {
            Callback.Verdict verdict = CallbackRequest.read(connection)
                    .map(request -> judge.apply(request, redirect))
                    .orElse(Callback.Verdict.only(CallbackPage.UNREADABLE));
            try {
                connection.getOutputStream().write(verdict.page().response());
                connection.shutdownOutput();
            } finally {
                // If nobody is there any more to be shown the page, the answer counts all the same.
                verdict.then().run();
            }
            drain(connection);
        } catch (IOException e) {
            // Nobody is there to be told.
        } finally {
            connections.release();
        }
    }

    /** What is unread when a connection is closed makes the other side throw the reply away. */
    private static void drain(Socket connection) throws IOException {
        connection.setSoTimeout(100);
        InputStream in = connection.getInputStream();
        byte[] unread = new byte[4_096];
        for (int reads = 0; reads < DRAINING_READS && in.read(unread) >= 0; reads++) {
            // Thrown away.
        }
    }

    private static void quietly(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It listens no longer either way.
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether an address can be listened on: http, on this machine, nothing after its path. */
    static URI requireRedirect(URI redirect) {
        boolean loopback = "http".equalsIgnoreCase(redirect.getScheme())
                && redirect.getHost() != null
                && HttpTransport.isLoopback(redirect.getHost());
        boolean bare = redirect.getRawUserInfo() == null
                && redirect.getRawQuery() == null
                && redirect.getRawFragment() == null;
        if (!loopback || !bare) {
            throw new IllegalArgumentException("the redirect must be http to this machine without user, query and"
                    + " fragment, such as http://127.0.0.1/callback or http://localhost:8080");
        }
        return redirect;
    }
}
