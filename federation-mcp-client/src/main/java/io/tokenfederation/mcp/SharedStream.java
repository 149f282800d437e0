// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one stream a server of the legacy era tells its changes on, for all who listen on a client: of several it would tell
 * each of its messages to one alone, and most allow no second (2025-11-25, "Multiple Connections"). Who comes first hears
 * the stream on its own thread and hands on what it hears; the others hear that on theirs. When the first one goes, those
 * who are left come back, one as the first. Thread-safe.
 */
final class SharedStream {
    /** Who lags as far behind has missed something. */
    private static final int MOST = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Heard current;

    /** Hears what is told in the session until the stream ends; only the first who comes opens it. */
    void hear(Session session, Call call, Consumer<Call> open) {
        Heard mine = new Heard(session);
        Follower follower = followerOrFirst(mine);
        if (follower != null) {
            follower.follow(call.ear());
            return;
        }
        McpException failure = null;
        try {
            open.accept(call.hearing(mine.before(call.ear())));
        } catch (McpException e) {
            failure = mine.firstFailed || !isForAll(e) ? null : e;
            throw e;
        } finally {
            end(mine, failure);
        }
    }

    /** Another caller, with a token or headers of its own, may be refused nothing, and hears its own refusal otherwise. */
    private static boolean isForAll(McpException failure) {
        return failure.retryable() && !McpErrorCode.MCP_INTERRUPTED.is(failure);
    }

    /** Null for the first. */
    private @Nullable Follower followerOrFirst(Heard mine) {
        lock.lock();
        try {
            if (current != null && current.session == mine.session) {
                return current.joined();
            }
            current = mine;
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void end(Heard mine, @Nullable McpException failure) {
        lock.lock();
        try {
            if (current == mine) {
                current = null;
            }
            mine.tell(new End(failure));
        } finally {
            lock.unlock();
        }
    }

    /** What is handed on. */
    @FunctionalInterface
    private interface News {
        void tell(Call.Ear ear) throws IOException;
    }

    /** It is over; for all if the server has failed, which is then no reason to come back at once. */
    private record End(@Nullable McpException failure) implements News {
        @Override
        public void tell(Call.Ear ear) {
            if (failure != null) {
                throw failure.anew();
            }
        }
    }

    /** A stream that is being heard, and those who hear it with the first; changed under the lock alone. */
    private final class Heard {
        private final Session session;
        private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
        private boolean open;

        /** Known to the first one's thread alone. */
        private boolean firstFailed;

        Heard(Session session) {
            this.session = session;
        }

        Follower joined() {
            Follower follower = new Follower(this);
            followers.add(follower);
            if (open) {
                follower.take(Call.Ear::answered);
            }
            return follower;
        }

        void tell(News news) {
            followers.forEach(follower -> follower.take(news));
        }

        /** The others first: what the first one's listener does with it may take long. */
        Call.Ear before(Call.Ear first) {
            return new Call.Ear() {
                @Override
                public void hear(Message.Notification<?> notification) throws IOException {
                    handOn(ear -> ear.hear(notification), false);
                    firstFailed = true;
                    first.hear(notification);
                    firstFailed = false;
                }

                @Override
                public void answered() {
                    handOn(Call.Ear::answered, true);
                    firstFailed = true;
                    first.answered();
                    firstFailed = false;
                }
            };
        }

        private void handOn(News news, boolean opened) {
            lock.lock();
            try {
                open |= opened;
                tell(news);
            } finally {
                lock.unlock();
            }
        }
    }

    /** One who hears what another hears. */
    private static final class Follower {
        private final Heard heard;
        private final BlockingQueue<News> news = new LinkedBlockingQueue<>();

        Follower(Heard heard) {
            this.heard = heard;
        }

        void take(News next) {
            if (news.size() < MOST) {
                news.add(next);
                return;
            }
            heard.followers.remove(this);
            news.clear();
            news.add(new End(null));
        }

        void follow(Call.Ear ear) {
            try {
                for (News next = news.take(); ; next = news.take()) {
                    next.tell(ear);
                    if (next instanceof End) {
                        return;
                    }
                }
            } catch (IOException e) {
                throw new McpException(McpErrorCode.MCP_REPLY_UNREADABLE
                        .problem(LegacySession.LISTEN + ": the server's news cannot be read")
                        .cause(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new McpException(McpErrorCode.MCP_INTERRUPTED
                        .problem("the thread was interrupted while it listened for changes")
                        .cause(e));
            } finally {
                heard.followers.remove(this);
            }
        }
    }
}
