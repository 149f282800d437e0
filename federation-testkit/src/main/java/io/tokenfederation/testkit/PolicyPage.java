// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One page of a list. The token is the last policy of the page before, so that a policy that comes or goes shifts nothing. */
final class PolicyPage {
    /** Small, so that a client that does not follow pages is found out. */
    private static final int DEFAULT_SIZE = 10;

    private static final int LARGEST = 100;

    private PolicyPage() {}

    static Reply of(HttpCall call, String sizeParameter, List<KeptPolicy> all, Function<KeptPolicy, Object> json) {
        int from = call.parameter("page_token").map(token -> after(token, all)).orElse(0);
        int to = Math.min(all.size(), from + size(call, sizeParameter));
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("policies", all.subList(from, to).stream().map(json).toList());
        if (to < all.size()) {
            reply.put("next_page_token", token(all.get(to - 1).uid()));
        }
        return Reply.json(200, reply);
    }

    private static int size(HttpCall call, String parameter) {
        try {
            int size = call.parameter(parameter).map(Integer::parseInt).orElse(DEFAULT_SIZE);
            if (size > 0) {
                return Math.min(size, LARGEST);
            }
        } catch (NumberFormatException e) {
            // As wrong as one that is not positive.
        }
        throw DatabricksReplies.invalidParameter(parameter + " must be a positive number");
    }

    private static int after(String token, List<KeptPolicy> all) {
        for (int i = 0; i < all.size(); i++) {
            if (token(all.get(i).uid()).equals(token)) {
                return i + 1;
            }
        }
        throw DatabricksReplies.invalidParameter("page_token is invalid");
    }

    private static String token(String uid) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(uid.getBytes(StandardCharsets.UTF_8));
    }
}
