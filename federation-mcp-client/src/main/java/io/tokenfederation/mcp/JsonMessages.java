// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A reply that is one JSON document: one message. */
final class JsonMessages implements Messages {
    private final Received reply;
    private final int limit;
    private boolean read;

    JsonMessages(Received reply, int limit) {
        this.reply = reply;
        this.limit = limit;
    }

    @Override
    public @Nullable Slice next(Deadline deadline) throws IOException, InterruptedException {
        if (read) {
            return null;
        }
        read = true;
        // A document has arrived whole before anybody reads it.
        ByteBuilder all = new ByteBuilder(reply.body().arrivedLength(), limit);
        reply.body().readInto(all, deadline);
        return all.take();
    }
}
