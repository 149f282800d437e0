// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a listing, read whole.
 *
 * @param items what is on it; may be nothing though more follows
 * @param next where the next one is; empty on the last
 */
record ListPage<T>(List<T> items, Optional<String> next) {
    private static final int MOST_BYTES = 16 << 20;

    static <T> ListPage<T> read(Answer answer, Duration patience, Function<JsonNode, Optional<T>> reader)
            throws IOException, InterruptedException {
        JsonNode reply = object(answer, patience);
        JsonNode said = reply.path("items");
        if (!said.isArray() && !said.isMissingNode() && !said.isNull()) {
            throw answer.unreadable("its items are no list");
        }
        List<T> items = new ArrayList<>();
        for (JsonNode item : said) {
            items.add(reader.apply(item).orElseThrow(() -> answer.unreadable("an item has no name that can be used")));
        }
        if (!Json.isTextOrNothing(reply, "nextPageToken")) {
            throw answer.unreadable("its nextPageToken is no text");
        }
        return new ListPage<>(items, Json.text(reply, "nextPageToken").filter(token -> !token.isEmpty()));
    }

    static JsonNode object(Answer answer, Duration patience) throws IOException, InterruptedException {
        try (StreamedBody body = answer.body()) {
            byte[] utf8 = body.upTo(MOST_BYTES + 1, CallDeadline.in(patience));
            if (utf8.length > MOST_BYTES) {
                throw answer.unreadable("it is larger than " + MOST_BYTES + " bytes");
            }
            return Json.object(utf8).orElseThrow(() -> answer.unreadable("it is no JSON object"));
        }
    }
}
