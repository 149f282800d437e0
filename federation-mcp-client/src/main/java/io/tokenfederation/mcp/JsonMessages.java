// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A reply that is one JSON document: one message. */
final class JsonMessages implements Messages {
    private final ReplyBody body;
    private final int limit;
    private boolean read;

    JsonMessages(ReplyBody body, int limit) {
        this.body = body;
        this.limit = limit;
    }

    @Override
    public @Nullable JsonNode next(Deadline deadline) throws IOException, InterruptedException {
        if (read) {
            return null;
        }
        read = true;
        return JsonRpc.read(body.whole(limit, deadline));
    }
}
