// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A reply that is one JSON document: one message. */
final class JsonMessages implements Messages {
    private static final int UNANNOUNCED = 1_024;

    /** What a server says of its own length is not worth more memory than this. */
    private static final int BELIEVED = 1 << 20;

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
        long announced = reply.headers().firstValueAsLong("Content-Length").orElse(UNANNOUNCED);
        ByteBuilder all = new ByteBuilder((int) Math.max(0, Math.min(announced, BELIEVED)), limit);
        reply.body().readInto(all, deadline);
        return all.take();
    }
}
