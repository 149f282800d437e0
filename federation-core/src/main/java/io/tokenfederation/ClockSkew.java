// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Compares this machine's clock with those of the servers that answer, as many an "expired" is a wrong clock. */
final class ClockSkew {
    /** Replies take seconds, and dates are whole ones; Databricks refuses a token in its last 30 s. */
    private static final long TOLERATED = 30;

    private final InstantSource wall;

    /** How many seconds each server's clock is ahead; zero if it agrees, or is not known. */
    private final AtomicLong idp = new AtomicLong();

    private final AtomicLong databricks = new AtomicLong();

    ClockSkew(InstantSource wall) {
        this.wall = wall;
    }

    /** Reports a difference when it appears or changes, not each time it is seen. */
    void heard(Instant date, Reporter<?> reporter) {
        AtomicLong known = reporter.whose().kind() == TokenEvent.Kind.APPLICATION ? idp : databricks;
        long ahead = tolerated(Duration.between(wall.instant(), date).toSeconds());
        long before = known.get();
        boolean changed = tolerated(ahead - before) != 0;
        if (changed && known.compareAndSet(before, ahead) && ahead != 0) {
            reporter.report(new TokenEvent.ClockSkewDetected(reporter.whose(), Duration.ofSeconds(ahead)));
        }
    }

    /** Runs a check of a token's time; where it fails, and a difference is known, the failure says so. */
    void mentionedBy(Runnable check) {
        try {
            check.run();
        } catch (IdpTokenException e) {
            Optional<String> words = words(Side.IDP, idp).or(() -> words(Side.DATABRICKS, databricks));
            if (words.isEmpty() || !isOfTime(e)) {
                throw e;
            }
            Problem problem = e.problem();
            throw new IdpTokenException(Problem.of(problem.code(), problem.message() + words.get(), problem.fix())
                    .retryable(problem.retryable()));
        }
    }

    private static Optional<String> words(Side side, AtomicLong known) {
        long ahead = known.get();
        return ahead == 0
                ? Optional.empty()
                : Optional.of("; the clock of " + side.title + " is " + Math.abs(ahead) + " s "
                        + (ahead < 0 ? "behind" : "ahead of") + " this machine's");
    }

    private static long tolerated(long seconds) {
        return Math.abs(seconds) > TOLERATED ? seconds : 0;
    }

    private static boolean isOfTime(FederationException failure) {
        return failure.code().equals(ErrorCode.IDP_TOKEN_EXPIRED.name())
                || failure.code().equals(ErrorCode.IDP_TOKEN_TOO_SHORT.name());
    }
}
