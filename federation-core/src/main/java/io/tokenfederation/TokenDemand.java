// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a caller needs of a token, where "usable now" is not enough.
 *
 * <pre>{@code
 * databricks.tokenFor(principal, TokenDemand.livingFor(Duration.ofMinutes(20)).within(Duration.ofSeconds(5)));
 * }</pre>
 *
 * @param remaining how long the token must still live; zero if any usable one will do
 * @param within how long the caller waits for it; empty for the exchanger's own waiting time
 */
public record TokenDemand(Duration remaining, Optional<Duration> within) {
    /**
     * Checks that neither time is negative.
     *
     * @param remaining how long the token must still live
     * @param within how long the caller waits for it
     */
    public TokenDemand {
        if (requireNonNull(remaining, "remaining").isNegative()) {
            throw new IllegalArgumentException("remaining must not be negative; it is " + remaining);
        }
        if (requireNonNull(within, "within").filter(Duration::isNegative).isPresent()) {
            throw new IllegalArgumentException("within must not be negative; it is " + within.get());
        }
    }

    /**
     * A token that outlives what is about to be done with it, such as a long SQL statement. One that ends too soon is
     * replaced, so asking for nearly the whole life of a token means a new one nearly each time.
     *
     * @param remaining how long the token must still live
     * @return the demand
     */
    public static TokenDemand livingFor(Duration remaining) {
        return new TokenDemand(remaining, Optional.empty());
    }

    /**
     * Any usable token, within a time.
     *
     * @param wait how long the caller waits for it
     * @return the demand
     */
    public static TokenDemand readyWithin(Duration wait) {
        return new TokenDemand(Duration.ZERO, Optional.of(wait));
    }

    /** {@return when a token must not end before; there is no {@link Instant} for ever, but a last one} */
    Instant endFrom(Instant now) {
        return remaining.compareTo(Duration.between(now, Instant.MAX)) < 0 ? now.plus(remaining) : Instant.MAX;
    }

    /**
     * The same, within a time.
     *
     * @param wait how long the caller waits for it
     * @return the demand
     */
    public TokenDemand within(Duration wait) {
        return new TokenDemand(remaining, Optional.of(wait));
    }
}
