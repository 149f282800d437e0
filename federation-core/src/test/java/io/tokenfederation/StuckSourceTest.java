// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import example.app.Jwts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class StuckSourceTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final ServicePrincipal WEST = ServicePrincipal.of("bc3cfe6c-0f34-4b4a-9c39-2a1d1c9a0001");
    private static final ServicePrincipal EAST = ServicePrincipal.of("bc3cfe6c-0f34-4b4a-9c39-2a1d1c9a0002");

    private final FakeClocks time = new FakeClocks();
    private final CountingSource source = new CountingSource(time, HOUR);
    private LoopbackTokenEndpoint databricks;

    @BeforeEach
    void startDatabricks() throws IOException {
        databricks = new LoopbackTokenEndpoint();
    }

    @AfterEach
    void stopDatabricks() {
        databricks.close();
    }

    /** Scenario S8: an exchange of the same JWT succeeds, and gains nothing. */
    @Test
    void noExchangeIsSentThatCannotHelp() {
        DatabricksTokenExchanger exchanger = stuckAfterTheFirst();

        serveUntil(exchanger, Duration.ofSeconds(3_559));

        assertThat(databricks.count()).isEqualTo(1);
    }

    @Test
    void stuckSourceIsNotHammered() {
        DatabricksTokenExchanger exchanger = stuckAfterTheFirst();

        serveUntil(exchanger, Duration.ofSeconds(3_559));

        assertThat(source.count()).isLessThan(60);
    }

    @Test
    void atTheMarginTheFailureIsTyped() {
        DatabricksTokenExchanger exchanger = stuckAfterTheFirst();
        serveUntil(exchanger, Duration.ofSeconds(3_559));
        time.advance(Duration.ofSeconds(1));

        FederationException failure = failureFor(exchanger, WEST);

        assertThat(failure).isInstanceOf(IdpTokenException.class);
        assertThat(failure.code()).isEqualTo("IDP_TOKEN_NOT_RENEWED");
    }

    @Test
    void sourceThatComesBackAfterTheEndIsUsedSoon() {
        DatabricksTokenExchanger exchanger = stuckAfterTheFirst();
        serveUntil(exchanger, Duration.ofSeconds(3_559));
        for (int second = 0; second < 120; second++) {
            time.advance(Duration.ofSeconds(1));
            failureFor(exchanger, WEST);
        }
        source.then(() -> source.issue(HOUR));
        time.advance(Duration.ofSeconds(60));

        DatabricksToken token = exchanger.tokenFor(WEST);

        assertThat(token.expiresAt()).isEqualTo(time.wall().plus(HOUR));
    }

    @Test
    void jwtThatEndsBarelyLaterIsNotExchangedWhileTheTokenServes() {
        DatabricksTokenExchanger exchanger = onTheSpot();
        DatabricksToken first = exchanger.tokenFor(WEST);
        time.advance(Duration.ofMinutes(46));
        source.then(() -> source.issue(Duration.ofMinutes(15)));

        DatabricksToken again = exchanger.tokenFor(WEST);

        assertThat(again).isEqualTo(first);
        assertThat(databricks.count()).isEqualTo(1);
    }

    @Test
    void secondPrincipalIsServedFromTheJwtThatIsStuck() {
        DatabricksTokenExchanger exchanger = stuckAfterTheFirst();
        time.advance(Duration.ofMinutes(46));

        DatabricksToken token = exchanger.tokenFor(EAST);

        assertThat(token.servicePrincipal()).contains(EAST);
    }

    static Stream<Arguments> unfitJwts() {
        FakeClocks time = new FakeClocks();
        return Stream.of(
                unfit("IDP_TOKEN_EXPIRED", () -> Jwts.endingAt(time.wall().minusSeconds(1))),
                unfit("IDP_TOKEN_EXPIRED", () -> Jwts.endingAt(time.wall())),
                unfit("IDP_TOKEN_TOO_SHORT", () -> Jwts.endingAt(time.wall().plusSeconds(1))),
                unfit("IDP_TOKEN_TOO_SHORT", () -> Jwts.endingAt(time.wall().plusSeconds(40))),
                unfit(
                        "IDP_TOKEN_ALGORITHM",
                        () -> Jwts.signedWithASharedSecret(time.wall().plus(HOUR))),
                unfit("IDP_TOKEN_ALGORITHM", () -> Jwts.unsigned(time.wall().plus(HOUR))),
                unfit("IDP_TOKEN_OPAQUE", () -> "an-opaque-token"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unfitJwts")
    void unfitJwtIsNamedAndNotSent(String code, Supplier<String> jwt) {
        DatabricksTokenExchanger exchanger = onTheSpot();
        source.then(() -> IdpToken.parse(jwt.get()));

        FederationException failure = failureFor(exchanger, WEST);

        assertThat(failure.code()).isEqualTo(code);
        assertThat(databricks.count()).isZero();
    }

    @Test
    void sourceThatThrowsWhatItShouldNotIsNamedWithItsCause() {
        DatabricksTokenExchanger exchanger = onTheSpot();
        IllegalStateException bug = new IllegalStateException("bug in a source");
        source.then(() -> {
            throw bug;
        });

        FederationException failure = failureFor(exchanger, WEST);

        assertThat(failure).isInstanceOf(IdpTokenException.class).hasRootCause(bug);
        assertThat(failure.code()).isEqualTo("ATTEMPT_FAILED");
    }

    @Test
    @SuppressWarnings("NullAway") // A careless source does what the compiler would not let us.
    void sourceThatReturnsNullIsNamed() {
        DatabricksTokenExchanger exchanger = onTheSpot();
        source.then(() -> null);

        FederationException failure = failureFor(exchanger, WEST);

        assertThat(failure).isInstanceOf(IdpTokenException.class);
        assertThat(failure.code()).isEqualTo("ATTEMPT_FAILED");
    }

    @Test
    void sourceThatBlocksIsInterruptedAndTheWaitersAreReleased() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        source.then(() -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            throw new IllegalStateException("woken");
        });
        DatabricksTokenExchanger exchanger =
                builder().requestTimeout(Duration.ofMillis(50)).build();

        List<FederationException> failures = Crowd.of(8, () -> failureFor(exchanger, WEST));

        interrupted.await();
        assertThat(failures).extracting(FederationException::code).containsOnly("IDP_UNREACHABLE");
        assertThat(source.count()).isEqualTo(1);
    }

    @Test
    void failureOfTheSourceIsSharedByAllPrincipals() {
        DatabricksTokenExchanger exchanger = onTheSpot();
        source.then(() -> {
            throw new IdpTokenException(Problem.of(ErrorCode.IDP_CLIENT_REJECTED, "wrong secret"));
        });

        FederationException west = failureFor(exchanger, WEST);
        FederationException east = failureFor(exchanger, EAST);

        assertThat(west.code()).isEqualTo("IDP_CLIENT_REJECTED");
        assertThat(east.code()).isEqualTo("IDP_CLIENT_REJECTED");
        assertThat(source.count()).isEqualTo(1);
    }

    @Test
    void executorThatRejectsHarmsOnlyThatCall() {
        AtomicBoolean full = new AtomicBoolean(true);
        DatabricksTokenExchanger exchanger = builder()
                .executor(work -> {
                    if (full.get()) {
                        throw new RejectedExecutionException("full");
                    }
                    work.run();
                })
                .build();
        FederationException failure = failureFor(exchanger, WEST);
        full.set(false);
        time.advance(Duration.ofSeconds(3));

        DatabricksToken token = exchanger.tokenFor(WEST);

        assertThat(failure.code()).isEqualTo("EXECUTOR_REJECTED");
        assertThat(token.value()).isEqualTo("token-1");
    }

    private static Arguments unfit(String code, Supplier<String> jwt) {
        return Arguments.of(code, jwt);
    }

    private DatabricksTokenExchanger stuckAfterTheFirst() {
        DatabricksTokenExchanger exchanger = onTheSpot();
        IdpToken stuck = source.issue(HOUR);
        source.then(() -> stuck);
        exchanger.tokenFor(WEST);
        return exchanger;
    }

    private void serveUntil(DatabricksTokenExchanger exchanger, Duration age) {
        for (long second = 0; second < age.toSeconds(); second++) {
            exchanger.tokenFor(WEST);
            time.advance(Duration.ofSeconds(1));
        }
        exchanger.tokenFor(WEST);
    }

    private static FederationException failureFor(DatabricksTokenExchanger exchanger, ServicePrincipal principal) {
        return catchThrowableOfType(FederationException.class, () -> exchanger.tokenFor(principal));
    }

    private DatabricksTokenExchanger onTheSpot() {
        return builder().executor(Runnable::run).build();
    }

    private DatabricksTokenExchangerBuilder builder() {
        return DatabricksTokenExchanger.builder()
                .workspace(databricks.url())
                .idpTokenSource(source)
                .clocks(time.clocks());
    }
}
