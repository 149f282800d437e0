// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret goes this way in the clear, so these are the edges of where it may go. */
final class IdentityEndpointTransportTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.129.2:8081/msi/token",
                "http://127.0.0.1:41741/MSI/token/",
                "http://localhost:40342/metadata/identity/oauth2/token",
                "HTTP://[::1]:80/"
            })
    void endpointsOnThisHostAreTaken(String uri) {
        assertThat(IdentityEndpointTransport.require(URI.create(uri))).isEqualTo(URI.create(uri));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "http://example.com/",
                "http://169.254.169.254.evil.com/",
                "http://169.2541.1.1/",
                "http://169.254.1/",
                "http://169.255.1.1/",
                "http://10.169.254.1/",
                "http://172.16.1.3:8081/msi/token",
                "http://user:canary@127.0.0.1/",
                "http://169.254.129.2@evil.com/",
                "ftp://127.0.0.1/",
                "//127.0.0.1/",
                ""
            })
    void nothingGoesAnywhereElse(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdentityEndpointTransport.require(URI.create(uri)))
                .withMessageNotContainingAny("evil", "canary");
    }

    @Test
    void redirectIsNotFollowedAndNoProxyIsAsked() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(new NoProxyMayBeAsked());
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/token"))
                    .build();

            assertThat(IdentityEndpointTransport.create(LONG).send(request, 10).status())
                    .isEqualTo(302);
        } finally {
            ProxySelector.setDefault(before);
            server.stop(0);
        }
    }

    private static final class NoProxyMayBeAsked extends ProxySelector {
        @Override
        public List<Proxy> select(URI uri) {
            throw new AssertionError("a proxy was asked for");
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            throw new AssertionError("a proxy was tried", failure);
        }
    }
}
