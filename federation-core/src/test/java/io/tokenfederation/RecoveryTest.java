// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What was broken is mended: how soon everybody notices. */
final class RecoveryTest {
    private static final ServicePrincipal WEST = ServicePrincipal.of("bc3cfe6c-0f34-4b4a-9c39-2a1d1c9a0001");
    private static final ServicePrincipal EAST = ServicePrincipal.of("bc3cfe6c-0f34-4b4a-9c39-2a1d1c9a0002");

    private final FakeClocks time = new FakeClocks();
    private final CountingSource source = new CountingSource(time, Duration.ofHours(1));
    private LoopbackTokenEndpoint databricks;

    @BeforeEach
    void startDatabricks() throws IOException {
        databricks = new LoopbackTokenEndpoint();
    }

    @AfterEach
    void stopDatabricks() {
        databricks.close();
    }

    @RepeatedTest(10)
    void mendedSecretServesAllPrincipalsAsSoonAsOneIsServed() {
        AtomicBoolean mended = new AtomicBoolean();
        DatabricksTokenExchanger exchanger = exchanger(() -> {
            if (!mended.get()) {
                throw new IdpTokenException(Problem.of(ErrorCode.IDP_CLIENT_REJECTED, "wrong secret"));
            }
            return source.mint();
        });
        for (int second = 0; second < 600; second += 5) {
            failureOf(exchanger, WEST);
            failureOf(exchanger, EAST);
            time.advance(Duration.ofSeconds(5));
        }
        mended.set(true);

        int waited = 0;
        while (failureOf(exchanger, WEST) != null) {
            time.advance(Duration.ofSeconds(5));
            waited += 5;
            assertThat(waited).as("seconds until the first probe").isLessThan(13 * 60);
        }

        assertThat(failureOf(exchanger, EAST)).isNull();
    }

    @Test
    void sourceThatHangsAndCannotBeInterruptedIsCalledOnceAndUsedAgainWhenItReturns() {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch nfsIsBack = new CountDownLatch(1);
        DatabricksTokenExchanger exchanger = exchanger(() -> {
            if (calls.incrementAndGet() == 1) {
                awaitWithoutRegardForInterrupts(nfsIsBack);
            }
            return source.mint();
        });
        for (int attempt = 0; attempt < 12; attempt++) {
            assertThat(failureOf(exchanger, WEST).code()).isEqualTo("IDP_UNREACHABLE");
            time.advance(Duration.ofMinutes(1));
        }
        assertThat(calls).hasValue(1);

        nfsIsBack.countDown();
        int tries = 0;
        while (failureOf(exchanger, WEST) != null) {
            time.advance(Duration.ofMinutes(1));
            assertThat(++tries).isLessThan(1_000);
        }

        assertThat(exchanger.readyTokenFor(WEST)).isPresent();
    }

    @Test
    void fileThatIsNotThereYetIsATypedFailureAndIsTriedAgain() {
        AtomicBoolean there = new AtomicBoolean();
        DatabricksTokenExchanger exchanger = exchanger(() -> {
            if (!there.get()) {
                throw new IOException("/var/run/secrets/tokens/databricks: no such file");
            }
            return source.mint();
        });

        FederationException failure = failureOf(exchanger, WEST);
        there.set(true);
        time.advance(Duration.ofMinutes(1));

        assertThat(failure.code()).isEqualTo("IDP_UNREACHABLE");
        assertThat(failure.retryable()).isTrue();
        assertThat(failureOf(exchanger, WEST)).isNull();
    }

    private DatabricksTokenExchanger exchanger(IdpTokenSource from) {
        return DatabricksTokenExchanger.builder()
                .workspace(databricks.url())
                .idpTokenSource(from)
                .requestTimeout(Duration.ofMillis(100))
                .clocks(time.clocks())
                .build();
    }

    private static FederationException failureOf(DatabricksTokenExchanger exchanger, ServicePrincipal principal) {
        return catchThrowableOfType(FederationException.class, () -> exchanger.tokenFor(principal));
    }

    private static void awaitWithoutRegardForInterrupts(CountDownLatch latch) {
        boolean open = false;
        while (!open) {
            try {
                latch.await();
                open = true;
            } catch (InterruptedException e) {
                // As a read from a dead file server does: goes on.
            }
        }
    }
}
