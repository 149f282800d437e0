// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpToken;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.ServicePrincipal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets that are no longer needed are in no live object: the heap is dumped and searched. */
class SecretsInMemoryTest {
    private static final ServicePrincipal WEST = ServicePrincipal.of("bc3cfe6c-0f34-4b4a-9c39-2a1d1c9a0001");
    private static final int USERS_KEPT = 10_000;

    /** An object may be held a moment longer by a thread of the JDK's that is about to end. */
    private static final int DUMPS_MOST = 6;

    @TempDir
    Path directory;

    private final AtomicInteger issued = new AtomicInteger();
    private HeapSearch heap;
    private HttpServer server;
    private ExecutorService serverThreads;
    private final AtomicReference<@Nullable DatabricksTokenExchanger> kept = new AtomicReference<>();

    @BeforeEach
    void start() throws IOException {
        assumeTrue(HeapSearch.available(), "this JVM has no HotSpotDiagnostic bean, which dumps the heap");
        heap = new HeapSearch(directory);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serverThreads = Executors.newCachedThreadPool();
        server.setExecutor(serverThreads);
        server.createContext("/idp", exchange -> answer(exchange, canary("M2M JWT", newJwt())));
        server.createContext(
                "/oidc", exchange -> answer(exchange, canary("token " + issued.incrementAndGet(), random())));
        server.start();
    }

    @AfterEach
    void stop() {
        if (HeapSearch.available()) {
            server.stop(0);
            serverThreads.shutdownNow();
        }
    }

    @Test
    void nothingHoldsASecretThatIsNoLongerNeeded() throws Exception {
        char[] control = random().toCharArray();
        heap.remember("control", new String(control));
        onAThreadOfItsOwn(this::useEverything);

        // Token 1 was refused and replaced by token 3; token 2 was the evicted user's.
        assertThat(foundWithout(Set.of("token 1", "token 2", "user's JWT")))
                .containsExactlyInAnyOrder("control", "client secret", "M2M JWT", "token 3");

        kept.set(null);
        stop();
        assertThat(foundWithout(Set.of("client secret", "M2M JWT", "token 3"))).containsExactly("control");
        assertThat(control).hasSize(48);
    }

    private void useEverything() {
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        OidcTokenSource source = OidcTokenSource.builder()
                .tokenEndpoint(base + "/idp")
                .clientId("client")
                .clientSecret(canary("client secret", random()))
                .build();
        DatabricksTokenExchanger exchanger = DatabricksTokenExchanger.builder()
                .workspace(base)
                .idpTokenSource(source)
                // What a JSON parser leaves in its thread's buffers goes with the thread; the default's end when idle.
                .executor(work -> new Thread(work).start())
                .build();
        DatabricksToken refused = exchanger.tokenFor(WEST);
        exchanger.tokenForUser(IdpToken.parse(canary("user's JWT", newJwt())));
        exchanger.rejected(refused);
        exchanger.tokenFor(WEST);
        for (int i = 0; i < USERS_KEPT; i++) {
            exchanger.sourceForUser(lookalike(i));
        }
        kept.set(exchanger);
    }

    /** The names found when none of those that should be gone is found any more, or after some tries. */
    private Set<String> foundWithout(Set<String> gone) throws Exception {
        Set<String> found = heap.found();
        for (int i = 1; i < DUMPS_MOST && found.stream().anyMatch(gone::contains); i++) {
            found = heap.found();
        }
        return found;
    }

    /** What is left on a thread's stack, and in its buffers, is gone with the thread. */
    private static void onAThreadOfItsOwn(Runnable work) throws InterruptedException {
        CompletableFuture<@Nullable Void> outcome = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                work.run();
                outcome.complete(null);
            } catch (RuntimeException e) {
                outcome.completeExceptionally(e);
            }
        });
        thread.start();
        thread.join();
        outcome.join();
    }

    private String canary(String name, String value) {
        // The last characters of a JWT are of its signature: no two have the same.
        heap.remember(name, value.substring(value.length() - 40));
        return value;
    }

    private static void answer(HttpExchange exchange, String token) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] body = ("{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"scope\":\"all-apis\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            // A connection that is kept keeps the bytes it read last, in buffers that are the JDK's.
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String newJwt() {
        return Jwts.endingAt(Instant.now().plusSeconds(3_600));
    }

    private static String random() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static IdpToken lookalike(int user) {
        String claims =
                "{\"iss\":\"https://idp.example.com/\",\"aud\":\"a\",\"sub\":\"user-" + user + "\",\"exp\":4102444800}";
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return IdpToken.parse(base64.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".");
    }
}
