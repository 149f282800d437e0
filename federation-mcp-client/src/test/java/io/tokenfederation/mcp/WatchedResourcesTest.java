// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever overtakes what: a resource that somebody listens to is told of, and any other is stopped once. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class WatchedResourcesTest {
    private static final String URI = "file:///a";
    private static final Deadline FAR = Deadline.in(Duration.ofMinutes(1));
    private static final Session SESSION = new LegacySession("2025-11-25", "s1", ServerInfo.UNKNOWN);

    /** What nobody waits for, until the test lets it be done. */
    private final Queue<Consumer<Deadline>> waiting = new ArrayDeque<>();

    private final List<String> asked = new ArrayList<>();
    private Runnable whileItIsAsked = () -> {};
    private Session inUse = SESSION;
    private boolean takes = true;
    private final WatchedResources watched = new WatchedResources(
            session -> session == inUse, work -> takes && waiting.add(work), (request, session, call) -> {
                asked.add(request.method());
                whileItIsAsked.run();
            });

    @Test
    void whoListensAgainBeforeTheServerIsAskedIsToldOn() {
        listen();
        leave();

        listen();
        deliver();

        assertThat(asked).isEmpty();
    }

    @Test
    void serverIsAskedOnceHoweverOftenListenersCameAndWent() {
        for (int i = 0; i < 3; i++) {
            listen();
            leave();
        }

        deliver();

        assertThat(asked).containsExactly("resources/unsubscribe");
    }

    @Test
    void listenerThatIsLeftKeepsTheServerTelling() {
        listen();
        listen();

        leave();
        deliver();

        assertThat(asked).isEmpty();
    }

    @Test
    void whoComesWhileTheServerIsAskedWaitsForItsAnswer() {
        listen();
        leave();
        CompletableFuture<List<String>> turn = new CompletableFuture<>();
        whileItIsAsked = () -> {
            watched.join(Set.of(URI));
            turn.completeAsync(() -> {
                watched.awaitTurn(URI, FAR);
                return List.copyOf(asked);
            });
            // Time enough to come too early.
            assertThatThrownBy(() -> turn.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(Exception.class);
            asked.add("answered");
        };

        deliver();

        assertThat(turn.join()).containsExactly("resources/unsubscribe", "answered");
    }

    @Test
    void whoHasNoTimeToWaitGoesOn() {
        listen();
        leave();
        whileItIsAsked = () -> {
            watched.join(Set.of(URI));
            watched.awaitTurn(URI, Deadline.in(Duration.ofMillis(1)));
            asked.add("gone on");
        };

        deliver();

        assertThat(asked).containsExactly("resources/unsubscribe", "gone on");
    }

    @Test
    void serverThatFailsIsNotAskedAgainAndHoldsUpNobody() {
        listen();
        leave();
        whileItIsAsked = () -> {
            throw new McpException(McpErrorCode.MCP_TIMED_OUT.problem("no answer"));
        };

        deliver();
        watched.join(Set.of(URI));
        watched.awaitTurn(URI, FAR);
        leave();
        deliver();

        assertThat(asked).hasSize(1);
    }

    @Test
    void whoLeavesManyHasThemStoppedInOneGo() {
        Set<String> uris = Set.of("file:///1", "file:///2", "file:///3");
        watched.join(uris);
        uris.forEach(uri -> watched.subscribed(uri, SESSION));
        whileItIsAsked = () -> {
            throw new McpException(McpErrorCode.MCP_TIMED_OUT.problem("no answer"));
        };

        watched.leave(uris, CallHeaders.NONE);

        assertThat(waiting).hasSize(1);
        deliver();
        assertThat(asked).hasSize(3);
        assertThat(watched.size()).isZero();
    }

    @Test
    void whatThereIsNoTimeForIsForgotten() {
        listen();
        leave();

        waiting.remove().accept(Deadline.in(Duration.ZERO));

        assertThat(asked).isEmpty();
        assertThat(watched.size()).isZero();
    }

    @Test
    void whatNobodyHasRoomForIsForgotten() {
        listen();
        takes = false;

        leave();

        assertThat(watched.size()).isZero();
        listen();
        assertThat(watched.size()).isOne();
    }

    @Test
    void sessionThatIsNoLongerInUseIsAskedNothing() {
        listen();
        leave();

        inUse = new LegacySession("2025-11-25", "s2", ServerInfo.UNKNOWN);
        deliver();

        assertThat(asked).isEmpty();
    }

    @Test
    void closedClientAsksNothingThoughItWaitsAlready() {
        listen();
        listen();
        leave();
        leave();

        watched.close();
        deliver();

        assertThat(asked).isEmpty();
    }

    private void listen() {
        watched.join(Set.of(URI));
        watched.awaitTurn(URI, FAR);
        watched.subscribed(URI, SESSION);
    }

    private void leave() {
        watched.leave(Set.of(URI), CallHeaders.NONE);
    }

    private void deliver() {
        for (Consumer<Deadline> next = waiting.poll(); next != null; next = waiting.poll()) {
            next.accept(FAR);
        }
    }
}
