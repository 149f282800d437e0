// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static io.tokenfederation.Loopback.HOUR;
import static io.tokenfederation.Loopback.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Tokens of the application's own getting, kept: the same cell, so only what differs is looked at here. */
final class RenewedTokensTest {
    private final FakeClocks time = new FakeClocks();
    private final AtomicInteger count = new AtomicInteger();
    private Supplier<DatabricksToken> next = () -> living(HOUR);

    @Test
    void opaqueTokenIsRenewedBeforeItsEnd() {
        DatabricksTokenSource tokens = onTheSpot();
        Instant end = time.wall().plus(HOUR.multipliedBy(10));

        while (time.wall().isBefore(end)) {
            assertThat(tokens.token().expiresAt()).isAfter(time.wall().plusSeconds(40));
            time.advance(SECOND);
        }

        assertThat(count).hasValueBetween(13, 17);
    }

    @Test
    void tokenOfAMinuteServesForThreeQuartersOfItsLife() {
        next = () -> living(Duration.ofMinutes(1));
        DatabricksTokenSource tokens = onTheSpot();

        for (int second = 0; second < 600; second++) {
            assertThat(tokens.token().expiresAt()).isAfter(time.wall().plusSeconds(15));
            time.advance(SECOND);
        }

        // Each serves 27 to 34 s, where a margin of 40 s would have let it serve 20.
        assertThat(count).hasValueBetween(17, 23);
    }

    @Test
    void crowdSharesOneToken() throws Exception {
        DatabricksTokenSource tokens = on(Attempts.threads(2));

        assertThat(Crowd.of(64, tokens::token)).hasSize(64).containsOnly(tokens.token());

        assertThat(count).hasValue(1);
    }

    @Test
    void tokenThatWasRefusedIsNotServedAgain() {
        DatabricksToken same = living(HOUR);
        next = () -> same;
        DatabricksTokenSource tokens = onTheSpot();

        tokens.rejected(tokens.token());

        assertThat(failure(tokens).code()).isEqualTo("IDP_TOKEN_NOT_RENEWED");
    }

    @Test
    void tokenThatIsOverIsNotServed() {
        next = () -> living(SECOND.negated());

        FederationException failure = failure(onTheSpot());

        assertThat(failure.code()).isEqualTo("IDP_TOKEN_EXPIRED");
        assertThat(failure).hasMessageContaining("1 s ago");
    }

    @Test
    void callersOwnFailureReachesTheCallersAndIsTriedAgainIfItMayPass() {
        next = () -> {
            throw new FederatedCallException(
                    Problem.of("BROKER_BUSY", "the broker is busy", "Wait.").retryable(count.get() < 3));
        };

        FederationException failure = failure(onTheSpot());

        assertThat(failure).isInstanceOf(FederatedCallException.class);
        assertThat(failure.code()).isEqualTo("BROKER_BUSY");
        assertThat(count).hasValue(3);
    }

    @Test
    void callersOwnFailureThatIsRememberedSaysForHowLong() {
        next = () -> {
            throw new FederatedCallException(Problem.of("BROKER_REFUSES", "wrong secret", "Mend it."));
        };
        DatabricksTokenSource tokens = onTheSpot();
        failure(tokens);
        time.advance(SECOND);

        FederationException failure = failure(tokens);

        assertThat(count).hasValue(1);
        assertThat(failure.retryAfter())
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ofSeconds(10), Duration.ofMinutes(10)));
    }

    @Test
    void publicSourceNeedsNothingElse() {
        DatabricksToken token = DatabricksToken.of("opaque", Instant.now().plusSeconds(3_600));

        assertThat(DatabricksTokenSource.renewing(() -> token).token()).isEqualTo(token);
    }

    private DatabricksToken living(Duration life) {
        return DatabricksToken.of("opaque-" + count, time.wall().plus(life));
    }

    private DatabricksTokenSource onTheSpot() {
        return on(Runnable::run);
    }

    private KeptTokens on(Executor executor) {
        Supplier<DatabricksToken> counted = () -> {
            count.incrementAndGet();
            return next.get();
        };
        return DirectTokens.renewing(
                counted,
                new Engine(
                        new Attempts(executor, Duration.ofSeconds(20)),
                        time.clocks(),
                        new Random(11),
                        event -> {},
                        Duration.ofSeconds(30)));
    }

    private static FederationException failure(DatabricksTokenSource tokens) {
        FederationException failure = catchThrowableOfType(FederationException.class, tokens::token);
        assertThat(failure).isNotNull();
        return failure;
    }
}
