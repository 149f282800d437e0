// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invariant 8 has one exception; these are its edges. */
final class MetadataTransportTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://metadata.google.internal/computeMetadata/v1/",
                "HTTP://metadata.google.internal:80/",
                "http://169.254.169.254/computeMetadata/v1/",
                "http://127.0.0.1:8080/",
                "http://localhost:8080/"
            })
    void googlesQuestionsMayGoThere(String uri) {
        assertThat(MetadataTransport.google(LONG).require(URI.create(uri))).isEqualTo(URI.create(uri));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/",
                "https://metadata.google.internal/",
                "https://169.254.169.254/",
                "http://metadata.google.internal.evil.com/",
                "http://xmetadata.google.internal/",
                "http://METADATA.google.internal/",
                "http://metadata.google.internal:8080/",
                "http://metadata.google.internal@evil.com/",
                "http://user@metadata.google.internal/",
                "http://user:canary@169.254.169.254/",
                "http://evil.com/169.254.169.254",
                "http://evil.com#metadata.google.internal",
                "http://169.254.169.254:8080/",
                "http://169.254.169.253/",
                "http://169.254.169.254.evil.com/",
                "http://[::ffff:169.254.169.254]/",
                "http://2852039166/",
                "http:169.254.169.254",
                "//169.254.169.254/",
                "ftp://169.254.169.254/",
                "https://127.0.0.1/",
                ""
            })
    void nothingGoesAnywhereElse(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetadataTransport.google(LONG).get(URI.create(uri), 10))
                .withMessageStartingWith("the metadata server's address must be http://")
                .withMessageNotContainingAny("evil", "canary");
    }

    @Test
    void azuresQuestionsGoToTheAddressAlone() {
        MetadataTransport azure = MetadataTransport.azure(LONG);

        assertThat(azure.require(URI.create("http://169.254.169.254/metadata/identity/oauth2/token")))
                .isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> azure.require(URI.create("http://metadata.google.internal/")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://metadata.google.internal/", "http://169.254.169.254/"})
    void ordinaryTransportStillRefusesTheMetadataServer(String uri) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).build();

        assertThatIllegalArgumentException().isThrownBy(() -> HttpTransport.request(URI.create(uri)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpTransport.create(LONG, LONG).send(request, 10));
    }

    @Test
    void questionIsAGetWithTheOneConstantHeaderAndAsksNoProxy() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Metadata-Flavor") + " "
                    + exchange.getRequestHeaders().getFirst("Metadata"));
            byte[] body = "answer".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(new ForbiddenProxy());
        try {
            URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1?audience=a%26b");

            HttpReply google = MetadataTransport.google(LONG).get(uri, 100);
            HttpReply azure = MetadataTransport.azure(LONG).get(uri, 100);

            assertThat(google.status()).isEqualTo(302);
            assertThat(azure.text()).isEqualTo("answer");
            assertThat(seen).containsExactly("GET /v1?audience=a%26b Google null", "GET /v1?audience=a%26b null true");
        } finally {
            ProxySelector.setDefault(before);
            server.stop(0);
        }
    }

    @Test
    void deadlineCoversABodyThatStalls() throws Exception {
        try (RawServer server = RawServer.thatStalls("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")) {
            MetadataTransport google = MetadataTransport.google(Duration.ofMillis(300));

            assertThatExceptionOfType(HttpTimeoutException.class).isThrownBy(() -> google.get(server.uri(), 1_000));
            server.awaitClosedByClient();
        }
    }

    @Test
    void bodyLargerThanTheLimitIsRefused() throws Exception {
        try (RawServer server = RawServer.thatCloses("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1234567890")) {
            assertThatExceptionOfType(ReplyTooLargeException.class)
                    .isThrownBy(() -> MetadataTransport.google(LONG).get(server.uri(), 9));
        }
    }

    /** A proxy that would see the token. */
    private static final class ForbiddenProxy extends ProxySelector {
        @Override
        public List<Proxy> select(URI uri) {
            throw new AssertionError("a proxy was asked for " + uri);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
