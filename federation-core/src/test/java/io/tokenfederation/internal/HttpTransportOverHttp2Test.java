// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over HTTP/2 requests share a connection. */
@Timeout(60)
final class HttpTransportOverHttp2Test {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(500);

    @TempDir
    private static Path files;

    private static SSLContext context;

    private Http2Server server;
    private HttpTransport transport;

    @BeforeAll
    static void makeCertificate() throws Exception {
        context = SelfSigned.context(SelfSigned.keys(files.resolve("keys.p12")), true);
    }

    /** The first request tells the client how many streams there are. */
    @BeforeEach
    void connect() throws Exception {
        server = new Http2Server(context, 2);
        transport =
                HttpTransport.over(HttpClient.newBuilder().sslContext(context).build(), LONG);
        assertThat(get(LONG)).isEqualTo("newer");
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    @Test
    void requestsBeyondTheServersLimitOfStreamsGoOverConnectionsOfTheirOwn() throws Exception {
        List<CompletableFuture<String>> replies =
                IntStream.range(0, 8).mapToObj(number -> inBackground(LONG)).toList();
        server.awaitHeld(2);

        server.awaitOlder(6);
        server.release();

        assertThat(replies.stream().map(CompletableFuture::join))
                .containsOnly("newer", "older")
                .filteredOn("older"::equals)
                .hasSize(6);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void timeThatIsOverForOneEndsNoOther() throws Exception {
        CompletableFuture<String> patient = inBackground(LONG);
        server.awaitHeld(1);

        Throwable failure = catchThrowable(() -> get(SHORT.plusMillis(100)));
        server.release();

        assertThat(failure).isInstanceOf(HttpTimeoutException.class);
        assertThat(patient.join()).isEqualTo("newer");
        assertThat(get(LONG)).isEqualTo("newer");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void replyAboveTheLimitSaysThatItIs() throws Exception {
        HttpRequest request = HttpTransport.request(server.uri()).build();
        server.release();

        assertThat(catchThrowable(() -> transport.send(request, "newer".length() - 1, LONG)))
                .isInstanceOf(ReplyTooLargeException.class);
        assertThat(get(LONG)).isEqualTo("newer");
        assertThat(server.connections()).isEqualTo(1);
    }

    private CompletableFuture<String> inBackground(Duration within) {
        CompletableFuture<String> reply = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                reply.complete(get(within));
            } catch (Exception e) {
                reply.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return reply;
    }

    private String get(Duration within) throws Exception {
        return transport
                .send(HttpTransport.request(server.uri()).build(), 100, within)
                .text();
    }
}
