// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Builds a {@link LoopbackSharingServer}; see {@link LoopbackSharingServer#builder()}. */
public final class LoopbackSharingServerBuilder {
    Clock clock = Clock.systemUTC();
    Duration urlLifetime = Duration.ofHours(1);

    @Nullable Metastore metastore;

    LoopbackSharingServerBuilder() {}

    /**
     * The clock that tokens and addresses are checked by. Default: the system's.
     *
     * @param clock the clock
     * @return this
     */
    public LoopbackSharingServerBuilder clock(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
        return this;
    }

    /**
     * How long the addresses of files are good. Default: one hour.
     *
     * @param lifetime how long
     * @return this
     */
    public LoopbackSharingServerBuilder urlLifetime(Duration lifetime) {
        this.urlLifetime = requireNonNull(lifetime, "lifetime");
        return this;
    }

    /**
     * Whose recipients, policies and grants count: those kept by a workspace's REST API. Default: this server's own.
     *
     * @param databricks the workspace
     * @return this
     */
    public LoopbackSharingServerBuilder metastoreOf(LoopbackDatabricks databricks) {
        this.metastore = databricks.metastore();
        return this;
    }

    /**
     * Starts listening on two free ports, one for the protocol and one for files.
     *
     * @return the server, to be closed
     */
    public LoopbackSharingServer start() {
        return new LoopbackSharingServer(this);
    }
}
