// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.internal.HttpTransport;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointTest {
    private final Endpoint endpoint = new Endpoint(
            URI.create("http://127.0.0.1:1/mcp"),
            HttpTransport.create(Duration.ofSeconds(1), Duration.ofSeconds(1)),
            () -> DatabricksToken.of("t1", Instant.EPOCH),
            Clock.systemUTC(),
            1_000);

    @Test
    void callWithoutTimeLeftSaysThatNothingWasSent() {
        Outgoing message = Outgoing.post(() -> "tools/call 'query'", Map.of(), JsonRpc.notification("tools/call"));

        McpException failure = catchThrowableOfType(
                McpException.class,
                () -> endpoint.post(
                        message,
                        LegacySession.NONE,
                        Call.of(CallHeaders.NONE, CallOptions.defaults(), Deadline.in(Duration.ZERO))));

        assertThat(failure.code()).isEqualTo("MCP_TIMED_OUT");
        assertThat(failure).hasMessageContaining("not sent");
        assertThat(failure.fix()).contains("no tool has run").doesNotContain("not known");
    }
}
