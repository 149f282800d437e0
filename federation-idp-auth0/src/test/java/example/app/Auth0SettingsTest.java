// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tokenfederation.auth0.Auth0TokenSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Auth0SettingsTest {
    @ParameterizedTest
    @CsvSource({
        "dev-1.us.auth0.com, https://dev-1.us.auth0.com/oauth/token",
        "' dev-1.us.auth0.com ', https://dev-1.us.auth0.com/oauth/token",
        "https://dev-1.us.auth0.com, https://dev-1.us.auth0.com/oauth/token",
        "https://dev-1.us.auth0.com/, https://dev-1.us.auth0.com/oauth/token",
        "login.example.com:8443, https://login.example.com:8443/oauth/token",
        "http://localhost:8080, http://localhost:8080/oauth/token"
    })
    void domainIsUnderstood(String domain, String endpoint) {
        assertThat(complete().domain(domain).build().toString()).contains("[" + endpoint + ",");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "https://",
                "https://dev-1.us.auth0.com/oauth/token",
                "https://dev-1.us.auth0.com//",
                "dev-1.us.auth0.com/x",
                "dev-1.us.auth0.com?x",
                "dev-1.us.auth0.com#x",
                "user:canary@dev-1.us.auth0.com",
                "https://canary@dev-1.us.auth0.com",
                "ftp://dev-1.us.auth0.com",
                "http://dev-1.us.auth0.com",
                "http://localhost.evil.com",
                "dev 1.us.auth0.com"
            })
    void domainThatIsNoneIsRefused(String domain) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> complete().domain(domain))
                .withMessageNotContaining("canary");
    }

    @Test
    void missingSettingsAreNamed() {
        Auth0TokenSource.Builder builder = Auth0TokenSource.builder();

        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("domain(name)");
        builder.domain("dev-1.us.auth0.com");
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("audience(identifier)");
        builder.audience("a");
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("clientId(id)");
        builder.clientId("id");
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("clientSecret(secret)");
    }

    private static Auth0TokenSource.Builder complete() {
        return Auth0TokenSource.builder().clientId("id").clientSecret("secret").audience("a");
    }
}
