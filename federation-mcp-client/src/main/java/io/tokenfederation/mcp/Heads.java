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
 * all else this client does for a small call. Keeps a few and no more; what is not there is put together anew. Thread-safe.
 */
final class Heads {
    /** A power of two. */
    private static final int PLACES = 64;

    /** What was put together of what. */
    private record Head(DatabricksToken token, CallHeaders who, Map<String, String> about, HttpHeaders headers) {
        /** Another object with the same token costs no more than putting the headers together again. */
        @SuppressWarnings("ReferenceEquality")
        boolean is(DatabricksToken otherToken, CallHeaders otherWho, Map<String, String> otherAbout) {
            return token == otherToken && who.equals(otherWho) && about.equals(otherAbout);
        }

        /** {@return nothing of it: one of the headers is the token} */
        @Override
        public String toString() {
            return "Head[]";
        }
    }

    private final AtomicReferenceArray<@Nullable Head> kept = new AtomicReferenceArray<>(PLACES);

    /** Of a POST in the name of somebody, with what else goes with it. */
    HttpHeaders of(DatabricksToken token, CallHeaders who, Map<String, String> about) {
        int hash = 31 * who.hashCode() + about.hashCode();
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        Head head = kept.get(place);
        if (head == null || !head.is(token, who, about)) {
            head = new Head(token, who, about, together(token, who, about));
            kept.set(place, head);
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
