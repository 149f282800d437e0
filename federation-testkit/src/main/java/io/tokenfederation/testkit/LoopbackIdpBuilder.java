// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Clock;

/** Builds a {@link LoopbackIdp}. Not thread-safe. */
public final class LoopbackIdpBuilder {
    private final Dialect.Factory dialect;
    private Clock clock = Clock.systemUTC();

    LoopbackIdpBuilder(Dialect.Factory dialect) {
        this.dialect = dialect;
    }

    /**
     * The clock that {@code iat} and {@code exp} come from. Default: the system's.
     *
     * @param clock the clock
     * @return this
     */
    public LoopbackIdpBuilder clock(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Starts listening on a free port.
     *
     * @return the identity provider, to be closed
     */
    public LoopbackIdp start() {
        return new LoopbackIdp(new IdpServer(dialect, clock));
    }
}
