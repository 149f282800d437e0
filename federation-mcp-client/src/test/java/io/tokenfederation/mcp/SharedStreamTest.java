// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several who hear one stream: each on its own thread, and none the worse for the others. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SharedStreamTest {
    private static final Session SESSION = new LegacySession("2025-11-25", "s1", ServerInfo.UNKNOWN);

    private final SharedStream stream = new SharedStream();

    /** What the stream does, step by step, on the thread of the first. */
    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();

    private interface Step {
        void take(Call.Ear ear) throws IOException;
    }

    /** Hears names, and may throw. */
    private record Hearer(
            BlockingQueue<String> heard, @Nullable RuntimeException failure) implements Call.Ear {
        Hearer() {
            this(new LinkedBlockingQueue<>(), null);
        }

        @Override
        public void hear(Message.Notification<?> notification) {
            heard.add(notification.method());
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public void answered() {
            heard.add("open");
        }
    }

    @Test
    void whoComesLaterHearsThatItIsOpenAndAllThatFollows() throws Exception {
        Hearer first = new Hearer();
        Hearer later = new Hearer();
        CompletableFuture<Void> hearing = listen(first);
        steps.add(Call.Ear::answered);
        assertThat(first.heard.take()).isEqualTo("open");

        CompletableFuture<Void> following = listen(later);
        assertThat(later.heard.take()).isEqualTo("open");
        steps.add(news("a"));
        steps.add(news("b"));

        assertThat(List.of(later.heard.take(), later.heard.take())).containsExactly("a", "b");
        steps.add(ear -> {
            throw new McpException(McpErrorCode.MCP_SESSION_LOST.problem("gone"));
        });
        assertThatThrownBy(hearing::join).hasMessageContaining("gone");
        assertThatThrownBy(following::join).hasMessageContaining("gone");
    }

    @Test
    void listenerThatThrowsEndsTheListeningOfNobodyElse() throws Exception {
        McpException own = new McpException(McpErrorCode.MCP_TOOL_FAILED.problem("in the listener"));
        Hearer first = new Hearer(new LinkedBlockingQueue<>(), own);
        Hearer later = new Hearer();
        CompletableFuture<Void> hearing = listen(first);
        steps.add(Call.Ear::answered);
        assertThat(first.heard.take()).isEqualTo("open");
        CompletableFuture<Void> following = follow(later);

        steps.add(news("a"));

        assertThatThrownBy(hearing::join).cause().isSameAs(own);
        following.join();
        assertThat(later.heard).containsExactly("open", "a");
    }

    @Test
    void refusalOfOneCallerEndsTheListeningOfNoOther() throws Exception {
        Hearer alice = new Hearer();
        Hearer bob = new Hearer();
        CompletableFuture<Void> alices = listen(alice);
        steps.add(Call.Ear::answered);
        assertThat(alice.heard.take()).isEqualTo("open");
        CompletableFuture<Void> bobs = follow(bob);

        steps.add(ear -> {
            throw new McpException(Problem.of(ErrorCode.PERMISSION_DENIED, "not for alice"));
        });

        assertThatThrownBy(alices::join).hasMessageContaining("not for alice");
        bobs.join();
        assertThat(bob.heard).containsExactly("open");
    }

    @Test
    void whoLagsFarBehindHasMissedSomethingAndHoldsUpNobody() throws Exception {
        CountDownLatch awake = new CountDownLatch(1);
        CountDownLatch asleep = new CountDownLatch(1);
        Hearer first = new Hearer();
        BlockingQueue<String> late = new LinkedBlockingQueue<>();
        CompletableFuture<Void> hearing = listen(first);
        steps.add(Call.Ear::answered);
        first.heard.take();
        CompletableFuture<Void> following = listen(new Call.Ear() {
            @Override
            public void answered() {
                asleep.countDown();
                await(awake);
            }

            @Override
            public void hear(Message.Notification<?> notification) {
                late.add(notification.method());
            }
        });
        asleep.await();

        for (int i = 0; i <= 1_000; i++) {
            steps.add(news("a"));
        }
        for (int i = 0; i <= 1_000; i++) {
            first.heard.take();
        }
        awake.countDown();

        following.join();
        assertThat(late).isEmpty();
        assertThat(hearing).isNotDone();
    }

    @Test
    void sessionsHaveStreamsOfTheirOwn() throws Exception {
        Hearer first = new Hearer();
        CompletableFuture<Void> hearing = listen(first);
        steps.add(Call.Ear::answered);
        first.heard.take();
        CountDownLatch opened = new CountDownLatch(1);

        stream.hear(
                new LegacySession("2025-11-25", "s2", ServerInfo.UNKNOWN),
                call(new Hearer()),
                call -> opened.countDown());

        assertThat(opened.getCount()).isZero();
        steps.add(ear -> {
            throw new McpException(McpErrorCode.MCP_SESSION_LOST.problem("gone"));
        });
        assertThatThrownBy(hearing::join).hasMessageContaining("gone");
    }

    private CompletableFuture<Void> follow(Hearer later) throws InterruptedException {
        CompletableFuture<Void> following = listen(later);
        assertThat(later.heard.take()).isEqualTo("open");
        later.heard.add("open");
        return following;
    }

    private CompletableFuture<Void> listen(Call.Ear ear) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> listening = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            begun.countDown();
            try {
                stream.hear(SESSION, call(ear), this::walk);
                listening.complete(null);
            } catch (RuntimeException e) {
                listening.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        begun.await();
        return listening;
    }

    private void walk(Call call) {
        try {
            while (true) {
                steps.take().take(call.ear());
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Step news(String name) {
        return ear -> ear.hear(new Message.Notification<>(name, Slice.of("{}")));
    }

    private static Call call(Call.Ear ear) {
        return Call.of(CallHeaders.NONE, CallOptions.defaults(), Deadline.in(Duration.ofMinutes(1)))
                .hearing(ear);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
