// SPDX-License-Identifier: Apache-2.0
package samples.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.VerifiedClaims;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong setting is found at the start, with all the others, and says what to do. */
class WebSettingsTest {
    private static final String WEST = "7cb2f8a4-49a7-4147-83db-35cb69e5cede";
    private static final String EAST = "bc3cfe6c-469e-4130-b425-5384c4aa30bb";
    private static final List<String> REQUIRED = List.of(
            "LOGIN_ISSUER",
            "LOGIN_CLIENT_ID",
            "LOGIN_AUDIENCE",
            "IDP_TOKEN_URL",
            "M2M_CLIENT_ID",
            "M2M_CLIENT_SECRET",
            "DB_HOST",
            "ROLE_SP_MAP",
            "MCP_URL");

    private final Map<String, String> variables = new HashMap<>(Map.of(
            "LOGIN_ISSUER", "https://login.example.com/",
            "LOGIN_CLIENT_ID", "portal-browser",
            "LOGIN_AUDIENCE", "sales-portal",
            "IDP_TOKEN_URL", "https://login.example.com/oauth/token",
            "M2M_CLIENT_ID", "backend",
            "M2M_CLIENT_SECRET", "canary-secret",
            "DB_HOST", "https://adb-1.example.com/",
            "ROLE_MAP", "{\"sales-west\": \"west_sales\", \"sales-east\": \"east_sales\"}",
            "ROLE_SP_MAP", "{\"west_sales\": \"" + WEST + "\", \"east_sales\": \"" + EAST + "\"}",
            "MCP_URL", "https://sales.example.com/mcp"));

    @Test
    void whatIsCompleteIsRead() {
        WebSettings settings = WebSettings.read(variables);

        assertThat(settings.databricks().workspace()).isEqualTo(URI.create("https://adb-1.example.com"));
        assertThat(settings.address()).isEqualTo(new Address(8080, Optional.empty()));
        assertThat(settings.login().origin()).isEqualTo("https://login.example.com");
        assertThat(settings.login().parameters())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("scope", "openid profile email", "audience", "sales-portal"));
        assertThat(settings.tool().name()).isEqualTo("query");
        assertThat(settings.tool().forwardToken()).isFalse();
    }

    @Test
    void allThatIsMissingIsNamedAtOnceEachWithItsFix() {
        List<String> lines = mistakes(Map.of());

        assertThat(lines).hasSize(REQUIRED.size()).allMatch(line -> line.matches("[A-Z_0-9]+ is not set — fix: .+"));
        assertThat(lines).extracting(line -> line.split(" ")[0]).containsExactlyInAnyOrderElementsOf(REQUIRED);
    }

    @Test
    void aBlankValueIsAMissingOne() {
        variables.put("LOGIN_AUDIENCE", "  ");

        assertThat(mistakes(variables)).singleElement().asString().startsWith("LOGIN_AUDIENCE is not set — fix: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    LOGIN_ISSUER             | login.example.com
                    LOGIN_ISSUER             | http://login.example.com/
                    LOGIN_AUDIENCE_PARAMETER | aud
                    LOGIN_SCOPE              | profile
                    IDP_TOKEN_URL            | http://login.example.com/oauth/token
                    DB_HOST                  | http://adb-1.example.com
                    DB_HOST                  | adb 1
                    ROLE_CLAIM               | ["realm_access",
                    ROLE_CLAIM               | []
                    ROLE_MAP                 | [1, 2]
                    ROLE_MAP                 | {}
                    ROLE_MAP                 | null
                    ROLE_MAP                 | {"sales-west": null}
                    ROLE_MAP                 | {"sales-west": "west_sales", "sales-west": "east_sales"}
                    ROLE_MAP                 | {"sales-west": "west_sales"} and more
                    DB_HOST                  | https://adb-1.example.com/a/path
                    ROLE_SP_MAP              | {"west_sales": "no-uuid", "east_sales": "bc3cfe6c-469e-4130-b425-5384c4aa30bb"}
                    ROLE_SP_MAP              | {"west_sales": "7cb2f8a4-49a7-4147-83db-35cb69e5cede"}
                    MCP_URL                  | http://sales.example.com/mcp
                    MCP_ARGUMENTS            | SELECT 1
                    MCP_FORWARD_TOKEN        | yes
                    WEB_PORT                 | 65536
                    WEB_PORT                 | http
                    WEB_URL                  | http://sales.example.com
                    WEB_URL                  | https://sales.example.com/portal
                    """)
    void aWrongValueIsNamedWithItsFix(String name, String value) {
        variables.put(name, value);

        assertThat(mistakes(variables))
                .singleElement()
                .asString()
                .startsWith(name)
                .contains(" — fix: ")
                .doesNotContain("canary");
    }

    @Test
    void severalWrongValuesAreNamedTogether() {
        variables.put("WEB_PORT", "x");
        variables.put("MCP_URL", "x");
        variables.remove("LOGIN_ISSUER");
        variables.put("ROLE_MAP", "x");

        assertThat(mistakes(variables))
                .extracting(line -> line.split(" ")[0])
                .containsExactlyInAnyOrder("WEB_PORT", "MCP_URL", "LOGIN_ISSUER", "ROLE_MAP");
    }

    @Test
    void theApplicationsOwnClientIdIsNoServicePrincipal() {
        variables.put("M2M_CLIENT_ID", WEST);

        assertThat(mistakes(variables)).singleElement().asString().startsWith("ROLE_SP_MAP");
    }

    @Test
    void aRoleMayBeNestedInTheToken() {
        variables.put("ROLE_CLAIM", "[\"realm_access\", \"roles\"]");
        Map<String, ?> claims =
                Map.of("iss", "i", "sub", "s", "realm_access", Map.of("roles", List.of("offline", "sales-east")));

        WebSettings settings = WebSettings.read(variables);

        assertThat(settings.roles()
                        .resolver()
                        .resolve(VerifiedClaims.alreadyVerified(claims))
                        .name())
                .isEqualTo("east_sales");
    }

    @Test
    void theOrderOfTheMapDecidesBetweenSeveralRoles() {
        variables.put("ROLE_MAP", "{\"sales-east\": \"east_sales\", \"sales-west\": \"west_sales\"}");
        Map<String, ?> claims =
                Map.of("iss", "i", "sub", "s", WebSettings.ROLE_CLAIM, List.of("sales-west", "sales-east"));

        WebSettings settings = WebSettings.read(variables);

        assertThat(settings.roles()
                        .resolver()
                        .resolve(VerifiedClaims.alreadyVerified(claims))
                        .name())
                .isEqualTo("east_sales");
    }

    @Test
    void anotherToolMayBeAsked() {
        variables.put("MCP_TOOL", "execute_sql");
        variables.put("MCP_ARGUMENTS", "{\"query\": \"SELECT 1\"}");

        McpTool tool = WebSettings.read(variables).tool();

        assertThat(tool.name()).isEqualTo("execute_sql");
        assertThat(tool.arguments()).isEqualTo(Map.of("query", "SELECT 1"));
        assertThat(tool.question()).contains("execute_sql", "SELECT 1");
    }

    /** The browser's Host and Origin are compared with it. */
    @ParameterizedTest
    @CsvSource({
        "https://Sales.example.com:443, https://sales.example.com",
        "HTTPS://sales.example.com/, https://sales.example.com",
        "https://sales.example.com:8443, https://sales.example.com:8443",
        "http://LOCALHOST:80, http://localhost",
        "http://localhost:443, http://localhost:443",
    })
    void theAddressIsWrittenAsBrowsersWriteIt(String given, String written) {
        variables.put("WEB_URL", given);

        assertThat(WebSettings.read(variables).address().origin()).contains(URI.create(written));
    }

    private static List<String> mistakes(Map<String, String> variables) {
        return catchThrowableOfType(Variables.Mistakes.class, () -> WebSettings.read(variables))
                .lines();
    }
}
