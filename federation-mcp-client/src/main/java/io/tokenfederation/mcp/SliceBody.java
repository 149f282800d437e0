// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/** A message as the body of a request, in one piece and without a copy; the JDK's own publisher makes one. */
final class SliceBody implements BodyPublisher {
    private final Slice json;

    SliceBody(Slice json) {
        this.json = json;
    }

    @Override
    public long contentLength() {
        return json.length();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Piece(json, subscriber));
    }

    /** Gives the one piece to the first who asks, or to nobody. */
    private static final class Piece implements Flow.Subscription {
        private final AtomicBoolean given = new AtomicBoolean();
        private final Slice json;
        private final Flow.Subscriber<? super ByteBuffer> subscriber;

        Piece(Slice json, Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.json = json;
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            if (!given.compareAndSet(false, true)) {
                return;
            }
            if (n <= 0) {
                subscriber.onError(new IllegalArgumentException("nothing was asked for"));
                return;
            }
            subscriber.onNext(ByteBuffer.wrap(json.bytes(), json.from(), json.length()));
            subscriber.onComplete();
        }

        @Override
        public void cancel() {
            given.set(true);
        }
    }
}
