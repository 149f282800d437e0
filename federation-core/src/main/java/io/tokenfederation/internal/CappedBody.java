// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;

/** Collects a body up to a limit, and ends the exchange when it is larger. */
final class CappedBody implements Flow.Subscriber<List<ByteBuffer>> {
    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);

    private CappedBody(int limit) {
        this.limit = limit;
    }

    /** In the JDK's own subscriber, which spares each reply a change of threads that a foreign one costs. */
    static BodySubscriber<byte[]> upTo(int limit) {
        return BodySubscribers.fromSubscriber(new CappedBody(limit), body -> body.bytes.toByteArray());
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    /** What is thrown here ends the exchange, and is its failure. */
    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (bytes.size() + buffer.remaining() > limit) {
                throw new UncheckedIOException(new ReplyTooLargeException(limit));
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
