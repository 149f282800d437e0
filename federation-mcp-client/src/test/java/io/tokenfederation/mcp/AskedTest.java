// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.DatabricksToken;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class AskedTest {
    private static final DatabricksToken TOKEN = DatabricksToken.of("opaque-token", Instant.EPOCH);
    private final Asked asked = new Asked(
            () -> "tools/list",
            Place.own(URI.create("https://app.example:8443/mcp?key=k#f")),
            new Sent(TOKEN, CallHeaders.NONE, LegacySession.NONE),
            Advice.ABOUT_DATABRICKS);

    @Test
    void textSaysWhatAndWhereWithoutTheQuery() {
        assertThat(asked).hasToString("tools/list at https://app.example:8443/mcp");
    }

    @Test
    void whatWasSentIsTakenOutBeforeTheWordsAreCut() {
        String words = "x ".repeat(146) + "opaque-token";

        assertThat(asked.safe(words)).doesNotContain("opaque");
    }

    @Test
    void whatIsTooShortToBeASecretIsLeftInTheWords() {
        Asked short7 = new Asked(
                () -> "tools/list",
                Place.own(URI.create("https://app.example/mcp")),
                new Sent(
                        DatabricksToken.of("t", Instant.EPOCH),
                        CallHeaders.NONE,
                        new LegacySession("2025-11-25", "session", ServerInfo.UNKNOWN)),
                Advice.ABOUT_DATABRICKS);

        assertThat(short7.safe("the session is over")).isEqualTo("the session is over");
        assertThat(short7).hasToString("tools/list at https://app.example/mcp");
    }

    @Test
    void errorOfTheProtocolIsScrubbedEverywhere() {
        McpException failure = asked.failed(new RpcError(-32000, "no opaque-token\r\nhere"), 200);

        assertThat(failure.rpcMessage()).contains("no [removed] here");
        assertThat(failure).hasMessageContaining("JSON-RPC error -32000").hasMessageContaining("(no [removed] here)");
        assertThat(failure.oauthError()).isEmpty();
        assertThat(failure.getMessage()).doesNotContain("opaque-token");
    }

    @Test
    void versionThatIsNotSpokenIsAnErrorOfItsOwn() {
        assertThat(asked.failed(new RpcError(-32022, ""), 400).code()).isEqualTo("MCP_VERSION_UNSUPPORTED");
        assertThat(asked.failed(new RpcError(-32022, ""), 200).code()).isEqualTo("MCP_PROTOCOL_ERROR");
    }

    @Test
    void everyFailureSaysWhatToDo() {
        assertThat(EnumSet.allOf(McpErrorCode.class))
                .allSatisfy(code -> assertThat(code.problem("m").fix()).hasSizeGreaterThan(30));
    }
}
