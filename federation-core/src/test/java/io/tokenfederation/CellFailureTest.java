// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** How loudly a failed renewal is logged. */
final class CellFailureTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @Test
    void warningsBecomeRarerWhileAnOutageLasts() {
        int[] warned = IntStream.rangeClosed(1, 1_000)
                .filter(count -> failure(ErrorCode.EXCHANGE_UNAVAILABLE, count).level(TEN_MINUTES) == Level.WARN)
                .toArray();

        assertThat(warned).containsExactly(1, 2, 4, 8, 16, 32, 64, 128, 256, 512);
    }

    /** A file that is rotated at half its life is found unchanged once or twice each time. */
    @Test
    void sourceThatRepeatsItselfIsNoWarningWhileThereIsTime() {
        CellFailure repeated = failure(ErrorCode.IDP_TOKEN_NOT_RENEWED, 1);

        assertThat(repeated.level(TEN_MINUTES)).isEqualTo(Level.DEBUG);
        assertThat(repeated.level(Duration.ofMinutes(2))).isEqualTo(Level.WARN);
    }

    private static CellFailure failure(ErrorCode code, int count) {
        return new CellFailure(new IdpTokenException(Problem.of(code, "as the test says")), 0, count);
    }
}
