// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One page of a list, with what the protocol leaves to the server used to the full: no {@code items} where there are none,
 * and no {@code nextPageToken} on an only page, but an empty one on the last of several.
 */
final class SharingPage {
    /** Small, so that a client that does not follow pages is found out. */
    private static final int LARGEST = 10;

    private SharingPage() {}

    static Reply of(HttpCall call, Sealed sealed, List<? extends Map<String, ?>> all) {
        String token = call.parameter("pageToken").orElse("");
        int from = token.isEmpty() ? 0 : position(call, sealed, token, all.size());
        int to = Math.min(all.size(), from + size(call));
        Map<String, Object> reply = new LinkedHashMap<>();
        if (to > from) {
            reply.put("items", all.subList(from, to));
        }
        if (to < all.size()) {
            reply.put("nextPageToken", sealed.token(Map.of("of", call.path(), "at", to)));
        } else if (!token.isEmpty()) {
            reply.put("nextPageToken", "");
        }
        return Reply.json(200, reply).header("Content-Type", "application/json; charset=utf-8");
    }

    private static int size(HttpCall call) {
        try {
            int asked = call.parameter("maxResults").map(Integer::parseInt).orElse(LARGEST);
            if (asked >= 0) {
                return Math.min(asked, LARGEST);
            }
        } catch (NumberFormatException e) {
            throw SharingReplies.invalid("expected a number but the string didn't have the appropriate format");
        }
        throw SharingReplies.invalid("Acceptable values of 'maxResults' are 0 to " + Integer.MAX_VALUE + ".");
    }

    private static int position(HttpCall call, Sealed sealed, String token, int size) {
        return sealed.open(token)
                .filter(content -> content.path("of").asText().equals(call.path()))
                .map(content -> content.path("at"))
                .map(JsonNode::asInt)
                .map(at -> Math.min(at, size))
                .orElseThrow(() -> SharingReplies.invalid("invalid pageToken"));
    }
}
