// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A document put together by the threads that read it from the connection, whose caches hold it. For the JDK's {@code
 * fromSubscriber}, which lets nobody see it before it is whole.
 */
final class GatheredDocument implements Flow.Subscriber<List<ByteBuffer>> {
    /** Who promises more and sends less has cost no more. */
    private static final long MOST_BELIEVED = 256 * 1_024;

    private final ByteBuilder gathered;
    private volatile @Nullable BadReplyException refused;

    /** Of at most so many bytes. */
    GatheredDocument(HttpResponse.ResponseInfo info, int limit) {
        this.gathered = new ByteBuilder((int) Math.min(MOST_BELIEVED, announced(info)), limit);
    }

    /** How long a body is said to be; zero if nothing is said, or nothing that can be. */
    static long announced(HttpResponse.ResponseInfo info) {
        List<String> lengths = info.headers().allValues("Content-Length");
        return lengths.isEmpty() ? 0 : Math.max(0, Long.parseLong(lengths.get(0)));
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    /** What is thrown here ends the exchange; over HTTP/1.1 it is also its failure. */
    @Override
    public void onNext(List<ByteBuffer> bytes) {
        try {
            for (ByteBuffer piece : bytes) {
                gathered.add(piece, piece.remaining());
            }
        } catch (BadReplyException e) {
            refused = e;
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        // The JDK fails the call with it.
    }

    @Override
    public void onComplete() {
        // The JDK gives the call its document.
    }

    /** What has been thrown; null if nothing. */
    @Nullable BadReplyException refused() {
        return refused;
    }

    /** All there is, once it is whole. */
    Slice take() {
        return gathered.takeFitting();
    }
}
