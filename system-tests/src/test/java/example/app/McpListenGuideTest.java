// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tokenfederation.mcp.Change;
import io.tokenfederation.mcp.McpClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the page about the MCP client shows of changes, with a server that ends each subscription at once. */
class McpListenGuideTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Deployment deployment = new Deployment();
    private HttpServer host;

    /** What the application has read, and reads again when it may have changed. */
    private static final class Prices {
        private final CountDownLatch cleared = new CountDownLatch(1);

        void clear() {
            cleared.countDown();
        }
    }

    @BeforeEach
    void start() throws IOException {
        host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        host.createContext("/mcp", McpListenGuideTest::answer);
        host.start();
    }

    @AfterEach
    void stop() {
        host.stop(0);
        deployment.close();
    }

    @Test
    void whatMayHaveChangedIsForgotten() throws InterruptedException {
        Prices prices = new Prices();
        McpClient mcp = McpClient.builder(
                        URI.create("http://127.0.0.1:" + host.getAddress().getPort() + "/mcp"))
                .tokens(deployment.exchanger().sourceFor(deployment.principal("west_sales")))
                .build();

        CompletableFuture<Void> listening = mcp.async().listen(Set.of("file:///prices.csv"), change -> {
            // After a gap anything may have changed.
            if (change.kind() == Change.Kind.MAYBE_MISSED || change.uri().equals("file:///prices.csv")) {
                prices.clear();
            }
        });

        assertThat(prices.cleared.await(20, TimeUnit.SECONDS)).isTrue();
        listening.cancel(true);
        mcp.close();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        JsonNode message = JSON.readTree(exchange.getRequestBody());
        boolean listens = message.path("method").asText().equals("subscriptions/listen");
        String answer = listens
                ? "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":{}}\n\n"
                : "{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id")
                        + ",\"result\":{\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{\"tools\":{}}}}";
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", listens ? "text/event-stream" : "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
