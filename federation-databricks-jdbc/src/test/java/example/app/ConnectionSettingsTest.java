// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.client.jdbc.Driver;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.jdbc.FederatedDataSource;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionSettingsTest {
    private static final DatabricksTokenSource TOKENS = () -> DatabricksToken.of("t", Instant.MAX);

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    /** As the page of a warehouse shows it. */
    @Test
    void theUrlOfTheWarehousesPageIsTakenAsItIs() throws SQLException {
        FederatedDataSource copied = world.ticks
                .builder()
                .url("jdbc:databricks://adb-1.example.com:443/default;transportMode=http;ssl=1;AuthMech=3;UID=token;"
                        + "httpPath=/sql/1.0/warehouses/abc;")
                .property("UserAgentEntry", "sales-portal")
                .tokens(world.exchanger.sourceFor(world.west))
                .driver(world.driver)
                .build();

        copied.getConnection().close();

        assertThat(world.driver.urls)
                .containsExactly("jdbc:databricks://adb-1.example.com:443/default;transportMode=http;ssl=1;"
                        + "httpPath=/sql/1.0/warehouses/abc");
        assertThat(world.driver.lastLogin()).contains(Map.entry("UserAgentEntry", "sales-portal"));
        assertThat(new Driver().acceptsURL(world.driver.urls.get(0))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PWD",
                "password",
                "Auth_AccessToken",
                "Auth_RefreshToken",
                "OAuth2Secret",
                "OAuth2ClientId",
                "Auth_JWT_Key_Passphrase",
                "Identity_Federation_Client_Id",
                "http.header.Authorization"
            })
    void aCredentialIsRefusedAndNotQuoted(String name) {
        assertThatThrownBy(() -> builder(World.URL + ";" + name + "=s3cr3t").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageNotContaining("s3cr3t");
        assertThatThrownBy(() -> builder(World.URL).property(name, "s3cr3t").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageNotContaining("s3cr3t");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LogLevel=6                      | writes tokens into its log
            LogLevel=05                     | writes tokens into its log
            LogLevel=+7                     | writes tokens into its log
            AllowSelfSignedCerts=1          | to whoever answers
            loglevel=DEBUG                  | writes tokens into its log
            SSL=0                           | over http to another machine
            httpPath=/sql/1.0/warehouses/b  | there twice
            """)
    void aSettingThatWouldGiveTokensAwayOrConfuseTheDriverIsRefused(String setting, String why) {
        assertThatThrownBy(() -> builder(World.URL + ";" + setting).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LogLevel=04", "LogLevel=info", "LogLevel=", "AllowSelfSignedCerts=0"})
    void aSettingThatKeepsTokensIsTaken(String setting) {
        assertThat(builder(World.URL + ";" + setting).build()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8443", "127.0.0.1", "[::1]:8443"})
    void loopbackMayHaveACertificateOfItsOwn(String host) {
        assertThat(builder("jdbc:databricks://" + host + "/default;httpPath=/x;AllowSelfSignedCerts=1")
                        .build())
                .isNotNull();
    }

    @Test
    void aSettingInUrlAndPropertiesIsRefused() {
        assertThatThrownBy(() -> builder(World.URL).property("HTTPPATH", "/x").build())
                .hasMessageContaining("there twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:spark://h:443/default", "https://adb-1.example.com", "jdbc:databricks://", ""})
    void anotherUrlIsRefused(String url) {
        assertThatThrownBy(() -> builder(url).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdbc:databricks://<host>");
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThatThrownBy(() -> FederatedDataSource.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("set url(...) and tokens(...)");
    }

    @Test
    void theRegisteredDriverIsFound() {
        List<FederatedDataSource> built = List.of(builder(World.URL).build());

        assertThat(built).hasToString("[FederatedDataSource[adb-1.example.com:443]]");
    }

    private static FederatedDataSource.Builder builder(String url) {
        return FederatedDataSource.builder().url(url).tokens(TOKENS);
    }
}
