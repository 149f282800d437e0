// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A reply's body, handed to one reading thread piece by piece as it arrives, each wait bounded. One piece waits at most, so
 * that a reader who takes its time holds the sender back, and nothing is kept.
 */
final class StreamedBody implements BodySubscriber<StreamedBody>, AutoCloseable {
    private record Piece(
            List<ByteBuffer> bytes, boolean last, @Nullable Throwable failure) {}

    private final BlockingQueue<Piece> arrived = new LinkedBlockingQueue<>();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean ended;
    private volatile boolean closed;

    /** Ready as soon as the headers have come. */
    @Override
    public CompletionStage<StreamedBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription opened) {
        subscription = opened;
        if (closed) {
            opened.cancel();
        } else {
            opened.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        arrived.add(new Piece(bytes, false, null));
    }

    @Override
    public void onError(Throwable failure) {
        ended = true;
        arrived.add(new Piece(List.of(), true, failure));
    }

    @Override
    public void onComplete() {
        ended = true;
        arrived.add(new Piece(List.of(), true, null));
    }

    /** The next piece; null at the end of the body. */
    @Nullable List<ByteBuffer> next(CallDeadline deadline) throws IOException, InterruptedException {
        if (closed) {
            throw new IOException("the reply has been closed");
        }
        Piece piece = arrived.poll(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        if (piece == null) {
            throw new HttpTimeoutException("the reply stalled");
        }
        if (piece.last()) {
            arrived.add(piece);
            if (piece.failure() != null) {
                // Not its message: that of a chunk that cannot be read quotes it.
                throw new IOException("the connection broke", piece.failure());
            }
            return null;
        }
        Flow.Subscription source = subscription;
        if (source != null) {
            source.request(1);
        }
        return piece.bytes();
    }

    /** The body as far as the limit; what follows is left. */
    byte[] upTo(int limit, CallDeadline deadline) throws IOException, InterruptedException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (List<ByteBuffer> piece = next(deadline); piece != null && all.size() < limit; piece = next(deadline)) {
            for (ByteBuffer bytes : piece) {
                byte[] chunk = new byte[Math.min(bytes.remaining(), limit - all.size())];
                bytes.get(chunk);
                all.write(chunk, 0, chunk.length);
            }
        }
        return all.toByteArray();
    }

    /** Ends the exchange if it is still going on, and with it the connection. */
    @Override
    public void close() {
        closed = true;
        Flow.Subscription source = subscription;
        if (source != null && !ended) {
            source.cancel();
        }
    }
}
