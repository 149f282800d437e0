// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;

/** Where the pieces of a body come from: counts what is asked for, and knows when it is cut off. */
final class ReplySource implements Flow.Subscription {
    long requested;
    volatile boolean cancelled;
    final CountDownLatch cut = new CountDownLatch(1);

    @Override
    public void request(long n) {
        requested = requested + n < 0 || n == Long.MAX_VALUE ? Long.MAX_VALUE : requested + n;
    }

    @Override
    public void cancel() {
        cancelled = true;
        cut.countDown();
    }

    /** A body whose stream has begun. */
    static ReplyBody stream() {
        ReplyBody stream = new ReplyBody(3);
        stream.begin(new ReplyStart(200, "text/event-stream"));
        return stream;
    }

    static List<ByteBuffer> piece(String... texts) {
        return List.of(texts).stream()
                .map(text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }
}
