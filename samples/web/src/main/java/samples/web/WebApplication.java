// SPDX-License-Identifier: Apache-2.0
package samples.web;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The application: a page, the settings it needs, and one question that each person gets their own answer to.
 *
 * <p>Listens on 127.0.0.1 only: it speaks plain HTTP, so what is in front of it does TLS.
 */
public final class WebApplication implements AutoCloseable {
    /** Each request of the browser needs one; a request for rows keeps it until the rows are there. */
    private static final int THREADS = 16;

    private static final int WAITING = 64;

    private final HttpServer server;
    private final ThreadPoolExecutor workers;
    private final QueryApi query;
    private final URI origin;

    private WebApplication(WebSettings settings, Consumer<String> log) throws IOException {
        HttpLimits.set();
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        server = HttpServer.create(
                new InetSocketAddress(loopback, settings.address().port()), WAITING);
        origin = settings.address()
                .origin()
                .orElseGet(() ->
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
        workers = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(WAITING),
                WebApplication::thread,
                // The thread that accepts connections then works too, and accepts none meanwhile.
                new ThreadPoolExecutor.CallerRunsPolicy());
        query = new QueryApi(settings, log);
        server.setExecutor(workers);
        server.createContext("/", new FrontDoor(settings.login(), origin, new Page(settings), query, log));
    }

    /**
     * Starts listening.
     *
     * @param settings what it needs to know
     * @param log gets a line per request, and one per failure; neither holds a token
     * @return the application, to be closed
     * @throws UncheckedIOException if the port is taken
     */
    public static WebApplication start(WebSettings settings, Consumer<String> log) {
        try {
            WebApplication application = new WebApplication(settings, log);
            // The server's dispatcher inherits being a daemon from the thread that starts it.
            CompletableFuture.runAsync(application.server::start, application.workers)
                    .join();
            return application;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return how browsers reach it: scheme, host and port, without a slash} */
    public URI uri() {
        return origin;
    }

    /** {@return where the identity provider sends people back to: to be registered there} */
    public URI redirectUri() {
        return origin.resolve(Page.CALLBACK);
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
        query.close();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "web-sample");
        thread.setDaemon(true);
        return thread;
    }
}
