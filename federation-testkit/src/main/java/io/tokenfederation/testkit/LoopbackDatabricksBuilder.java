// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.UUID;

/** Builds a {@link LoopbackDatabricks}; see {@link LoopbackDatabricks#builder()}. */
public final class LoopbackDatabricksBuilder {
    String accountId = UUID.randomUUID().toString();
    Clock clock = Clock.systemUTC();
    Refusals refusals = Refusals.NAME_THE_POLICY;
    SqlEngine sqlEngine = statement -> {
        throw new SqlFailure("BAD_REQUEST", "this stand-in was started without a SqlEngine");
    };

    LoopbackDatabricksBuilder() {}

    /**
     * The account id. Default: a random one.
     *
     * @param accountId the id, a UUID in a real account
     * @return this
     */
    public LoopbackDatabricksBuilder accountId(String accountId) {
        this.accountId = requireNonNull(accountId, "accountId");
        return this;
    }

    /**
     * The clock that tokens are checked by. Default: the system's.
     *
     * @param clock the clock
     * @return this
     */
    public LoopbackDatabricksBuilder clock(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
        return this;
    }

    /**
     * What a refusal names. Default: {@link Refusals#NAME_THE_POLICY}.
     *
     * @param refusals what it names
     * @return this
     */
    public LoopbackDatabricksBuilder refusals(Refusals refusals) {
        this.refusals = requireNonNull(refusals, "refusals");
        return this;
    }

    /**
     * What runs SQL statements. Default: one that lets every statement fail.
     *
     * @param sqlEngine the engine
     * @return this
     */
    public LoopbackDatabricksBuilder sqlEngine(SqlEngine sqlEngine) {
        this.sqlEngine = requireNonNull(sqlEngine, "sqlEngine");
        return this;
    }

    /**
     * Starts listening on a free port.
     *
     * @return the workspace and its account, to be closed
     */
    public LoopbackDatabricks start() {
        return new LoopbackDatabricks(this);
    }
}
