// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static io.tokenfederation.Loopback.EAST;
import static io.tokenfederation.Loopback.HOUR;
import static io.tokenfederation.Loopback.NORTH;
import static io.tokenfederation.Loopback.WEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CloseTest {
    private final Loopback loopback = new Loopback();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);

    @AfterEach
    void stop() {
        mayGoOn.countDown();
        loopback.close();
    }

    static Stream<Function<DatabricksTokenExchanger, Object>> calls() {
        return Stream.of(
                exchanger -> exchanger.tokenFor(WEST),
                exchanger -> exchanger.tokenFor(WEST, TokenDemand.livingFor(HOUR)),
                exchanger -> exchanger.tokenForAsync(WEST).join(),
                exchanger -> exchanger.readyTokenFor(WEST),
                exchanger -> exchanger.sourceFor(WEST).token(),
                exchanger -> exchanger.tokenFor(EAST),
                exchanger -> exchanger.readyTokenFor(EAST));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void whoAsksLaterIsTold(Function<DatabricksTokenExchanger, Object> call) {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        exchanger.tokenFor(WEST);

        exchanger.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> call.apply(exchanger))
                .withMessageContaining("closed");
        assertThat(loopback.databricks.count()).isEqualTo(1);
    }

    @Test
    void usersWhoAskLaterAreToldWhetherTheyAreKnownOrNot() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        IdpToken known = loopback.userJwt();
        exchanger.tokenForUser(known);

        exchanger.close();

        assertThatIllegalStateException().isThrownBy(() -> exchanger.tokenForUser(known));
        assertThatIllegalStateException().isThrownBy(() -> exchanger.tokenForUser(loopback.userJwt()));
        assertThat(loopback.databricks.count()).isEqualTo(1);
    }

    @Test
    void sourceTakenBeforeAnyTokenWasAskedForIsClosedToo() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        DatabricksTokenSource west = exchanger.sourceFor(WEST);
        DatabricksTokenSource user = exchanger.sourceForUser(loopback.userJwt());

        exchanger.close();

        assertThatIllegalStateException().isThrownBy(west::token);
        assertThatIllegalStateException().isThrownBy(user::token);
    }

    @Test
    void closingTwiceIsAllowed() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        exchanger.close();

        Throwable failure = catchThrowable(exchanger::close);

        assertThat(failure).isNull();
    }

    /** The source ignores its interruption, so nothing but the closing itself can release the waiter. */
    @Test
    void whoWaitsIsReleasedThoughTheAttemptGoesOn() throws InterruptedException {
        DatabricksTokenExchanger exchanger = loopback.builder().build();
        loopback.source.then(this::stubborn);
        CompletableFuture<DatabricksToken> waiting = exchanger.tokenForAsync(WEST);
        CompletableFuture<Throwable> blocked =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> exchanger.tokenFor(WEST)));
        reached.await();

        exchanger.close();

        assertThat(blocked.join()).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        assertThat(waiting).isCompletedExceptionally();
    }

    @Test
    void whoWaitsInTheQueueIsReleasedToo() throws InterruptedException {
        List<Runnable> queued = new ArrayList<>();
        DatabricksTokenExchanger exchanger =
                loopback.builder().executor(queued::add).build();
        CompletableFuture<DatabricksToken> west = exchanger.tokenForAsync(WEST);
        CompletableFuture<DatabricksToken> east = exchanger.tokenForAsync(EAST);

        exchanger.close();

        assertThat(west).isCompletedExceptionally();
        assertThat(east).isCompletedExceptionally();
    }

    @Test
    void lateSuccessBringsNoTokenBack() {
        List<Runnable> queued = new ArrayList<>();
        DatabricksTokenExchanger exchanger =
                loopback.builder().executor(queued::add).build();
        CompletableFuture<DatabricksToken> waiting = exchanger.tokenForAsync(WEST);
        exchanger.close();

        while (!queued.isEmpty()) {
            queued.remove(0).run();
        }

        assertThat(waiting).isCompletedExceptionally();
        assertThatIllegalStateException().isThrownBy(() -> exchanger.readyTokenFor(WEST));
        assertThat(loopback.databricks.count()).isZero();
    }

    @Test
    void lateSuccessOfACellIsDropped() {
        ScriptedRenewal renewal = new ScriptedRenewal(loopback.time);
        TokenCell<String> cell = renewal.cell();
        CompletableFuture<String> waiting = cell.attempt(null);
        cell.close();

        renewal.succeed(HOUR);

        assertThat(cell.now()).isNull();
        assertThat(waiting).isCompletedExceptionally();
    }

    @Test
    void ownThreadsEnd() throws InterruptedException {
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        loopback.source.then(() -> {
            worker.complete(Thread.currentThread());
            return loopback.userJwt();
        });
        DatabricksTokenExchanger exchanger = loopback.builder().build();
        exchanger.tokenFor(WEST);

        exchanger.close();

        worker.join().join();
        assertThat(worker.join().isAlive()).isFalse();
    }

    @Test
    void executorOfTheApplicationGoesOn() {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            DatabricksTokenExchanger exchanger =
                    loopback.builder().executor(threads).build();
            exchanger.tokenFor(WEST);

            exchanger.close();

            assertThat(threads.isShutdown()).isFalse();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void closingOneExchangerLeavesAnotherAlone() {
        DatabricksTokenExchanger other = loopback.onTheSpot();

        loopback.onTheSpot().close();

        assertThat(other.tokenFor(NORTH).servicePrincipal()).contains(NORTH);
    }

    private IdpToken stubborn() {
        reached.countDown();
        boolean waiting = true;
        while (waiting) {
            try {
                mayGoOn.await();
                waiting = false;
            } catch (InterruptedException e) {
                waiting = true;
            }
        }
        return loopback.userJwt();
    }
}
