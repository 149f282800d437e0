// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reply that is an event stream: a message per event, given out as soon as the event is complete. */
final class SseMessages implements Messages {
    private final ReplyBody body;
    private final SseParser parser;
    private Iterator<SseEvent> parsed = Collections.emptyIterator();
    private Iterator<ByteBuffer> arrived = Collections.emptyIterator();
    private boolean ended;

    SseMessages(ReplyBody body, int limit) {
        this.body = body;
        this.parser = new SseParser(limit);
    }

    @Override
    public @Nullable Slice next(Deadline deadline) throws IOException, InterruptedException {
        while (true) {
            while (parsed.hasNext()) {
                SseEvent event = parsed.next();
                if (event.carriesMessage()) {
                    return event.data();
                }
            }
            if (ended) {
                return null;
            }
            readOn(deadline);
        }
    }

    @Override
    public boolean areEvents() {
        return true;
    }

    @Override
    public @Nullable String lastEventId() {
        return parser.lastId();
    }

    @Override
    public @Nullable Duration retry() {
        return parser.retry();
    }

    @Override
    public boolean mayGoOn() {
        return !ended;
    }

    private void readOn(Deadline deadline) throws IOException, InterruptedException {
        if (!arrived.hasNext()) {
            List<ByteBuffer> piece = body.next(deadline);
            if (piece == null) {
                ended = true;
                parsed = parser.end().iterator();
                return;
            }
            arrived = piece.iterator();
        }
        if (arrived.hasNext()) {
            parsed = parser.feed(arrived.next()).iterator();
        }
    }
}
