// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.util.Map;

/** Catches what a failing call throws, and looks for what must be in none of it. */
final class Failures {
    static final String TOKEN = "canary-token-5e1f";
    static final String ADDRESS = "canary@example.com";

    private Failures() {}

    static McpException ofCall(McpClient mcp) {
        McpException failure =
                catchThrowableOfType(McpException.class, () -> mcp.callTool("query", Map.of("sql", "SELECT 1")));
        assertThat(failure).as("the call should fail").isNotNull();
        assertNothingLeaks(failure);
        return failure;
    }

    static void assertNothingLeaks(Throwable failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            assertThat(String.valueOf(e.getMessage()) + e).doesNotContain(TOKEN, ADDRESS, "canary-session");
        }
    }
}
