// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * How the last attempt of a {@link TokenCell} failed.
 *
 * @param exception what it failed with
 * @param retryAt before when, on the monotonic clock, nobody tries again
 * @param count how many attempts have failed like this in a row
 */
record CellFailure(FederationException exception, long retryAt, int count) {
    private static final Logger LOG = LoggerFactory.getLogger(DatabricksTokenExchanger.class);

    /** A token that has no longer to live ought to have been renewed by now. */
    private static final Duration PRESSING = Duration.ofMinutes(2);

    boolean holds(long nanos) {
        return nanos - retryAt < 0;
    }

    /** One refusal at the end of a long outage is not yet a reason to wait as long as after many refusals. */
    int countWith(FederationException next) {
        return next.retryable() == exception.retryable() ? count + 1 : 1;
    }

    Duration holdsFor(long nanos) {
        return Duration.ofNanos(Math.max(0, retryAt - nanos));
    }

    /** Ever more rarely while it lasts; a source that repeats itself is no news before the token nears its end. */
    Level level(Duration served) {
        boolean news = Integer.bitCount(count) == 1;
        boolean early =
                exception.code().equals(ErrorCode.IDP_TOKEN_NOT_RENEWED.name()) && served.compareTo(PRESSING) > 0;
        return news && !early ? Level.WARN : Level.DEBUG;
    }

    /** Says that the renewal failed while the present token still serves. */
    void log(TokenEvent.Whose whose, Duration served, Duration wait) {
        LOG.atLevel(level(served))
                .log(
                        "renewal of {} failed {} times, the present token serves for {} s, next try in {} s: {}",
                        whose.text(),
                        count,
                        served.toSeconds(),
                        wait.toSeconds(),
                        exception.getMessage());
    }

    /** The same failure, saying how long it will be remembered. */
    FederationException remembered(long nanos) {
        return exception.again(exception.problem().retryAfter(holdsFor(nanos)).cause(exception));
    }
}
