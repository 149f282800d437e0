// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects a body up to a limit, and ends the exchange when it is larger. */
final class CappedBody implements Flow.Subscriber<List<ByteBuffer>> {
    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);

    private volatile @Nullable ReplyTooLargeException refused;

    /** For one reply. */
    CappedBody(int limit) {
        this.limit = limit;
    }

    /** For a reply over HTTP/1.1. */
    static BodySubscriber<byte[]> upTo(int limit) {
        return new CappedBody(limit).subscriber();
    }

    /** In the JDK's own subscriber, which spares each reply a change of threads that a foreign one costs. */
    BodySubscriber<byte[]> subscriber() {
        return BodySubscribers.fromSubscriber(this, body -> body.bytes.toByteArray());
    }

    /** Why the exchange failed. Over HTTP/2 the JDK says of a body that was refused only that its stream was cancelled. */
    IOException reason(IOException failure) {
        ReplyTooLargeException large = refused;
        return large == null ? failure : large;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    /** What is thrown here ends the exchange; over HTTP/1.1 it is also its failure. */
    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (bytes.size() + buffer.remaining() > limit) {
                ReplyTooLargeException large = new ReplyTooLargeException(limit);
                refused = large;
                throw new UncheckedIOException(large);
            }
            byte[] chunk = new byte[buffer.remaining()];
            buffer.get(chunk);
            bytes.write(chunk, 0, chunk.length);
        }
    }

    @Override
    public void onError(Throwable failure) {
        // The JDK's subscriber has it.
    }

    @Override
    public void onComplete() {
        // The same.
    }
}
