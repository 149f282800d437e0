// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How many tokens one client of Auth0 may still have in this UTC hour. Thread-safe. */
final class HourlyQuota {
    private final int perHour;
    private Instant hour = Instant.MIN;
    private int taken;

    HourlyQuota(int perHour) {
        if (perHour < 1) {
            throw new IllegalArgumentException("a quota is 1 or more; this is " + perHour);
        }
        this.perHour = perHour;
    }

    /** Takes one and says what the header says; throws a {@link Refusal} if none is left. */
    synchronized String take(Instant now) {
        Instant current = now.truncatedTo(ChronoUnit.HOURS);
        if (!current.equals(hour)) {
            hour = current;
            taken = 0;
        }
        Duration reset = Duration.between(now, current.plus(Duration.ofHours(1)));
        if (taken == perHour) {
            throw new Refusal(Auth0Replies.quotaExceeded(reset, perHour));
        }
        taken++;
        return Auth0Replies.quota(perHour, perHour - taken, reset);
    }
}
