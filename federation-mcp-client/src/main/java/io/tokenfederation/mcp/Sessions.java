// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.FederationException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Keeps the one session, and lets one handshake at a time make it. */
final class Sessions {
    /** How a thread gives up for reasons of its own, which are not those of the threads that wait with it. */
    private static final Set<String> OWN_REASONS = Set.of(
            McpErrorCode.MCP_INTERRUPTED.name(),
            McpErrorCode.MCP_TIMED_OUT.name(),
            "TOKEN_WAIT_INTERRUPTED",
            "TOKEN_WAIT_TIMED_OUT");

    /**
     * The handshake that goes on, or the session it made.
     *
     * <ol>
     *   <li>null: no session. The thread that puts a future here makes the handshake, on its own time.
     *   <li>A future that is not done: the others wait for it, each within its own deadline.
     *   <li>A future with a session: all use it. Whoever learns that the server has lost this very session puts null.
     *   <li>A handshake that fails puts null first and then fails its future, so nothing of it is remembered. Those who
     *       waited fail with it, unless it was the first thread alone that gave up: then they begin anew.
     *   <li>The closed future: for ever. A handshake that still goes on fails for those who wait for it; the thread that
     *       makes it notices when it is done, and ends what it began.
     * </ol>
     */
    private final AtomicReference<@Nullable CompletableFuture<Session>> current = new AtomicReference<>();

    private final CompletableFuture<Session> closed = new CompletableFuture<>();

    private final Endpoint endpoint;
    private final Goodbye goodbye;
    private final Handshake handshake;

    Sessions(Endpoint endpoint, Handshake handshake) {
        this.endpoint = endpoint;
        this.goodbye = new Goodbye(endpoint);
        closed.completeExceptionally(closedException());
        this.handshake = handshake;
    }

    Session current(Call call) {
        while (true) {
            CompletableFuture<Session> attempt = current.get();
            if (attempt == closed) {
                throw closedException();
            }
            if (attempt != null) {
                if (!attempt.isDone()) {
                    // Whoever makes the handshake may be waiting for the token, which is nobody's time.
                    endpoint.token(call.deadline());
                }
                Session session = await(attempt, call.deadline());
                if (session != null) {
                    return session;
                }
            } else {
                CompletableFuture<Session> mine = new CompletableFuture<>();
                if (current.compareAndSet(null, mine)) {
                    return begin(mine, call);
                }
            }
        }
    }

    /** Whether there is one, or will be. */
    boolean known() {
        return current.get() != null;
    }

    /** Whether it is this session that calls are made in now. */
    boolean holds(Session session) {
        CompletableFuture<Session> attempt = current.get();
        return attempt != null && made(attempt) == session;
    }

    /** The server no longer knows this session; if another has taken its place already, that one stays. */
    void lost(Session session) {
        CompletableFuture<Session> attempt = current.get();
        if (attempt != null && made(attempt) == session) {
            current.compareAndSet(attempt, null);
        }
    }

    /** Ends the session, if there is one; there will be no other. */
    void close(CallHeaders headers) {
        CompletableFuture<Session> attempt = current.getAndSet(closed);
        // Whoever completes it first ends the session: this thread one that is there, the other one that is to come.
        if (attempt != null && !attempt.completeExceptionally(closedException())) {
            Session session = made(attempt);
            if (session != null) {
                goodbye.say(session, headers);
            }
        }
    }

    static IllegalStateException closedException() {
        return new IllegalStateException("the MCP client is closed");
    }

    private Session begin(CompletableFuture<Session> mine, Call call) {
        try {
            Session session = handshake.begin(call);
            if (!mine.complete(session)) {
                goodbye.say(session, call.headers());
                throw closedException();
            }
            return session;
        } catch (RuntimeException | Error e) {
            current.compareAndSet(mine, null);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    /** The session of another thread's handshake; null if that thread gave up for reasons of its own. */
    private static @Nullable Session await(CompletableFuture<Session> attempt, Deadline deadline) {
        try {
            return attempt.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new McpException(McpErrorCode.MCP_TIMED_OUT
                    .problem("waited for the handshake of another call and ran out of time")
                    .fix("Try again, or raise requestTimeout, or CallOptions.timeout where the call sets it; the"
                            + " request was not sent, so no tool has run.")
                    .cause(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new McpException(McpErrorCode.MCP_INTERRUPTED
                    .problem("the thread was interrupted while it waited for the handshake of another call")
                    .cause(e));
        } catch (ExecutionException e) {
            return failed(e.getCause());
        }
    }

    /** One exception object in many threads would show the trace of one, and collect what each of them adds to it. */
    private static @Nullable Session failed(@Nullable Throwable failure) {
        if (failure instanceof FederationException e && OWN_REASONS.contains(e.code())) {
            return null;
        }
        if (failure instanceof McpException e) {
            throw e.anew();
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        throw new IllegalStateException("the handshake of another call failed", failure);
    }

    private static @Nullable Session made(CompletableFuture<Session> attempt) {
        return attempt.isDone() && !attempt.isCompletedExceptionally() ? attempt.join() : null;
    }
}
