// SPDX-License-Identifier: Apache-2.0
package samples.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The start says where to go, or what to put right. */
class WebSampleTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(complained, true, StandardCharsets.UTF_8);

    @Test
    void withoutSettingsItRunsOnStandInsAndSaysWhere() {
        int exitCode = WebSample.start(Map.of("WEB_PORT", "0"), out, err);

        assertThat(exitCode).isZero();
        assertThat(written.toString(StandardCharsets.UTF_8))
                .contains("on stand-ins")
                .containsPattern("Open http://127\\.0\\.0\\.1:[0-9]+/ in a browser");
    }

    @Test
    void nobodyOfAStandInReachesTheRealServices() {
        int exitCode = WebSample.start(
                Map.of(
                        "IDP_TOKEN_URL", "https://login.example.com/oauth/token",
                        "M2M_CLIENT_ID", "backend",
                        "M2M_CLIENT_SECRET", "canary-secret",
                        "DB_HOST", "https://adb-1.example.com",
                        "ROLE_SP_MAP", "{}"),
                out,
                err);

        assertThat(exitCode).isEqualTo(2);
        assertThat(complaint())
                .contains("LOGIN_ISSUER is not set — fix: ", "MCP_URL is not set")
                .doesNotContain("canary");
    }

    @Test
    void onTheRealServicesItNeedsNothingButTheVariables() {
        try (WebStandIns others = WebStandIns.start()) {
            Map<String, String> variables = new HashMap<>(others.variables());
            variables.put("WEB_PORT", "0");

            int exitCode = WebSample.start(variables, out, err);

            assertThat(exitCode).isZero();
            assertThat(written.toString(StandardCharsets.UTF_8)).contains("on the real services", "Open http://");
        }
    }

    @Test
    void aPortThatIsTakenIsNotReplacedIfItWasAskedFor() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            int exitCode = WebSample.start(Map.of("WEB_PORT", "" + taken.getLocalPort()), out, err);

            assertThat(exitCode).isEqualTo(2);
            assertThat(complaint()).contains("the port is taken — fix: set WEB_PORT");
        }
    }

    private String complaint() {
        return complained.toString(StandardCharsets.UTF_8);
    }
}
