// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.regex.Pattern;

/** Builds a {@link LoopbackMcpAuthorization}. Not thread-safe. */
public final class LoopbackMcpAuthorizationBuilder {
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)*");

    private Clock clock = Clock.systemUTC();
    private String issuerPath = "";

    LoopbackMcpAuthorizationBuilder() {}

    /**
     * The clock by which tokens and assertions end. Default: the system's.
     *
     * @param clock the clock
     * @return this
     */
    public LoopbackMcpAuthorizationBuilder clock(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
        return this;
    }

    /**
     * A path of the issuer, as a server with several tenants has it; the metadata is then at
     * {@code /.well-known/oauth-authorization-server} and that path. Default: none.
     *
     * @param path such as {@code /tenant-1}, without a slash at its end
     * @return this
     * @throws IllegalArgumentException if it is no such path
     */
    public LoopbackMcpAuthorizationBuilder issuerPath(String path) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("an issuer's path begins with a slash, and does not end with one");
        }
        this.issuerPath = path;
        return this;
    }

    /**
     * Starts listening on a free port.
     *
     * @return the authorization server, to be closed
     */
    public LoopbackMcpAuthorization start() {
        return new LoopbackMcpAuthorization(clock, issuerPath);
    }
}
