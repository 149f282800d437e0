// SPDX-License-Identifier: Apache-2.0
package mcptests;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpClientBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** Clients as the tests need them. */
final class Clients {
    /** Of which the servers here say that they have seen it, where they look at all. */
    static final String TOKEN = "a-token-for-tests";

    private Clients() {}

    static McpClientBuilder of(URI server) {
        return McpClient.builder(server).tokens(tokens()).requestTimeout(Duration.ofSeconds(20));
    }

    static DatabricksTokenSource tokens() {
        DatabricksToken token = DatabricksToken.of(TOKEN, Instant.now().plus(Duration.ofHours(1)));
        return () -> token;
    }
}
