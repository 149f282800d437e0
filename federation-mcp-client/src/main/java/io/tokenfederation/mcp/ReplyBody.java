// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.internal.Watch;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.Flow.Publisher;
import org.jspecify.annotations.Nullable;

/**
 * A reply's body, handed to the calling thread piece by piece as it arrives, each wait bounded by a deadline.
 *
 * <p>The caller's thread does the reading, so that it can answer a server's request while the stream goes on. One thread
 * reads; the HTTP client's threads deliver, or the reader's own. At most one piece of an event stream waits. A JSON document
 * has arrived whole before its reader is woken, but for short ones on newer JDKs: waking is most of what a small answer
 * costs. So both are read within the JDK's own subscribers: for one of somebody else's the JDK changes threads once more.
 */
final class ReplyBody implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {
    /**
     * How long a reply may go on when its answer has been read. To cut it off costs the connection; and the JDK, if the
     * reply ends at that very moment, has given the connection to another call already, which then fails.
     */
    private static final Duration GRACE = Duration.ofMillis(250);

    private static final long MOST_REST = 64 * 1_024;

    /** On 25 it ends {@code fromSubscriber} in the common pool, on 17 where the last bytes came. Not known of those between. */
    private static final int LAST_TO_END_AT_ONCE = 21;

    /** What the JDK reads from a connection at once: a document of no more has mostly come when its headers have. */
    private static final int ONE_READ = 16 * 1_024;

    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;

    private static final String JSON = "application/json";

    private record Piece(
            List<ByteBuffer> bytes, boolean last, @Nullable Throwable failure) {}

    private final int limit;
    private final boolean readsShort;
    private final Arrivals<Piece> arrived = new Arrivals<>();
    private volatile @Nullable BodySubscriber<Publisher<List<ByteBuffer>>> unread;
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean ended;
    private volatile boolean closed;
    private volatile boolean settled;
    private volatile @Nullable Watch grace;

    /** Null if the body is read piece by piece. */
    private @Nullable GatheredDocument document;

    private long rest;

    ReplyBody(int limit) {
        this(limit, Runtime.version().feature() > LAST_TO_END_AT_ONCE);
    }

    /** Where {@code fromSubscriber} ends in another thread, short documents are better read by the call's own. */
    ReplyBody(int limit, boolean readsShort) {
        this.limit = limit;
        this.readsShort = readsShort;
    }

    /** The status and the headers have come, and an answer is to follow. */
    BodySubscriber<Publisher<List<ByteBuffer>>> begin(HttpResponse.ResponseInfo info) {
        boolean accepted = info.statusCode() >= 200 && info.statusCode() < 300;
        if (info.statusCode() == ACCEPTED || info.statusCode() == NO_CONTENT) {
            return statusOnly(info);
        }
        List<String> types = info.headers().allValues("Content-Type");
        boolean json = accepted && (types.isEmpty() || isJson(types.get(0)));
        return json && !closed && !(readsShort && comesAtOnce(info)) ? whole(info) : piecemeal();
    }

    private static boolean isJson(String type) {
        return type.regionMatches(true, 0, JSON, 0, JSON.length())
                && (type.length() == JSON.length()
                        || type.charAt(JSON.length()) == ';'
                        || type.charAt(JSON.length()) == ' ');
    }

    /** In HTTP/2 headers and body never come in one. */
    private static boolean comesAtOnce(HttpResponse.ResponseInfo info) {
        long announced = GatheredDocument.announced(info);
        return announced > 0 && announced <= ONE_READ && info.version() == HttpClient.Version.HTTP_1_1;
    }

    /** They have come, and say all: what follows, if it ever ends, is read by nobody. */
    BodySubscriber<Publisher<List<ByteBuffer>>> statusOnly(HttpResponse.ResponseInfo info) {
        // A body that is empty ends with the headers, and then its connection is free for the next call.
        boolean empty = info.headers().firstValueAsLong("Content-Length").orElse(-1) == 0;
        return empty ? whole(info) : piecemeal();
    }

    /** For a body the call's thread is woken for at its end, when all of it is there: no more is published. */
    private BodySubscriber<Publisher<List<ByteBuffer>>> whole(HttpResponse.ResponseInfo info) {
        GatheredDocument all = new GatheredDocument(info, limit);
        document = all;
        return BodySubscribers.fromSubscriber(all, whole -> {
            over(null);
            return nobody -> {};
        });
    }

    /** For one it is woken for at once, to read as it comes. */
    private BodySubscriber<Publisher<List<ByteBuffer>>> piecemeal() {
        BodySubscriber<Publisher<List<ByteBuffer>>> body = BodySubscribers.ofPublisher();
        unread = body;
        if (closed) {
            refuse(body);
        }
        return body;
    }

    /** Why the exchange failed. Over HTTP/2 the JDK says of a body that was refused only that its stream was cancelled. */
    IOException reason(IOException failure) {
        GatheredDocument gathered = document;
        BadReplyException refused = gathered == null ? null : gathered.refused();
        return refused == null ? failure : refused;
    }

    /** The call has ended before its thread had this: what has begun by now, or begins yet, is read by nobody. */
    void abandon() {
        closed = true;
        BodySubscriber<Publisher<List<ByteBuffer>>> begun = unread;
        if (begun != null) {
            refuse(begun);
        }
    }

    /** Subscribes, which is the one way to end what is published. */
    private void refuse(BodySubscriber<Publisher<List<ByteBuffer>>> body) {
        body.getBody().thenAccept(published -> published.subscribe(this));
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        if (closed) {
            subscription.cancel();
        } else {
            subscription.request(settled ? Long.MAX_VALUE : 1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        if (settled) {
            letGo(bytes);
            return;
        }
        arrived.bring(new Piece(bytes, false, null));
    }

    @Override
    public void onError(Throwable failure) {
        over(failure);
    }

    @Override
    public void onComplete() {
        over(null);
    }

    /** The next piece; null at the end of the body. */
    @Nullable List<ByteBuffer> next(Deadline deadline) throws IOException, InterruptedException {
        Piece piece = arrived.take(deadline);
        if (piece == null) {
            throw new HttpTimeoutException("the reply stalled");
        }
        if (piece.last()) {
            arrived.bring(piece);
            if (piece.failure() != null) {
                throw new IOException("the connection broke", piece.failure());
            }
            return null;
        }
        more();
        return piece.bytes();
    }

    private void more() {
        Flow.Subscription source = subscription;
        if (source != null) {
            source.request(1);
        }
    }

    /** The whole body. */
    Slice readWhole(Deadline deadline) throws IOException, InterruptedException {
        GatheredDocument gathered = document;
        if (gathered != null) {
            return gathered.take();
        }
        ByteBuilder all = new ByteBuilder(0, limit);
        readInto(all, deadline);
        return all.take();
    }

    /** The body of what is no answer; fails if it is larger than the builder may become. */
    void readInto(ByteBuilder all, Deadline deadline) throws IOException, InterruptedException {
        for (List<ByteBuffer> piece = next(deadline); piece != null; piece = next(deadline)) {
            for (ByteBuffer bytes : piece) {
                all.add(bytes, bytes.remaining());
            }
        }
    }

    /**
     * Nobody reads on: the rest is let go of as it comes, so that the connection is free for the next call when the reply
     * ends. Of a reply that goes on for long, or does not end soon, the connection is closed. Waits for nothing.
     */
    void settle() {
        settled = true;
        if (ended) {
            return;
        }
        Watch end = Watch.over(GRACE, this::end);
        grace = end;
        // Where the body has not begun yet, its beginning does the same.
        Flow.Subscription source = subscription;
        if (source != null) {
            source.request(Long.MAX_VALUE);
        }
        if (ended) {
            end.ended();
        }
    }

    /** Ends the exchange if it is still going on, and with it the connection; not if what is left comes to its end by itself. */
    @Override
    public void close() {
        if (!settled) {
            end();
        }
    }

    private void end() {
        closed = true;
        Flow.Subscription source = subscription;
        if (source != null && !ended) {
            source.cancel();
        }
    }

    private void letGo(List<ByteBuffer> bytes) {
        for (ByteBuffer piece : bytes) {
            rest += piece.remaining();
        }
        if (rest > MOST_REST) {
            end();
        }
    }

    /** Nothing more comes. */
    private void over(@Nullable Throwable failure) {
        ended = true;
        arrived.bring(new Piece(List.of(), true, failure));
        Watch watch = grace;
        if (watch != null) {
            watch.ended();
        }
    }
}
