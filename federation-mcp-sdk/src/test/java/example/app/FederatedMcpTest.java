// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.McpHttpClientTransportAuthorizationException;
import io.tokenfederation.Caller;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.FederatedCallException;
import io.tokenfederation.FederationException;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.VerifiedClaims;
import io.tokenfederation.mcpsdk.FederatedMcp;
import io.tokenfederation.testkit.Fault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real SDK on federated tokens. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FederatedMcpTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void callsAsTheServicePrincipal() {
        try (McpSyncClient mcp = world.client()) {
            assertThat(World.whoAsks(mcp)).contains(world.west.toString());
            assertThat(World.whoAsks(mcp)).contains(world.west.toString());
        }
        assertThat(world.databricks.exchanges()).isEqualTo(1);
    }

    @Test
    void sessionThatOutlivesItsTokenCarriesTheNext() {
        try (McpSyncClient mcp = world.client()) {
            World.whoAsks(mcp);
            for (int hour = 0; hour < 3; hour++) {
                world.time.advance(Duration.ofHours(1));
                assertThat(World.whoAsks(mcp)).contains(world.west.toString());
            }
        }
        assertThat(world.databricks.rejectedRequests()).isZero();
        assertThat(world.server.initializations()).isEqualTo(1);
        assertThat(world.databricks.exchanges()).isEqualTo(4);
    }

    @Test
    void refusedTokenIsReplacedAndTheCallSentOnceMore() {
        try (McpSyncClient mcp = world.client()) {
            World.whoAsks(mcp);
            world.databricks.revokeAll();

            assertThat(World.whoAsks(mcp)).contains(world.west.toString());
        }
        assertThat(world.server.toolCalls()).isEqualTo(2);
        assertThat(world.databricks.exchanges()).isEqualTo(2);
    }

    @Test
    void manyCallersWhoseTokenIsRefusedCauseOneExchange() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(16);
        try (McpSyncClient mcp = world.client()) {
            World.whoAsks(mcp);
            world.databricks.revokeAll();

            List<Future<String>> answers = IntStream.range(0, 64)
                    .mapToObj(i -> callers.submit(() -> World.whoAsks(mcp)))
                    .toList();

            for (Future<String> answer : answers) {
                assertThat(answer.get()).contains(world.west.toString());
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(world.databricks.exchanges()).isEqualTo(2);
        assertThat(world.server.toolCalls()).isEqualTo(65);
    }

    @Test
    void secondRefusalIsTheSdksExceptionWithOurCodeAndFix() {
        try (McpSyncClient mcp = world.client()) {
            World.whoAsks(mcp);
            long before = world.server.requests();
            world.server.failAlways(Fault.status(401));

            Throwable failure = catchThrowable(() -> World.whoAsks(mcp));

            assertThat(failure).isInstanceOf(McpHttpClientTransportAuthorizationException.class);
            assertThat(failure).cause().isInstanceOfSatisfying(FederatedCallException.class, cause -> {
                assertThat(cause.code()).isEqualTo(ErrorCode.TOKEN_REJECTED.name());
                assertThat(cause.fix()).isEqualTo(ErrorCode.TOKEN_REJECTED.fix());
                assertThat(cause.httpStatus()).hasValue(401);
            });
            assertThat(failure).hasMessageContaining("TOKEN_REJECTED").hasMessageContaining("POST 127.0.0.1");
            assertThat(world.server.requests() - before).isEqualTo(2);
            world.server.recover();
        }
        assertThat(world.databricks.exchanges()).isEqualTo(2);
    }

    @Test
    void sourceThatHasNoOtherTokenIsNotTriedTwice() {
        DatabricksToken only = world.tokens.token();
        try (McpSyncClient mcp = world.client(FederatedMcp.of(() -> only).forwardToken(true))) {
            World.whoAsks(mcp);
            long before = world.server.requests();
            world.server.failNext(1, Fault.status(401));

            assertThatThrownBy(() -> World.whoAsks(mcp))
                    .isInstanceOf(McpHttpClientTransportAuthorizationException.class);

            assertThat(world.server.requests() - before).isEqualTo(1);
            assertThat(World.whoAsks(mcp)).contains(world.west.toString());
        }
    }

    @Test
    void missingPermissionIsNoReasonForAnotherToken() {
        try (McpSyncClient mcp = world.client()) {
            World.whoAsks(mcp);
            long before = world.server.requests();
            world.server.failNext(1, Fault.status(403));

            assertThatThrownBy(() -> World.whoAsks(mcp))
                    .cause()
                    .isInstanceOfSatisfying(
                            FederatedCallException.class,
                            cause -> assertThat(cause.code()).isEqualTo(ErrorCode.PERMISSION_DENIED.name()));

            assertThat(world.server.requests() - before).isEqualTo(1);
        }
        assertThat(world.databricks.exchanges()).isEqualTo(1);
    }

    @Test
    void failureToGetATokenComesOutAsItIs() {
        try (McpSyncClient mcp = world.client()) {
            World.whoAsks(mcp);
            world.databricks.removePolicies(world.west);
            world.databricks.revokeAll();

            assertThatThrownBy(() -> World.whoAsks(mcp))
                    .isInstanceOfSatisfying(
                            FederationException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_FEDERATION_POLICY.name()));
        }
    }

    @Test
    void refusalHoldsNoTokenNoSessionAndNoPerson() {
        DatabricksToken token = world.tokens.token();
        try (McpSyncClient mcp = world.client(world.forAnn())) {
            World.whoAsks(mcp);
            world.server.failAlways(Fault.status(401));

            Throwable failure = catchThrowable(() -> World.whoAsks(mcp));

            StringWriter all = new StringWriter();
            failure.printStackTrace(new PrintWriter(all));
            all.append(((McpHttpClientTransportAuthorizationException) failure)
                    .getRequestSnapshot()
                    .headers()
                    .toString());
            assertThat(all.toString())
                    .doesNotContain(token.value())
                    .doesNotContain("Bearer")
                    .doesNotContain("ann@example.com")
                    .doesNotContainIgnoringCase("mcp-session-id")
                    .containsIgnoringCase("mcp-protocol-version");
            world.server.recover();
        }
    }

    @Test
    void callerIsToldForTheServersLog() {
        FederatedMcp federated = FederatedMcp.of(world.tokens)
                .forwardToken(true)
                .caller(Caller.of(VerifiedClaims.alreadyVerified(
                        Map.of("iss", "https://idp.example.com", "sub", "1", "email", "jürgen@example.com"))))
                .role(new ResolvedRole("west_sales", "sales-west", world.west));
        try (McpSyncClient mcp = world.client(federated)) {
            World.whoAsks(mcp);
        }

        assertThat(world.server.lastCallerRole()).hasValue("west_sales");
        assertThat(world.server.lastCallerEmail()).hasValue("j%C3%BCrgen@example.com");
        assertThat(federated.toString()).doesNotContain("example.com");
    }

    @Test
    void roleThatCannotBeSentIsRefusedAtOnce() {
        ResolvedRole role = new ResolvedRole("west\nsales", "sales-west", world.west);

        assertThatThrownBy(() -> FederatedMcp.of(world.tokens).role(role))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-Caller-Role");
    }

    @Test
    void tokenGoesNowhereWithoutEncryption() {
        try (McpSyncClient mcp = World.client(FederatedMcp.of(world.tokens), URI.create("http://192.0.2.1/mcp"))) {
            assertThatThrownBy(mcp::initialize).hasStackTraceContaining("must use https");
        }
    }

    @Test
    void tokenDoesNotFollowARedirect() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            seen.add(exchange.getRequestURI().getPath());
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
        other.start();
        URI uri = URI.create("http://127.0.0.1:" + other.getAddress().getPort() + "/mcp");
        HttpClientStreamableHttpTransport.Builder follows = HttpClientStreamableHttpTransport.builder(
                        uri.resolve("/").toString())
                .endpoint("/mcp")
                .customizeClient(client -> client.followRedirects(Redirect.ALWAYS));
        try (McpSyncClient mcp =
                McpClient.sync(FederatedMcp.of(world.tokens).transport(follows)).build()) {
            assertThatThrownBy(mcp::initialize).isInstanceOf(RuntimeException.class);
        } finally {
            other.stop(0);
        }

        assertThat(seen).isNotEmpty().containsOnly("/mcp");
    }

    @Test
    void sourceMayTakeItsTime() {
        DatabricksToken token = world.tokens.token();
        List<String> threads = new CopyOnWriteArrayList<>();
        DatabricksTokenSource slow = () -> {
            threads.add(Thread.currentThread().getName());
            return token;
        };
        try (McpSyncClient mcp = world.client(FederatedMcp.of(slow).forwardToken(true))) {
            World.whoAsks(mcp);
        }

        assertThat(threads).isNotEmpty().allMatch(name -> name.startsWith("boundedElastic"));
    }
}
