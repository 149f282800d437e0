// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.UnixOperatingSystemMXBean;
import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients and calls leave behind, in great numbers: nothing. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class McpNothingIsLeftTest {
    private static final int MANY = 10_000;
    private static final int THREADS = 200;
    private static final Duration CALL_TIME = Duration.ofMillis(100);

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

    /** A call ends in another way where a connection may take longer than it, than where not, as by default. */
    @ParameterizedTest(name = "{0} calls, {1} ms to connect")
    @CsvSource({"10000, 50", "1000, 10000"})
    void tenThousandCallsThatTimeOutLeaveNothingPending(int many, long connectMillis) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(THREADS);
        AtomicInteger arrived = new AtomicInteger();
        try (BusyMcpServer server = new BusyMcpServer(counting(arrived));
                McpClient mcp = client(server, Duration.ofMillis(connectMillis))) {
            connected(mcp::server);
            Queue<WeakReference<Object>> ears = new ConcurrentLinkedQueue<>();
            Map<String, Integer> ends = new ConcurrentHashMap<>();

            Runnable calls = () -> {
                while (arrived.get() < many) {
                    ends.merge(timedOut(mcp, ears), 1, Integer::sum);
                }
            };
            List<Future<?>> callsOfAll = Stream.<Future<?>>generate(() -> callers.submit(calls))
                    .limit(THREADS)
                    .toList();
            for (Future<?> callsOfOne : callsOfAll) {
                callsOfOne.get();
            }

            // The time may be over while the connection comes about: such calls do not count.
            assertThat(Set.of("MCP_TIMED_OUT", "MCP_UNREACHABLE")).containsAll(ends.keySet());
            assertThat(ends.get("MCP_TIMED_OUT")).isGreaterThanOrEqualTo(many);
            assertThat(ears).hasSizeGreaterThanOrEqualTo(many);
            callers.shutdown();
            callers.awaitTermination(10, TimeUnit.SECONDS);
            waitUntil(() -> ears.stream().allMatch(ear -> ear.get() == null));
            // What is left is what two couriers and one handshake used, idle.
            waitUntil(() -> server.open.get() <= 8);
            waitUntil(() ->
                    threads().stream().noneMatch(thread -> thread.getName().startsWith("mcp-")));
            assertThat(connected(
                            () -> mcp.callTool("query", Map.of("answer", true)).text()))
                    .isEqualTo("done");
        }
    }

    /** Where a connection has little time, one or the other try may fail. */
    private static <T> T connected(Supplier<T> call) {
        while (true) {
            try {
                return call.get();
            } catch (McpException e) {
                assertThat(e.code()).isEqualTo("MCP_UNREACHABLE");
            }
        }
    }

    /** The first are answered when all of them have been asked: so many are under way at one moment. */
    @Test
    @EnabledForJreRange(minVersion = 21)
    void tenThousandCallsAtOnceEndOnVirtualThreads() throws Exception {
        int together = connectionsAtOnce();
        ExecutorService callers = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        try (BusyMcpServer server = new BusyMcpServer(McpNothingIsLeftTest::modern);
                McpClient mcp =
                        McpClient.builder(server.uri()).tokens(new Tokens("t1")).build()) {
            mcp.server();
            server.answerTogether(together);
            List<Future<String>> answers = new ArrayList<>();

            for (int i = 0; i < MANY; i++) {
                int number = i;
                if (i == together) {
                    // All the connections there may be are open: the others take those that have their answer.
                    answers.get(0).get();
                }
                answers.add(callers.submit(
                        () -> mcp.callTool("query", Map.of("n", number)).text()));
            }

            for (int i = 0; i < MANY; i++) {
                assertThat(answers.get(i).get()).isEqualTo("n=" + i);
            }
            assertThat(server.accepted).hasValueGreaterThanOrEqualTo(together);
        }
    }

    /** Both ends of each are in this process. */
    private static int connectionsAtOnce() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        long files = system instanceof UnixOperatingSystemMXBean unix ? unix.getMaxFileDescriptorCount() : 20_000;
        return (int) Math.min(MANY, files / 5 * 2);
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
                .timeout(CALL_TIME)
                .onProgress(progress -> assertThat(ear).isNotNull());
        return catchThrowableOfType(McpException.class, () -> mcp.with(options).callTool("query", Map.of()))
                .code();
    }

    /** Tool calls that get no answer are counted. */
    private static BusyMcpServer.Script counting(AtomicInteger arrived) {
        return (verb, message, id) -> {
            String answer = legacy(verb, message, id);
            if (message.contains("\"tools/call\"") && answer.isEmpty()) {
                arrived.incrementAndGet();
            }
            return answer;
        };
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
