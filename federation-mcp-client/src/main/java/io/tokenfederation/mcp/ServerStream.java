// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.FederationException;
import java.lang.ref.Cleaner;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream of a GET on which a server of the legacy era asks of its own accord, which many do even for a call that is
 * going on: what they send there while nobody listens is lost, and the call waits for ever. Open for as long as the session
 * is, and only where the application has something to answer with. In the modern era questions come with the call's answer.
 */
final class ServerStream {
    /** Calls wait for it no longer: some servers send no header before the first event. */
    private static final Duration OPENED_WITHIN = Duration.ofSeconds(1);

    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final int MOST_CONFLICTS = 20;
    private static final int CONFLICT = 409;

    /** The server has no such stream, or not for this session. */
    private static final Set<Integer> NONE = Set.of(404, 405);

    private static final Logger LOG = LoggerFactory.getLogger(ServerStream.class);

    private final Rpc rpc;
    private final Line line = new Line();

    private final ReentrantLock turn = new ReentrantLock();

    /** Whose stream the line is, also while it is paused; the lock is held while either changes. */
    private @Nullable Session newest;

    /** Ends the stream of a client that nobody holds any longer; so neither may the stream. */
    private static final class Forgotten {
        static final Cleaner CLEANER = Cleaner.create();
    }

    /** Waits for the server to answer; of what it tells there is nobody to hear. */
    private record Opening(CountDownLatch answer) implements Call.Ear {
        @Override
        public void hear(Message.Notification<?> notification) {}

        @Override
        public void answered() {
            answer.countDown();
        }
    }

    ServerStream(Rpc rpc) {
        this.rpc = rpc.unattended();
        if (rpc.questions().any()) {
            Forgotten.CLEANER.register(this, line::close);
        }
    }

    /** Opens it for a session that has begun; returns when the server has answered, or a moment later. */
    void open(Session session, Call call) {
        turn.lock();
        try {
            newest = session;
        } finally {
            turn.unlock();
        }
        reopen(session, call);
    }

    /** Opens it anew, unless another session has begun since, whose stream is then the one to keep. */
    void reopen(Session session, Call call) {
        if (!session.legacy() || !rpc.questions().any()) {
            return;
        }
        CountDownLatch answered = new CountDownLatch(1);
        Call listening = new Call(call.headers(), CallOptions.defaults(), Deadline.never(), new Opening(answered));
        Rpc asked = rpc;
        turn.lock();
        try {
            if (newest != session) {
                return;
            }
            line.replace(PendingCall.start(
                    () -> {
                        keepOpen(asked, session, listening, answered);
                        return null;
                    },
                    CallThreads.shared()));
        } finally {
            turn.unlock();
        }
        await(answered, call.deadline().orIn(OPENED_WITHIN));
    }

    /** Gives up that of the session until it is opened again: most servers allow a session one such stream. */
    void pause(Session session) {
        turn.lock();
        try {
            if (newest == session) {
                line.replace(null);
            }
        } finally {
            turn.unlock();
        }
    }

    /** For good. */
    void close() {
        line.close();
    }

    /** Hears what the server sends until the stream ends. */
    static void hear(Rpc rpc, Request<Boolean> request, Session session, Call call) {
        for (int attempt = 1; true; attempt++) {
            try {
                rpc.ask(request, session, call);
                return;
            } catch (McpException e) {
                // The server has not noticed yet that the stream before this one is closed.
                if (attempt == MOST_CONFLICTS || e.httpStatus().orElse(0) != CONFLICT || !slept(FIRST_WAIT, call)) {
                    throw e;
                }
            }
        }
    }

    private static void keepOpen(Rpc rpc, Session session, Call call, CountDownLatch answered) {
        Duration wait = FIRST_WAIT;
        while (true) {
            long begun = System.nanoTime();
            try {
                hear(rpc, Request.of(LegacySession.LISTEN, ResultReader::ofNothing), session, call);
            } catch (FederationException e) {
                LOG.debug("the server's own stream has ended with {}", e.code());
                boolean none = e instanceof McpException
                        && NONE.contains(e.httpStatus().orElse(0));
                if (none || McpErrorCode.MCP_SESSION_LOST.name().equals(e.code())) {
                    return;
                }
            } finally {
                answered.countDown();
            }
            if (!slept(wait, call)) {
                return;
            }
            boolean lasted = System.nanoTime() - begun > LONGEST_WAIT.toNanos();
            Duration longer = wait.multipliedBy(2);
            wait = lasted ? FIRST_WAIT : longer.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : longer;
        }
    }

    private static boolean slept(Duration time, Call call) {
        try {
            call.deadline().pause(time);
            return true;
        } catch (HttpTimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void await(CountDownLatch answered, Deadline deadline) {
        try {
            boolean opened = answered.await(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
            LOG.debug("the server has {} its own stream", opened ? "answered to" : "not yet opened");
        } catch (InterruptedException e) {
            // The call that comes next says so.
            Thread.currentThread().interrupt();
        }
    }

    /** Who keeps the stream open now. Knows nothing of the client, which may be forgotten. */
    private static final class Line {
        /** In place of the last stream, once there will be no other. */
        private static final Future<?> CLOSED = CompletableFuture.completedFuture(null);

        private final AtomicReference<@Nullable Future<?>> current = new AtomicReference<>();

        void replace(@Nullable Future<?> next) {
            Future<?> last = current.getAndUpdate(now -> now == CLOSED ? CLOSED : next);
            Future<?> over = last == CLOSED ? next : last;
            if (over != null) {
                over.cancel(true);
            }
        }

        void close() {
            replace(CLOSED);
        }
    }
}
