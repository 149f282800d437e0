// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpTransportTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n";

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEVER")
    void clientThatFollowsRedirectsIsRefused(HttpClient.Redirect follows) {
        HttpClient client = HttpClient.newBuilder().followRedirects(follows).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpTransport.over(client, LONG))
                .withMessageContaining("followRedirects(HttpClient.Redirect.NEVER)");
    }

    @Test
    void clientThatKeepsCookiesIsRefused() {
        HttpClient client =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpTransport.over(client, LONG))
                .withMessageContaining("cookieHandler");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com",
                "HTTPS://example.com/path?x=1",
                "https://10.0.0.1:8443",
                "http://localhost:8080",
                "http://LOCALHOST",
                "http://127.0.0.1:1",
                "http://127.255.0.3",
                "http://[::1]:9"
            })
    void credentialsMayGoThere(String uri) {
        assertThat(HttpTransport.requireSecure(URI.create(uri), "it")).isEqualTo(URI.create(uri));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com",
                "http://localhost.evil.com",
                "http://127.0.0.1.evil.com",
                "http://evil.com#localhost",
                "http://evil.com/localhost",
                "http://evil.com?127.0.0.1",
                "http://localhost@evil.com",
                "http://127.0.0.1:80@evil.com",
                "http://127.0.0.1%2eevil.com",
                "http://127.1",
                "http://2130706433",
                "http://0.0.0.0",
                "http://[::ffff:8.8.8.8]",
                "http://xlocalhost",
                "http://localhost.",
                "ftp://localhost",
                "file:///etc/passwd",
                "https:///nohost",
                "https:example.com",
                "example.com",
                "",
                "https://user:pass@example.com",
                "https://user@localhost"
            })
    void credentialsMayNotGoThere(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpTransport.requireSecure(URI.create(uri), "the address"))
                .withMessageStartingWith("the address must");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://u:canary@h_st", "https://u:canary@h", "http://u:canary@h", "//u:canary@h/"})
    void passwordInAUrlIsNotQuoted(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpTransport.requireSecure(URI.create(uri), "the address"))
                .withMessageNotContaining("canary");
    }

    @Test
    void whatIsNoUrlIsRefusedWithoutItsPassword() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpTransport.parse("https://u:canary@exa mple.com", "the host"))
                .withMessageStartingWith("the host is not a URL")
                .withMessageNotContaining("canary")
                .withNoCause();
    }

    @Test
    void requestBuiltElsewhereIsCheckedToo() {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://example.com")).build();

        assertThatIllegalArgumentException().isThrownBy(() -> transport(LONG).send(request, 10));
    }

    @Test
    void interruptClosesTheConnection() throws Exception {
        try (RawServer server = RawServer.thatStalls(HEAD)) {
            CompletableFuture<Throwable> outcome = new CompletableFuture<>();
            Thread caller = new Thread(() -> outcome.complete(catchThrowable(() -> get(transport(LONG), server))));
            caller.start();
            server.awaitAnswered();

            caller.interrupt();

            assertThat(outcome.join()).isInstanceOf(InterruptedException.class);
            server.awaitClosedByClient();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", HEAD + "half a body"})
    void cutConnectionIsAnIoExceptionAndTheRequestIsSentOnce(String sent) throws Exception {
        try (RawServer server = RawServer.thatCloses(sent)) {
            HttpRequest post = HttpTransport.request(server.uri())
                    .POST(HttpRequest.BodyPublishers.ofString("grant"))
                    .build();

            Throwable failure = catchThrowable(() -> transport(LONG).send(post, 1_000));

            assertThat(failure).isInstanceOf(IOException.class);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "canary\r\n\r\n",
                "HTTP/1.1 canary\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncan ary: canary\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: canary\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\ncanary\r\n\r\n"
            })
    void whatIsNoHttpIsNotQuoted(String sent) throws Exception {
        try (RawServer server = RawServer.thatCloses(sent)) {
            Throwable failure = catchThrowable(() -> get(transport(LONG), server));

            assertThat(failure).isInstanceOf(IOException.class);
            for (Throwable link = failure; link != null; link = link.getCause()) {
                assertThat(link.toString()).doesNotContain("canary").doesNotContain("can ary");
            }
        }
    }

    @Test
    void bodyLargerThanTheLimitEndsTheExchange() throws Exception {
        try (RawServer server = RawServer.thatStalls("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n12345678901")) {
            HttpRequest request = HttpTransport.request(server.uri()).build();

            assertThatExceptionOfType(ReplyTooLargeException.class)
                    .isThrownBy(() -> transport(LONG).send(request, 10))
                    .withMessage("the reply is larger than 10 bytes");
            server.awaitClosedByClient();
        }
    }

    @Test
    void bodyOfExactlyTheLimitIsReadAndNotPrinted() throws Exception {
        try (RawServer server = RawServer.thatCloses("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1234567890")) {
            HttpReply reply =
                    transport(LONG).send(HttpTransport.request(server.uri()).build(), 10);

            assertThat(reply.text()).isEqualTo("1234567890");
            assertThat(reply).hasToString("HttpReply[200 from 127.0.0.1, 10 bytes]");
        }
    }

    private static HttpTransport transport(Duration deadline) {
        return HttpTransport.create(LONG, deadline);
    }

    private static HttpReply get(HttpTransport transport, RawServer server) throws IOException, InterruptedException {
        return transport.send(HttpTransport.request(server.uri()).build(), 1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:can ary@host.example/mcp",
                "https://user:can/ary@host.example/mcp",
                "https://host.example/m cp?token=canary"
            })
    void urlThatIsRefusedIsNotRepeatedWhereItMayHoldASecret(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpTransport.requireSecure(HttpTransport.parse(url, "the MCP URL"), "the MCP URL"))
                .withMessageNotContainingAny("can", "ary@");
    }

    @Test
    void theClientDecidesOnTheHttpVersionExceptOverPlainHttp() {
        assertThat(HttpTransport.request(URI.create("https://host.example/"))
                        .build()
                        .version())
                .isEmpty();
        assertThat(HttpTransport.request(URI.create("http://127.0.0.1/"))
                        .build()
                        .version())
                .contains(HttpClient.Version.HTTP_1_1);
    }
}
