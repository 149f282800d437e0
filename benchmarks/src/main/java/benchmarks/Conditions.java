// SPDX-License-Identifier: Apache-2.0
package benchmarks;

import java.time.Duration;

/**
 * What a contender is to live with. All are given the same boundaries, where their settings allow it; where they do
 * not, the contender says so.
 *
 * @param life how long a token lives
 * @param window how long before its end it is due for renewal
 * @param margin how long before its end it is of no use any more; Databricks refuses a token in its last 30 s
 * @param delay how long the endpoint takes to answer
 */
record Conditions(Duration life, Duration window, Duration margin, Duration delay) {
    private static final Duration MARGIN = Duration.ofSeconds(40);

    /** Fresh for as long as any measurement takes. */
    static final Conditions WARM = new Conditions(Duration.ofHours(1), Duration.ofMinutes(15), MARGIN, Duration.ZERO);

    static final Conditions COLD = WARM.delay(Duration.ofMillis(200));

    /** Due after 7.5 s and dead after 10 s. */
    static final Conditions SHORT_LIVED =
            new Conditions(Duration.ofSeconds(50), Duration.ofMillis(42_500), MARGIN, Duration.ofMillis(200));

    /** Due after 15 s and dead after 20 s: time enough to look at the last quarter. */
    static final Conditions LAST_QUARTER =
            new Conditions(Duration.ofSeconds(60), Duration.ofSeconds(45), MARGIN, Duration.ZERO);

    private Conditions delay(Duration other) {
        return new Conditions(life, window, margin, other);
    }
}
