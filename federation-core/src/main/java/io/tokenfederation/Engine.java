// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import io.tokenfederation.internal.ReplyDates;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What every token of one exchanger is kept with: threads, clocks, dice, and who is told. */
final class Engine {
    /** While somebody waits for it, a call is worth three tries; a renewal in the background comes round again anyway. */
    private static final int TRIES_WHILE_WAITED_FOR = 3;

    private final Attempts attempts;
    private final Clocks clocks;
    private final RandomGenerator random;
    private final Consumer<? super TokenEvent> listener;
    private final Duration waitTimeout;
    private final ClockSkew skew;

    Engine(
            Attempts attempts,
            Clocks clocks,
            RandomGenerator random,
            Consumer<? super TokenEvent> listener,
            Duration waitTimeout) {
        this.attempts = attempts;
        this.clocks = clocks;
        this.random = random;
        this.listener = listener;
        this.waitTimeout = waitTimeout;
        this.skew = new ClockSkew(clocks.wall());
    }

    Clocks clocks() {
        return clocks;
    }

    RandomGenerator random() {
        return random;
    }

    Duration waitTimeout() {
        return waitTimeout;
    }

    ClockSkew skew() {
        return skew;
    }

    <T> Reporter<T> reporter(TokenEvent.Whose whose, Function<T, String> tokenId) {
        return new Reporter<>(whose, tokenId, listener);
    }

    /**
     * Runs a call that blocks, on a thread of its own.
     *
     * @param waitedFor whether callers have no token until it returns
     */
    <T> CompletableFuture<T> run(Supplier<T> call, boolean waitedFor, Reporter<?> reporter) {
        Retry retry = new Retry(waitedFor ? TRIES_WHILE_WAITED_FOR : 1, attempts.deadline(), clocks, random);
        Supplier<T> watched = () -> ReplyDates.observing(date -> skew.heard(date, reporter), call);
        return attempts.run(() -> retry.call(
                watched,
                (failure, pause) -> reporter.report(new TokenEvent.Retried(reporter.whose(), failure, pause))));
    }
}
