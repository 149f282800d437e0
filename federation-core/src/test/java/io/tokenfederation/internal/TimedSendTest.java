// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class TimedSendTest {
    private static final Duration WITHIN = Duration.ofMillis(500);
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n";

    static Stream<Arguments> stalls() {
        return Stream.of("", "HTTP/1.1 200 OK\r\n", HEAD, HEAD + "half a body")
                .flatMap(sent -> Stream.of(
                        Arguments.of(sent, jdks(WITHIN.minusMillis(100))),
                        Arguments.of(sent, jdks(WITHIN.multipliedBy(2))),
                        Arguments.of(sent, HttpClient.newHttpClient()),
                        Arguments.of(sent, new Joining())));
    }

    /** Scenario S12. */
    @ParameterizedTest
    @MethodSource("stalls")
    void deadlineCoversWhateverStallsAndClosesTheConnection(String sent, HttpClient client) throws Exception {
        try (RawServer server = RawServer.thatStalls(sent)) {
            Throwable failure = catchThrowable(() -> HttpTransport.over(client, WITHIN)
                    .send(HttpTransport.request(server.uri()).build(), 1_000));

            assertThat(failure).isInstanceOf(HttpTimeoutException.class).hasMessage("no complete reply within 500 ms");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            server.awaitClosedByClient();
        }
    }

    /** A caller looks whether there is time left, and then it is over before the request is sent. */
    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void timeThatIsOverAlreadyIsATimeoutToo(long left) throws Exception {
        try (RawServer server = RawServer.thatStalls("")) {
            HttpTransport transport = HttpTransport.over(HttpClient.newHttpClient(), WITHIN);
            HttpRequest request = HttpTransport.request(server.uri()).build();

            assertThat(catchThrowable(() -> transport.send(request, 1_000, Duration.ofNanos(left))))
                    .isInstanceOf(HttpTimeoutException.class);
        }
    }

    private static HttpClient jdks(Duration connectTimeout) {
        return HttpClient.newBuilder().connectTimeout(connectTimeout).build();
    }

    /** One that decorates the JDK's, and that no interrupt ends. */
    private static final class Joining extends HttpClient {
        private final HttpClient client = jdks(WITHIN.minusMillis(100));

        @Override
        public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) throws IOException {
            CompletableFuture<HttpResponse<T>> reply = client.sendAsync(request, handler);
            while (true) {
                try {
                    return reply.get();
                } catch (InterruptedException e) {
                    Thread.interrupted();
                } catch (ExecutionException e) {
                    throw new IOException("no reply", e.getCause());
                }
            }
        }

        @Override
        public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
            return client.sendAsync(request, handler);
        }

        @Override
        public <T> CompletableFuture<HttpResponse<T>> sendAsync(
                HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushes) {
            return client.sendAsync(request, handler, pushes);
        }

        @Override
        public Optional<CookieHandler> cookieHandler() {
            return client.cookieHandler();
        }

        @Override
        public Optional<Duration> connectTimeout() {
            return client.connectTimeout();
        }

        @Override
        public Redirect followRedirects() {
            return client.followRedirects();
        }

        @Override
        public Optional<ProxySelector> proxy() {
            return client.proxy();
        }

        @Override
        public SSLContext sslContext() {
            return client.sslContext();
        }

        @Override
        public SSLParameters sslParameters() {
            return client.sslParameters();
        }

        @Override
        public Optional<Authenticator> authenticator() {
            return client.authenticator();
        }

        @Override
        public Version version() {
            return client.version();
        }

        @Override
        public Optional<Executor> executor() {
            return client.executor();
        }

        @Override
        public String toString() {
            return "a client of another make";
        }
    }
}
