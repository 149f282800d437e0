// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The pages of lists that a server of the modern era lets its clients keep for a while. Shared by a client and its views, each
 * page under what was asked and, unless it is anybody's, who asked; given up when memory is short. Thread-safe.
 *
 * <ol>
 *   <li>A page holds for the time its server gave it, in the session it came in, and for nobody but those it was meant for.
 *   <li>What is {@linkplain #forget forgotten} stays so: a page asked for before and answered after is not kept.
 * </ol>
 */
final class KeptPages {
    /** Of long lists, and of people with lists of their own; beyond it those that hold no longer go, or all. */
    private static final int MOST = 256;

    /** JSON-RPC's "Invalid params": of a page, that its cursor leads nowhere any longer. */
    private static final int INVALID_PARAMS = -32602;

    /** What was asked, and on whose behalf; null if it is anybody's. */
    private record Key(
            String method, String params, @Nullable CallHeaders headers) {
        @Override
        public String toString() {
            return "Key[" + method + "]";
        }
    }

    private record Kept(Freshness fresh, Session session, SoftReference<Answer<?>> answer) {}

    private final Map<Key, Kept> pages = new ConcurrentHashMap<>();
    private final AtomicLong forgotten = new AtomicLong();

    <T> Answer<Page<T>> ask(Conversation conversation, Request<Page<T>> request, Call call) {
        Answer<Page<T>> known = known(conversation, request, call);
        if (known != null) {
            return known;
        }
        long before = forgotten.get();
        try {
            Answer<Page<T>> answer = conversation.ask(request, call);
            keep(request, call, answer, before);
            return answer;
        } catch (McpException e) {
            if (e.rpcCode().orElse(0) == INVALID_PARAMS) {
                // Its cursor came from a page that is kept: the next who asks begins anew ("Interaction with
                // Pagination").
                forget(request.method());
            }
            throw e;
        }
    }

    /** There is something new, or something does not fit. */
    void forget(String method) {
        forgotten.incrementAndGet();
        pages.keySet().removeIf(key -> key.method().equals(method));
    }

    /** What has changed, nobody knows. */
    void forgetAll() {
        forgotten.incrementAndGet();
        pages.clear();
    }

    private <T> @Nullable Answer<Page<T>> known(Conversation conversation, Request<Page<T>> request, Call call) {
        Kept own = pages.get(key(request, call, call.headers()));
        Kept kept = own == null ? pages.get(key(request, call, null)) : own;
        if (kept == null || kept.session() != conversation.session(call)) {
            return null;
        }
        if (!kept.fresh().holdsFor(conversation.token(call), call.headers())) {
            return null;
        }
        // A method's pages are all of one type.
        @SuppressWarnings("unchecked")
        Answer<Page<T>> answer = (Answer<Page<T>>) kept.answer().get();
        return answer;
    }

    private <T> void keep(Request<Page<T>> request, Call call, Answer<Page<T>> answer, long before) {
        Freshness fresh = answer.value().hint().from(answer.asked(), call.headers());
        if (answer.session().legacy() || fresh.over()) {
            return;
        }
        if (pages.size() >= MOST) {
            pages.values().removeIf(kept -> kept.fresh().over());
            if (pages.size() >= MOST) {
                pages.clear();
            }
        }
        Key key = key(request, call, fresh.anybodys() ? null : call.headers());
        Kept kept = new Kept(fresh, answer.session(), new SoftReference<>(answer));
        pages.put(key, kept);
        if (forgotten.get() != before) {
            pages.remove(key, kept);
        }
    }

    private static Key key(Request<?> request, Call call, @Nullable CallHeaders headers) {
        return new Key(
                request.method(), request.params().text() + call.options().ownMeta(), headers);
    }

    /** {@return how many; not which} */
    @Override
    public String toString() {
        return "KeptPages[" + pages.size() + "]";
    }
}
