// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Which servers are spared the question, and for how long. */
class LegacyServersTest {
    private static final URI SERVER = URI.create("https://example.com/mcp");

    /** Where the clock of a JVM may well be: about to turn negative. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);

    private final LegacyServers servers = new LegacyServers(nanos::get);

    @Test
    void serverIsKnownForTenMinutes() {
        servers.add(SERVER);

        nanos.addAndGet(Duration.ofMinutes(10).toNanos() - 1);
        assertThat(servers.contain(SERVER)).isTrue();
        nanos.incrementAndGet();
        assertThat(servers.contain(SERVER)).isFalse();
    }

    @Test
    void lookingItUpDoesNotMakeItKnownForLonger() {
        servers.add(SERVER);
        nanos.addAndGet(Duration.ofMinutes(6).toNanos());
        assertThat(servers.contain(SERVER)).isTrue();

        nanos.addAndGet(Duration.ofMinutes(6).toNanos());

        assertThat(servers.contain(SERVER)).isFalse();
    }

    @Test
    void serverThatIsRemovedIsNotKnown() {
        servers.add(SERVER);

        servers.remove(SERVER);

        assertThat(servers.contain(SERVER)).isFalse();
    }

    @Test
    void serversOfOneOriginAreSeveral() {
        servers.add(SERVER);

        assertThat(servers.contain(URI.create("https://example.com/other"))).isFalse();
        assertThat(servers.contain(URI.create("https://example.com:8443/mcp"))).isFalse();
        assertThat(servers.contain(URI.create("https://example.com/MCP"))).isFalse();
        assertThat(servers.contain(URI.create("HTTPS://EXAMPLE.com/mcp?key=secret")))
                .isTrue();
    }

    @Test
    void thoseNotAskedForGoFirstWhenThereAreTooMany() {
        servers.add(SERVER);
        servers.add(server(0));
        for (int i = 1; i < 1_000; i++) {
            servers.add(server(i));
            servers.contain(SERVER);
        }

        assertThat(servers.contain(SERVER)).isTrue();
        assertThat(servers.contain(server(0))).isFalse();
        assertThat(servers.contain(server(1))).isTrue();
    }

    private static URI server(int number) {
        return URI.create("https://example.com/" + number);
    }
}
