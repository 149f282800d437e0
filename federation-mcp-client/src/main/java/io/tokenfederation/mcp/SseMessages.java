// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reply that is an event stream: a message per event, given out as soon as the event is complete. */
final class SseMessages implements Messages {
    private final ReplyBody body;
    private final SseParser parser;
    private final Deque<SseEvent> parsed = new ArrayDeque<>(2);
    private boolean ended;

    SseMessages(ReplyBody body, int limit) {
        this.body = body;
        this.parser = new SseParser(limit);
    }

    @Override
    public @Nullable Slice next(Deadline deadline) throws IOException, InterruptedException {
        while (true) {
            SseEvent event = parsed.poll();
            if (event == null && ended) {
                return null;
            }
            if (event == null) {
                readOn(deadline);
            } else if (event.carriesMessage()) {
                return event.data();
            }
        }
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
        List<ByteBuffer> piece = body.next(deadline);
        if (piece == null) {
            ended = true;
            parsed.addAll(parser.end());
            return;
        }
        for (ByteBuffer bytes : piece) {
            parsed.addAll(parser.feed(bytes));
        }
    }
}
