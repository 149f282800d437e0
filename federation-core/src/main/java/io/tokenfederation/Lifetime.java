// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * The boundaries in a token's life, drawn once, when it arrives.
 *
 * @param expiresAt when it ends
 * @param total how long it lives from when it was asked for
 * @param refreshAt when to look for the next one, on the monotonic clock
 * @param serveUntil when to stop handing it out, on the monotonic clock
 * @param serveUntilWall when to stop handing it out, on the wall clock
 */
record Lifetime(Instant expiresAt, Duration total, long refreshAt, long serveUntil, Instant serveUntilWall) {
    /** Azure Databricks refuses a token in its last 30 s; 10 s more for the call to get there. */
    static final Duration DATABRICKS_MARGIN = Duration.ofSeconds(40);

    /** Nobody needs a token until any time in particular. */
    static final Instant WHENEVER = Instant.MIN;

    /** Some issuers write exp in milliseconds, the year 58000; nanoseconds in a long end after 292 years. */
    private static final Duration LONGEST = Duration.ofDays(3_650);

    /** What a renewal must add, as a share of the time the present one is handed out: one tenth. */
    private static final int WORTHWHILE = 10;

    /**
     * Draws the boundaries. Renewal is due at a random point in 60–75 % of the time it is handed out, so that what was
     * issued together is not renewed together.
     *
     * @param asked when the token was asked for
     * @param expiresAt when the token ends
     * @param margin how long before that nobody may be handed it any more
     */
    static Lifetime of(Clocks.Moment asked, Instant expiresAt, Duration margin, RandomGenerator random) {
        Duration said = Duration.between(asked.wall(), expiresAt);
        Duration total = said.compareTo(LONGEST) < 0 ? said : LONGEST;
        long usable = Math.max(0, total.minus(margin).toNanos());
        // A share of what is served, not a share of the life cut off at some point: whole fleets would meet at that
        // point.
        long refreshIn = (long) ((0.60 + 0.15 * random.nextDouble()) * usable);
        return new Lifetime(
                expiresAt, total, asked.nanos() + refreshIn, asked.nanos() + usable, expiresAt.minus(margin));
    }

    boolean usable(Clocks.Moment now) {
        return now.nanos() - serveUntil < 0 && now.wall().isBefore(serveUntilWall);
    }

    /** {@return how long it will still be handed out; zero if it is not} */
    Duration servedFor(Clocks.Moment now) {
        return usable(now) ? Duration.ofNanos(serveUntil - now.nanos()) : Duration.ZERO;
    }

    /** {@return the same life, never due for renewal} */
    Lifetime withoutRenewal() {
        return new Lifetime(expiresAt, total, serveUntil, serveUntil, serveUntilWall);
    }

    boolean due(long nanos) {
        return nanos - refreshAt >= 0;
    }

    /**
     * Tells whether something that ends then is worth fetching to replace this. Once this is of no use, anything is that
     * ends later; else a provider that was told to issue shorter tokens would be refused until it caught up.
     *
     * @param wanted until when somebody needs a token, whom this one may not reach; {@link #WHENEVER} for nobody
     */
    boolean gainsBy(Instant newEnd, Instant wanted, Clocks.Moment now) {
        if (!usable(now) || (expiresAt.isBefore(wanted) && !newEnd.isBefore(wanted))) {
            return newEnd.isAfter(expiresAt);
        }
        // Of what is served, not of the life: the margin is most of a life of a minute, and no renewal adds as much.
        Duration served = total.minus(Duration.between(serveUntilWall, expiresAt));
        return !newEnd.isBefore(expiresAt.plus(served.dividedBy(WORTHWHILE)));
    }
}
