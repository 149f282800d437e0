// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static io.tokenfederation.Loopback.WEST;
import static io.tokenfederation.LoopbackTokenEndpoint.refusesTheJwt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code tokenForAsync} and {@code readyTokenFor}; attempts run when the test says so. */
final class AskingWithoutWaitingTest {
    private final Loopback loopback = new Loopback();
    private final List<Runnable> queued = new ArrayList<>();
    private final DatabricksTokenExchanger exchanger =
            loopback.builder().executor(queued::add).build();

    @AfterEach
    void stop() {
        loopback.close();
    }

    @Test
    void cancellingOneCallDisturbsNobody() {
        CompletableFuture<DatabricksToken> impatient = exchanger.tokenForAsync(WEST);
        CompletableFuture<DatabricksToken> patient = exchanger.tokenForAsync(WEST);

        impatient.cancel(true);
        runAttempts();

        assertThat(impatient).isCancelled();
        assertThat(patient.join().servicePrincipal()).contains(WEST);
        assertThat(loopback.databricks.count()).isEqualTo(1);
    }

    @Test
    void completingOneCallGivesNobodyElseThatToken() {
        CompletableFuture<DatabricksToken> tampered = exchanger.tokenForAsync(WEST);
        CompletableFuture<DatabricksToken> other = exchanger.tokenForAsync(WEST);
        DatabricksToken forged = DatabricksToken.of("forged", Instant.MAX);

        tampered.complete(forged);
        runAttempts();

        assertThat(other.join()).isNotEqualTo(forged);
        assertThat(exchanger.tokenFor(WEST)).isNotEqualTo(forged);
    }

    @Test
    void completingWhatWasThereAtOnceChangesNothingEither() {
        ask();
        runAttempts();
        DatabricksToken forged = DatabricksToken.of("forged", Instant.MAX);

        exchanger.tokenForAsync(WEST).obtrudeValue(forged);

        assertThat(exchanger.tokenForAsync(WEST).join()).isNotEqualTo(forged);
    }

    @Test
    void failingOneCallIsNoFailureOfTheAttempt() {
        CompletableFuture<DatabricksToken> tampered = exchanger.tokenForAsync(WEST);

        tampered.completeExceptionally(new IllegalStateException("a caller's own"));
        runAttempts();

        assertThat(exchanger.readyTokenFor(WEST)).isPresent();
    }

    @Test
    void failureIsTheTypedOne() {
        loopback.databricks.answer(form -> refusesTheJwt());
        CompletableFuture<DatabricksToken> waiting = exchanger.tokenForAsync(WEST);
        runAttempts();

        CompletableFuture<DatabricksToken> late = exchanger.tokenForAsync(WEST);

        assertThat(List.of(waiting, late)).allSatisfy(call -> {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(call::get)
                    .havingCause()
                    .isInstanceOfSatisfying(
                            TokenExchangeException.class,
                            e -> assertThat(e.code()).isEqualTo("NO_FEDERATION_POLICY"));
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(call::join)
                    .withCauseInstanceOf(TokenExchangeException.class);
        });
    }

    @Test
    void tokenThatIsThereIsGivenAtOnce() {
        ask();
        runAttempts();

        CompletableFuture<DatabricksToken> call = exchanger.tokenForAsync(WEST);

        assertThat(call).isCompletedWithValue(exchanger.tokenFor(WEST));
    }

    @Test
    void lookingStartsNoFirstAttempt() {
        Optional<DatabricksToken> seen = exchanger.readyTokenFor(WEST);

        assertThat(seen).isEmpty();
        assertThat(queued).isEmpty();
        assertThat(loopback.events).isEmpty();
    }

    @Test
    void lookingDuringTheFirstAttemptFindsNothingYet() {
        ask();

        assertThat(exchanger.readyTokenFor(WEST)).isEmpty();
        runAttempts();
        assertThat(exchanger.readyTokenFor(WEST)).isPresent();
    }

    @Test
    void lookingStartsARenewalThatIsDueAndGivesThePresentToken() {
        ask();
        runAttempts();
        Optional<DatabricksToken> first = exchanger.readyTokenFor(WEST);
        loopback.time.advance(Loopback.DUE);

        Optional<DatabricksToken> during = exchanger.readyTokenFor(WEST);
        runAttempts();

        assertThat(during).isEqualTo(first);
        assertThat(exchanger.readyTokenFor(WEST)).isPresent().isNotEqualTo(first);
    }

    @Test
    void lookingAtATokenThatHasEndedFindsNothing() {
        ask();
        runAttempts();
        loopback.time.advance(Loopback.HOUR);

        assertThat(exchanger.readyTokenFor(WEST)).isEmpty();
        assertThat(queued).isEmpty();
    }

    private void ask() {
        assertThat(exchanger.tokenForAsync(WEST)).isNotDone();
    }

    private void runAttempts() {
        while (!queued.isEmpty()) {
            queued.remove(0).run();
        }
    }
}
