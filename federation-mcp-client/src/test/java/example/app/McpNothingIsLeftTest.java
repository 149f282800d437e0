// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;

/** What clients and calls leave behind, in great numbers: nothing. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class McpNothingIsLeftTest {
    private static final int MANY = 10_000;
    private static final int THREADS = 100;

    @Test
    void thirtyClientsOpenedAndClosedLeaveNoThreadAndNoConnection() throws IOException {
        Set<Thread> before = threads();
        try (BusyMcpServer server = new BusyMcpServer(McpNothingIsLeftTest::legacy)) {
            List<McpClient> closed = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                McpClient mcp = client(server, Duration.ofSeconds(60 + i));
                mcp.async().callTool("query", Map.of("answer", true)).join();
                CompletableFuture<Void> listening = mcp.async().listen(Set.of(), change -> {});
                mcp.close();
                assertThat(listening).isCompletedExceptionally();
                closed.add(mcp);
            }

            // Each had connections of its own: the connect timeouts differ, so they share no HTTP client.
            assertThat(server.accepted).hasValueGreaterThanOrEqualTo(30);
            waitUntilEnded(() -> server.open.get() == 0);
            waitUntilEnded(() -> newSince(before).isEmpty());
            // Held until here: closing ends all of it, not that nobody holds them any longer. To close again does
            // nothing.
            closed.forEach(McpClient::close);
        }
    }

    @Test
    void lastOfThirtyClientsThatShareConnectionsEndsThem() throws IOException {
        Set<Thread> before = threads();
        try (BusyMcpServer server = new BusyMcpServer(McpNothingIsLeftTest::legacy)) {
            List<McpClient> clients = Stream.generate(() -> client(server, Duration.ofSeconds(59)))
                    .limit(30)
                    .toList();
            clients.forEach(mcp -> mcp.callTool("query", Map.of("answer", true)));
            McpClient last = clients.get(29);

            clients.subList(0, 29).forEach(McpClient::close);
            String answer = last.callTool("query", Map.of("answer", true)).text();
            last.close();

            assertThat(answer).isEqualTo("done");
            waitUntilEnded(() -> server.open.get() == 0);
            waitUntilEnded(() -> newSince(before).isEmpty());
            clients.forEach(McpClient::close);
        }
    }

    @Test
    void tenThousandCallsThatTimeOutLeaveNothingPending() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(THREADS);
        try (BusyMcpServer server = new BusyMcpServer(McpNothingIsLeftTest::legacy);
                McpClient mcp =
                        McpClient.builder(server.uri()).tokens(new Tokens("t1")).build()) {
            mcp.server();
            Queue<WeakReference<Object>> ears = new ConcurrentLinkedQueue<>();

            List<Future<Set<String>>> codes = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                codes.add(callers.submit(() -> IntStream.range(0, MANY / THREADS)
                        .mapToObj(call -> timedOut(mcp, ears))
                        .collect(Collectors.toSet())));
            }

            for (Future<Set<String>> code : codes) {
                // The time may be over while the connection comes about.
                assertThat(Set.of("MCP_TIMED_OUT", "MCP_UNREACHABLE")).containsAll(code.get());
            }
            assertThat(ears).hasSize(MANY);
            callers.shutdown();
            callers.awaitTermination(10, TimeUnit.SECONDS);
            waitUntil(() -> ears.stream().allMatch(ear -> ear.get() == null));
            // What is left is what two couriers and one handshake used, idle.
            waitUntil(() -> server.open.get() <= 8);
            waitUntil(() ->
                    threads().stream().noneMatch(thread -> thread.getName().startsWith("mcp-")));
            assertThat(mcp.callTool("query", Map.of("answer", true)).text()).isEqualTo("done");
        }
    }

    @Test
    @EnabledForJreRange(minVersion = 21)
    void tenThousandCallsAtOnceEndOnVirtualThreads() throws Exception {
        ExecutorService callers = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        try (BusyMcpServer server = new BusyMcpServer(McpNothingIsLeftTest::modern);
                McpClient mcp =
                        McpClient.builder(server.uri()).tokens(new Tokens("t1")).build()) {
            mcp.server();
            List<Future<String>> answers = new ArrayList<>();

            for (int i = 0; i < MANY; i++) {
                int number = i;
                answers.add(callers.submit(
                        () -> mcp.callTool("query", Map.of("n", number)).text()));
            }

            for (int i = 0; i < MANY; i++) {
                assertThat(answers.get(i).get()).isEqualTo("n=" + i);
            }
        }
    }

    private static McpClient client(BusyMcpServer server, Duration connectTimeout) {
        return McpClient.builder(server.uri())
                .tokens(new Tokens("t1"))
                .connectTimeout(connectTimeout)
                .build();
    }

    private static String timedOut(McpClient mcp, Collection<WeakReference<Object>> ears) {
        Object ear = new Object();
        ears.add(new WeakReference<>(ear));
        CallOptions options = CallOptions.defaults()
                .timeout(Duration.ofMillis(10))
                .onProgress(progress -> assertThat(ear).isNotNull());
        return catchThrowableOfType(McpException.class, () -> mcp.with(options).callTool("query", Map.of()))
                .code();
    }

    private static String legacy(String verb, String message, String id) {
        if (verb.equals("DELETE")) {
            return BusyMcpServer.empty(200);
        }
        if (verb.equals("GET")) {
            return "";
        }
        if (message.contains("\"server/discover\"")) {
            return BusyMcpServer.empty(400);
        }
        if (message.contains("\"initialize\"")) {
            return BusyMcpServer.result(id, ScriptedMcpServer.initializeResult("2025-11-25"))
                    .replace("\r\nContent-Type", "\r\nMcp-Session-Id: s\r\nContent-Type");
        }
        if (message.contains("\"tools/call\"")) {
            return message.contains("\"answer\"")
                    ? BusyMcpServer.result(id, "{\"content\":[{\"type\":\"text\",\"text\":\"done\"}]}")
                    : "";
        }
        return BusyMcpServer.empty(202);
    }

    private static String modern(String verb, String message, String id) {
        if (message.contains("\"server/discover\"")) {
            return BusyMcpServer.result(id, ScriptedMcpServer.discoverResult("2026-07-28"));
        }
        String number = message.replaceAll("(?s).*\"n\":(\\d+).*", "$1");
        return BusyMcpServer.result(id, "{\"content\":[{\"type\":\"text\",\"text\":\"n=" + number + "\"}]}");
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    /** Of the client's, of the JDK's HTTP clients, and those that watch over time, of which there is one for the whole JVM. */
    private static Set<Thread> newSince(Set<Thread> before) {
        Set<Thread> threads = threads();
        threads.removeAll(before);
        threads.removeIf(thread -> !thread.getName().startsWith("mcp-")
                && !thread.getName().startsWith("HttpClient-")
                && !thread.getName().equals("federation-watch"));
        threads.stream()
                .filter(thread -> thread.getName().equals("federation-watch"))
                .findFirst()
                .ifPresent(threads::remove);
        return threads;
    }

    /** As promised of closed clients: at once where the JVM can shut an HTTP client down, before when it is collected. */
    private static void waitUntilEnded(BooleanSupplier condition) {
        waitUntil(condition, Runtime.version().feature() < 21);
    }

    /** What nobody holds any longer ends when it is collected. */
    private static void waitUntil(BooleanSupplier condition) {
        waitUntil(condition, true);
    }

    /** The test's own timeout ends the wait, by an interrupt. */
    private static void waitUntil(BooleanSupplier condition, boolean collected) {
        while (!condition.getAsBoolean()) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            if (collected) {
                System.gc();
            }
            Thread.onSpinWait();
        }
    }
}
