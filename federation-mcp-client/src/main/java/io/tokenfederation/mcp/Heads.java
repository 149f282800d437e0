// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.DatabricksToken;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The headers of requests, kept for the next that asks the same in the same name: putting them together costs more than
 * all else this client does for a small call. Keeps a few and no more; what is not there is put together anew.
 *
 * <p>Keeps no longer what carries a token that another has followed, and never what carries a tool's arguments. Thread-safe.
 */
final class Heads {
    /** A power of two. */
    private static final int PLACES = 64;

    /** What was put together of what, besides the token. */
    private record Head(CallHeaders who, Map<String, String> about, HttpHeaders headers) {
        /** Mostly it is the very same person, as with the token. */
        @SuppressWarnings("ReferenceEquality")
        boolean is(CallHeaders otherWho, Map<String, String> otherAbout) {
            return (who == otherWho || who.equals(otherWho)) && about.equals(otherAbout);
        }

        /** {@return nothing of it: one of the headers is the token} */
        @Override
        public String toString() {
            return "Head[]";
        }
    }

    /** All that carry one token: they go together when another is used. */
    private static final class OfOneToken {
        private final DatabricksToken token;
        private final AtomicReferenceArray<@Nullable Head> heads = new AtomicReferenceArray<>(PLACES);

        OfOneToken(DatabricksToken token) {
            this.token = token;
        }

        /** Mostly it is the very same object, and comparing two tokens takes time. */
        @SuppressWarnings("ReferenceEquality")
        boolean carry(DatabricksToken other) {
            return token == other || token.equals(other);
        }
    }

    private volatile @Nullable OfOneToken kept;

    /** Of a POST in the name of somebody, with what else goes with it. */
    HttpHeaders of(DatabricksToken token, CallHeaders who, Map<String, String> about) {
        for (String name : about.keySet()) {
            if (name.startsWith(ToolBook.PREFIX)) {
                return together(token, who, about);
            }
        }
        OfOneToken same = kept;
        if (same == null || !same.carry(token)) {
            same = new OfOneToken(token);
            kept = same;
        }
        int hash = 31 * who.hashCode() + about.hashCode();
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        Head head = same.heads.get(place);
        if (head == null || !head.is(who, about)) {
            head = new Head(who, about, together(token, who, about));
            same.heads.set(place, head);
        }
        return head.headers();
    }

    private static HttpHeaders together(DatabricksToken token, CallHeaders who, Map<String, String> about) {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        who.addTo((name, value) -> all.put(name, List.of(value)), token);
        // A tool may want two headers whose names differ in nothing but case.
        about.forEach((name, value) ->
                all.computeIfAbsent(name, none -> new ArrayList<>(1)).add(value));
        all.put("Content-Type", List.of("application/json"));
        all.put("Accept", List.of("application/json, text/event-stream"));
        return HttpHeaders.of(all, (name, value) -> true);
    }
}
