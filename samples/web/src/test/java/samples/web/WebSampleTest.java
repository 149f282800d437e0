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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Whoever set the client forgot the issuer, and would have people log in at a stand-in. */
    @ParameterizedTest
    @ValueSource(strings = {"LOGIN_CLIENT_ID", "LOGIN_AUDIENCE", "LOGIN_SCOPE", "LOGIN_EMAIL_CLAIM"})
    void aLoginWithoutItsIssuerDoesNotStart(String name) {
        int exitCode = WebSample.start(Map.of("WEB_PORT", "0", name, "canary"), out, err);

        assertThat(exitCode).isEqualTo(2);
        assertThat(complaint())
                .contains(name + " is set, and LOGIN_ISSUER is not — fix: ")
                .doesNotContain("canary");
        assertThat(written.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void settingsThatCountForRealServicesOnlyAreSaidToBeIgnored() {
        Map<String, String> variables = new HashMap<>(Map.of("WEB_PORT", "0", "MCP_URL", " "));
        variables.put("DB_HOST", "https://adb-1.example.com");
        variables.put("ROLE_SP_MAP", "{}");
        variables.put("MCP_TOOL", "ask");

        int exitCode = WebSample.start(variables, out, err);

        assertThat(exitCode).isZero();
        assertThat(complaint())
                .isEqualTo("Token Federation web sample: ignored, as IDP_TOKEN_URL is not set: DB_HOST, ROLE_SP_MAP,"
                        + " MCP_TOOL" + System.lineSeparator());
    }

    @Test
    void withoutSettingsNothingIsComplainedOf() {
        WebSample.start(Map.of("WEB_PORT", "0"), out, err);

        assertThat(complaint()).isEmpty();
    }

    private String complaint() {
        return complained.toString(StandardCharsets.UTF_8);
    }
}
