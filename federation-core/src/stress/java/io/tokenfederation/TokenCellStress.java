// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The hand-over of state between threads in a {@link TokenCell}: whatever the interleaving, each call answers as if the
 * calls had been made one after the other. Time stands still; renewals end when an operation says so. What starts and ends
 * an attempt is not run in parallel with its like, since between the taking of the slot and the start of the renewal there
 * is nothing that could end; {@link TokenCellConcurrencyTest} does that.
 */
public final class TokenCellStress {
    private final FakeClocks time = new FakeClocks();
    private final AtomicInteger minted = new AtomicInteger();
    private final Queue<CompletableFuture<TokenCell.Held<String>>> pending = new ConcurrentLinkedQueue<>();
    private final TokenCell<String> cell = new TokenCell<>(
            Side.DATABRICKS,
            (present, wanted) -> {
                CompletableFuture<TokenCell.Held<String>> renewal = new CompletableFuture<>();
                pending.add(renewal);
                return renewal;
            },
            time.clocks(),
            new Random(7),
            new Reporter<>(
                    new TokenEvent.Whose(TokenEvent.Kind.SERVICE_PRINCIPAL, Optional.empty()),
                    Object::toString,
                    event -> {}));

    @Operation
    public @Nullable String now() {
        return cell.now();
    }

    /** {@return whether the cell was open; the outcome is seen by the other operations} */
    @Operation(nonParallelGroup = "attempts")
    public boolean attempt() {
        try {
            return !cell.attempt(null).isCancelled();
        } catch (IllegalStateException closed) {
            return false;
        }
    }

    @Operation
    public void rejectTheFirst() {
        cell.reject("t1");
    }

    @Operation
    public void rejectTheSecond() {
        cell.reject("t2");
    }

    /** {@return whether a renewal was under way} */
    @Operation(nonParallelGroup = "attempts")
    public boolean succeed() {
        CompletableFuture<TokenCell.Held<String>> renewal = pending.poll();
        return renewal != null && renewal.complete(held("t" + minted.incrementAndGet()));
    }

    /** {@return whether a renewal was under way} */
    @Operation(nonParallelGroup = "attempts")
    public boolean fail() {
        CompletableFuture<TokenCell.Held<String>> renewal = pending.poll();
        return renewal != null
                && renewal.completeExceptionally(
                        new TokenExchangeException(Problem.of(ErrorCode.EXCHANGE_UNAVAILABLE, "down")));
    }

    @Operation
    public void close() {
        cell.close();
    }

    @Test
    void callsAnswerAsIfMadeOneAfterTheOtherUnderStress() {
        new StressOptions()
                .iterations(30)
                .invocationsPerIteration(1_000)
                .threads(3)
                .actorsPerThread(3)
                .check(TokenCellStress.class);
    }

    @Test
    void callsAnswerAsIfMadeOneAfterTheOtherInEveryInterleavingTried() {
        new ModelCheckingOptions()
                .iterations(30)
                .invocationsPerIteration(1_000)
                .threads(2)
                .actorsPerThread(3)
                .check(TokenCellStress.class);
    }

    private TokenCell.Held<String> held(String token) {
        return new TokenCell.Held<>(
                token,
                Lifetime.of(
                        time.now(), time.wall().plus(Duration.ofHours(1)), Lifetime.DATABRICKS_MARGIN, new Random(3)));
    }
}
