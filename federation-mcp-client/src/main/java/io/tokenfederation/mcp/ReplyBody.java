// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A reply's body, handed to the calling thread piece by piece as it arrives, each wait bounded by a deadline.
 *
 * <p>The caller's thread does the reading, so that it can answer a server's request while the stream goes on. One thread
 * reads; the HTTP client's threads deliver. At most one piece of an event stream waits. A JSON document has arrived, whole
 * or as far as the limit, before its reader is woken: that is once, and waking is most of what a small answer costs.
 */
final class ReplyBody implements BodySubscriber<ReplyBody>, AutoCloseable {
    /** A body read to its end leaves the connection for the next call; one that is cut off does not. */
    private static final Duration GRACE = Duration.ofMillis(2);

    private static final String EVENTS = "text/event-stream";
    private static final String JSON = "application/json";

    private record Piece(
            List<ByteBuffer> bytes, boolean last, @Nullable Throwable failure) {}

    private final int limit;
    private final CompletableFuture<ReplyBody> ready = new CompletableFuture<>();
    private final BlockingQueue<Piece> arrived = new LinkedBlockingQueue<>();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean ended;
    private volatile boolean closed;

    private boolean stream;
    private long length;

    ReplyBody(int limit) {
        this.limit = limit;
    }

    /** The status and the headers have come. */
    ReplyBody begin(HttpResponse.ResponseInfo info) {
        String type = info.headers().firstValue("Content-Type").orElse(JSON);
        boolean accepted = info.statusCode() >= 200 && info.statusCode() < 300;
        stream = !accepted || !startsWith(type, JSON);
        // The status says enough of a refusal, and the type of a web page: neither waits for a body.
        if (stream && !(accepted && startsWith(type, EVENTS))) {
            ready.complete(this);
        }
        return this;
    }

    private static boolean startsWith(String type, String wanted) {
        return type.regionMatches(true, 0, wanted, 0, wanted.length());
    }

    /** Ready with the first piece of an event stream, with the last of a JSON document. */
    @Override
    public CompletionStage<ReplyBody> getBody() {
        return ready;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        if (closed) {
            subscription.cancel();
        } else {
            subscription.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        for (ByteBuffer piece : bytes) {
            length += piece.remaining();
        }
        boolean enough = stream || length > limit;
        arrived.add(new Piece(bytes, false, null));
        if (enough) {
            ready.complete(this);
        } else {
            more();
        }
    }

    @Override
    public void onError(Throwable failure) {
        ended = true;
        arrived.add(new Piece(List.of(), true, failure));
        ready.complete(this);
    }

    @Override
    public void onComplete() {
        ended = true;
        arrived.add(new Piece(List.of(), true, null));
        ready.complete(this);
    }

    /** The next piece; null at the end of the body. */
    @Nullable List<ByteBuffer> next(Deadline deadline) throws IOException, InterruptedException {
        Piece piece = arrived.poll(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        if (piece == null) {
            throw new HttpTimeoutException("the reply stalled");
        }
        if (piece.last()) {
            arrived.add(piece);
            if (piece.failure() != null) {
                throw new IOException("the connection broke", piece.failure());
            }
            return null;
        }
        if (stream) {
            more();
        }
        return piece.bytes();
    }

    private void more() {
        Flow.Subscription source = subscription;
        if (source != null) {
            source.request(1);
        }
    }

    /** The whole body; fails if it is larger than the builder may become. */
    void readInto(ByteBuilder all, Deadline deadline) throws IOException, InterruptedException {
        for (List<ByteBuffer> piece = next(deadline); piece != null; piece = next(deadline)) {
            for (ByteBuffer bytes : piece) {
                all.add(bytes, bytes.remaining());
            }
        }
    }

    /** Waits a moment for an end that is about to come, then closes. */
    void settle() throws InterruptedException {
        try {
            Deadline soon = Deadline.in(GRACE);
            while (next(soon) != null) {
                // What follows the answer is of no interest.
            }
        } catch (IOException e) {
            // The answer is in hand; how its stream ends does not matter.
        } finally {
            close();
        }
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
