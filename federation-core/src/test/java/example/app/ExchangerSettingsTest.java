// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.DatabricksTokenExchangerBuilder;
import io.tokenfederation.IdpToken;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExchangerSettingsTest {
    private static final String HOST = "https://adb-1.azuredatabricks.net";
    private static final String ACCOUNT = "0d26daa6-5e44-4c97-a497-ef015f91254a";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://adb-1.azuredatabricks.net",
                "https://adb-1.azuredatabricks.net/",
                "HTTPS://adb-1.azuredatabricks.net",
                "https://dbc-1.cloud.databricks.com:443",
                "http://localhost:8080",
                "http://127.0.0.1:8080/"
            })
    void workspaceIsAHostInAUrl(String url) {
        assertThat(DatabricksTokenExchanger.builder().workspace(url)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "adb-1.azuredatabricks.net, a whole URL",
        "adb-1.azuredatabricks.net:443, a whole URL",
        "'', a whole URL",
        "https://, not a URL",
        "https://a b.net, not a URL",
        "https://adb-1.azuredatabricks.net/oidc/v1/token, leave out what follows",
        "https://adb-1.azuredatabricks.net/?o=1, leave out what follows",
        "https://adb-1.azuredatabricks.net#x, leave out what follows",
        "https://canary:canary@adb-1.net, user name",
        "https://canary@adb-1.net, user name",
        "user:canary@adb-1.net, a whole URL",
        "https://user:canary@adb_1.net, a whole URL",
        "http://adb-1.azuredatabricks.net, https",
        "http://localhost.evil.com, https",
        "https://accounts.cloud.databricks.com, account console",
        "https://accounts.azuredatabricks.net, account console"
    })
    void workspaceThatIsNoneIsExplained(String url, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabricksTokenExchanger.builder().workspace(url))
                .withMessageContaining(why)
                .withMessageNotContaining("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "canary", "../../canary", "0d26daa6-5e44-4c97-a497-ef015f91254a/x"})
    void accountIdThatIsNoneIsRefused(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> DatabricksTokenExchanger.builder().account("https://accounts.azuredatabricks.net", id))
                .withMessageContaining("must be a UUID")
                .withMessageNotContaining("canary");
    }

    @Test
    void secondHostIsRefused() {
        DatabricksTokenExchangerBuilder builder =
                DatabricksTokenExchanger.builder().workspace(HOST);

        assertThatIllegalStateException()
                .isThrownBy(() -> builder.account("https://accounts.azuredatabricks.net", ACCOUNT))
                .withMessageContaining("create another");
    }

    @Test
    void missingSettingsAreNamed() {
        DatabricksTokenExchangerBuilder builder = DatabricksTokenExchanger.builder();

        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("workspace(url)");
        builder.workspace(HOST);
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("idpTokenSource(source)");
    }

    @Test
    void scopesAreWords() {
        DatabricksTokenExchangerBuilder builder = DatabricksTokenExchanger.builder();

        assertThatIllegalArgumentException().isThrownBy(builder::scopes).withMessageContaining("all-apis");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.scopes("sql genie"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.scopes("sql", " "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S"})
    void timesAreLongerThanZero(Duration time) {
        DatabricksTokenExchangerBuilder builder = DatabricksTokenExchanger.builder();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.requestTimeout(time))
                .withMessageStartingWith("requestTimeout must be more than zero");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.waitTimeout(time))
                .withMessageStartingWith("waitTimeout must be more than zero");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.waitTimeout(ChronoUnit.FOREVER.getDuration()))
                .withMessageContaining("at most a day");
    }

    @Test
    void clientThatFollowsRedirectsIsRefused() {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        DatabricksTokenExchangerBuilder builder = DatabricksTokenExchanger.builder()
                .workspace(HOST)
                .idpTokenSource(() -> IdpToken.parse("never asked"))
                .httpClient(client);

        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("follows redirects");
    }
}
