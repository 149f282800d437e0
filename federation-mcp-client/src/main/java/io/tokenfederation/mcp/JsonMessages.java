// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A reply that is one JSON document: one message. */
final class JsonMessages implements Messages {
    private final ReplyBody body;
    private boolean read;

    JsonMessages(ReplyBody body) {
        this.body = body;
    }

    @Override
    public @Nullable Slice next(Deadline deadline) throws IOException, InterruptedException {
        if (read) {
            return null;
        }
        read = true;
        return body.readWhole(deadline);
    }
}
