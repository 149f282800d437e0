// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resources that somebody listens to, and the session in which a server of the legacy era was asked to tell of each: it
 * tells all who listen of it, so it is asked to stop when the last of them has gone. Nobody waits for that, and it may fail.
 * Thread-safe.
 *
 * <ol>
 *   <li>A listener counts from before it subscribes until it has gone for good, whatever streams it loses meanwhile.
 *   <li>The server is asked to stop only if nobody listens at that moment, in the session in which it was last asked to tell,
 *       and only while that is the one that is in use.
 *   <li>Who comes while the server is being asked to stop subscribes when it has answered, so that the last word counts.
 * </ol>
 */
final class WatchedResources {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedResources.class);

    /** As long as a courier takes at most; a listener that waited any longer would wait for nothing. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Predicate<? super Session> inUse;
    private final Predicate<Consumer<Deadline>> later;
    private final Server server;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stopped = lock.newCondition();

    /** Under the lock, as all that is in it. */
    private final Map<String, Watched> watched = new HashMap<>();

    /** The end of the session says it all; under the lock. */
    private boolean closed;

    private static final class Watched {
        private int listeners;
        private @Nullable Session toldIn;
        private boolean stopping;
    }

    /** Is asked, and has answered on return. */
    @FunctionalInterface
    interface Server {
        void ask(Request<Boolean> request, Session session, Call call);
    }

    /** Does what nobody waits for on a thread of its own, if there is one to be had. */
    WatchedResources(Predicate<? super Session> inUse, Predicate<Consumer<Deadline>> later, Server server) {
        this.inUse = inUse;
        this.later = later;
        this.server = server;
    }

    void join(Set<String> uris) {
        lock.lock();
        try {
            uris.forEach(uri -> of(uri).listeners++);
        } finally {
            lock.unlock();
        }
    }

    /** To be called by one who has joined, before the server is asked to tell. */
    void awaitTurn(String uri, Deadline deadline) {
        lock.lock();
        try {
            long left = deadline.orIn(LONGEST).left().toNanos();
            while (of(uri).stopping && left > 0) {
                left = stopped.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new McpException(McpErrorCode.MCP_INTERRUPTED
                    .problem("the thread was interrupted before it could listen")
                    .cause(e));
        } finally {
            lock.unlock();
        }
    }

    /** The server has agreed to tell, in this session. */
    void subscribed(String uri, Session session) {
        lock.lock();
        try {
            of(uri).toldIn = session;
        } finally {
            lock.unlock();
        }
    }

    /** One who has joined is gone. */
    void leave(Set<String> uris, CallHeaders headers) {
        List<String> left = uris.stream().filter(this::wasLast).toList();
        if (!left.isEmpty() && !later.test(deadline -> stop(left, headers, deadline))) {
            left.forEach(this::giveUp);
        }
    }

    /** From now on the server is asked nothing. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private boolean wasLast(String uri) {
        lock.lock();
        try {
            Watched left = of(uri);
            left.listeners--;
            forget(uri, left);
            return left.listeners == 0 && left.toldIn != null && !closed;
        } finally {
            lock.unlock();
        }
    }

    /** One after another, so that they hold up nothing else; those for which there is no time are not stopped. */
    private void stop(List<String> uris, CallHeaders headers, Deadline deadline) {
        for (String uri : uris) {
            if (deadline.passed()) {
                giveUp(uri);
                continue;
            }
            try {
                stop(uri, Call.of(headers, CallOptions.defaults(), deadline));
            } catch (McpException e) {
                LOG.debug("the server did not stop telling of a resource: {}", e.code());
            }
        }
    }

    private void stop(String uri, Call call) {
        Session session = toStopIn(uri);
        if (session == null) {
            return;
        }
        try {
            server.ask(
                    Request.of("resources/unsubscribe", ResultReader::ofNothing).with("uri", uri), session, call);
        } finally {
            hasStopped(uri);
        }
    }

    /** Null if there is nothing to stop; who comes now has to wait otherwise. */
    private @Nullable Session toStopIn(String uri) {
        lock.lock();
        try {
            Watched left = of(uri);
            Session toldIn = left.toldIn;
            if (left.listeners > 0 || left.stopping || toldIn == null) {
                forget(uri, left);
                return null;
            }
            left.toldIn = null;
            left.stopping = !closed && inUse.test(toldIn);
            forget(uri, left);
            return left.stopping ? toldIn : null;
        } finally {
            lock.unlock();
        }
    }

    /** The server tells on, and nobody listens. */
    private void giveUp(String uri) {
        lock.lock();
        try {
            Watched left = of(uri);
            if (left.listeners == 0) {
                left.toldIn = null;
            }
            forget(uri, left);
        } finally {
            lock.unlock();
        }
    }

    private void hasStopped(String uri) {
        lock.lock();
        try {
            Watched left = of(uri);
            left.stopping = false;
            forget(uri, left);
            stopped.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many are known; none once nobody listens. */
    int size() {
        lock.lock();
        try {
            return watched.size();
        } finally {
            lock.unlock();
        }
    }

    private Watched of(String uri) {
        return watched.computeIfAbsent(uri, any -> new Watched());
    }

    private void forget(String uri, Watched one) {
        if (one.listeners == 0 && one.toldIn == null && !one.stopping) {
            watched.remove(uri);
        }
    }
}
