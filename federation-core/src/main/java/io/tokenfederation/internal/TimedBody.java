// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A body that must be complete within a time. The JDK's own timeout ends when the headers have come. When the time is over,
 * the body fails with a {@link TimeoutException}, and the subscription is cancelled, which closes the connection.
 *
 * @param <T> what is made of the body
 */
final class TimedBody<T> implements BodySubscriber<T> {
    private final BodySubscriber<T> body;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Watch watch;
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean timedOut;

    TimedBody(BodySubscriber<T> body, Duration left) {
        this.body = body;
        this.watch = Watch.over(left, this::late);
        body.getBody().whenComplete(this::done);
    }

    private void done(T value, @Nullable Throwable failure) {
        watch.ended();
        if (failure == null) {
            result.complete(value);
        } else {
            result.completeExceptionally(failure);
        }
    }

    private void late() {
        if (result.completeExceptionally(new TimeoutException())) {
            timedOut = true;
            Flow.Subscription open = subscription;
            if (open != null) {
                open.cancel();
            }
        }
    }

    @Override
    public CompletionStage<T> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription opened) {
        subscription = opened;
        if (timedOut) {
            opened.cancel();
        }
        body.onSubscribe(opened);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        body.onNext(bytes);
    }

    @Override
    public void onError(Throwable failure) {
        body.onError(failure);
    }

    @Override
    public void onComplete() {
        body.onComplete();
    }
}
