// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class LeasedClientTest {
    private static final AtomicLong TIMES = new AtomicLong();

    /** Shared with no other test. */
    private final Duration connectTimeout = Duration.ofHours(1).plusMillis(TIMES.incrementAndGet());

    @Test
    void allWhoAreNotDoneShareOneClient() {
        LeasedClient one = new LeasedClient(connectTimeout);
        LeasedClient other = new LeasedClient(connectTimeout);

        one.release();

        assertThat(used(new LeasedClient(connectTimeout))).isSameAs(used(other));
    }

    @Test
    void whoComesAfterTheLastReleaseGetsAnotherClient() {
        LeasedClient last = new LeasedClient(connectTimeout);
        HttpClient ended = used(last);

        last.release();

        assertThat(used(new LeasedClient(connectTimeout))).isNotSameAs(ended);
    }

    @Test
    void clientIsNotOverWhileARequestIsBeingSent() {
        LeasedClient last = new LeasedClient(connectTimeout);
        try (ClientSource.Use sending = last.use()) {
            last.release();

            assertThat(used(new LeasedClient(connectTimeout))).isSameAs(sending.client());
        }
    }

    @Test
    void releasingTwiceReleasesNobodyElse() {
        LeasedClient one = new LeasedClient(connectTimeout);
        LeasedClient other = new LeasedClient(connectTimeout);
        HttpClient shared = used(other);

        one.release();
        one.release();

        assertThat(used(other)).isSameAs(shared);
    }

    @Test
    void requestAfterTheReleaseGoesOverTheClientThatTheOthersHave() {
        LeasedClient released = new LeasedClient(connectTimeout);
        released.release();
        LeasedClient other = new LeasedClient(connectTimeout);

        assertThat(used(released)).isSameAs(used(other));
    }

    @Test
    void holderThatIsForgottenKeepsNothingOpen() {
        LeasedClient kept = new LeasedClient(connectTimeout);
        HttpClient shared = used(kept);
        WeakReference<LeasedClient> forgotten = new WeakReference<>(new LeasedClient(connectTimeout));
        while (forgotten.get() != null) {
            System.gc();
        }

        kept.release();

        assertThat(used(new LeasedClient(connectTimeout))).isNotSameAs(shared);
    }

    /** On Java 21 and later, where a client that is shut down takes no request; before, there is nothing to meet. */
    @Test
    void noRequestMeetsAClientThatIsShutDown() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        HttpRequest request = HttpTransport.request(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .build();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> comings = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                comings.add(threads.submit(() -> comeAndGo(request)));
            }

            for (Future<?> coming : comings) {
                assertThat(coming.get()).isEqualTo(204);
            }
        } finally {
            threads.shutdownNow();
            server.stop(0);
        }
    }

    /** Sends once while it holds the client, and once when it has let go of it. */
    private int comeAndGo(HttpRequest request) throws Exception {
        HttpTransport transport = HttpTransport.leased(connectTimeout, Duration.ofSeconds(30));
        int first = transport.send(request, 10).status();
        transport.release();
        int late = transport.send(request, 10).status();
        return first == late ? first : -1;
    }

    private static HttpClient used(LeasedClient lease) {
        try (ClientSource.Use use = lease.use()) {
            return use.client();
        }
    }
}
