// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How far the clocks of the servers that answered are ahead of this machine's, by the {@code Date} of their replies. */
final class ServerClocks {
    private static final String IDP = "the identity provider";
    private static final String DATABRICKS = "Databricks";

    private final InstantSource clock;
    private final Map<String, Duration> ahead = new LinkedHashMap<>();

    ServerClocks(InstantSource clock) {
        this.clock = clock;
    }

    void ofIdp(Instant date) {
        heard(IDP, date);
    }

    void ofDatabricks(Instant date) {
        heard(DATABRICKS, date);
    }

    Instant now() {
        return clock.instant();
    }

    /** {@return for each server that has told the time, how far it is ahead; negative if it is behind} */
    Map<String, Duration> ahead() {
        return ahead;
    }

    /** {@return how far Databricks' clock is ahead, which decides what has expired; zero if it is not known} */
    Duration databricksAhead() {
        return Optional.ofNullable(ahead.get(DATABRICKS)).orElse(Duration.ZERO);
    }

    /** {@return the time by Databricks' clock, or by this machine's if that is not known} */
    Instant databricksNow() {
        return now().plus(databricksAhead());
    }

    /** A reply takes time and its date is a whole second, so the smaller difference is the better one. */
    private void heard(String server, Instant date) {
        Duration now = Duration.between(clock.instant(), date);
        ahead.merge(server, now, (one, other) -> one.abs().compareTo(other.abs()) <= 0 ? one : other);
    }
}
