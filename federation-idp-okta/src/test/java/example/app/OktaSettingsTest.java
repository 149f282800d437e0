// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tokenfederation.SigningKey;
import io.tokenfederation.okta.OktaTokenSource;
import io.tokenfederation.okta.OktaTokenSourceBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OktaSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "dev-1.okta.com, https://dev-1.okta.com",
        "' dev-1.okta.com ', https://dev-1.okta.com",
        "Dev-1.Okta.com, https://dev-1.okta.com",
        "https://dev-1.okta.com, https://dev-1.okta.com",
        "https://dev-1.okta.com/, https://dev-1.okta.com",
        "login.example.com:8443, https://login.example.com:8443",
        "sso-admin.example.com, https://sso-admin.example.com",
        "http://localhost:8080, http://localhost:8080"
    })
    void domainIsUnderstood(String domain, String origin) {
        assertThat(complete().domain(domain).build())
                .hasToString("OktaTokenSource[" + origin + "/oauth2/default, client id]");
    }

    @ParameterizedTest
    @CsvSource({
        "'', leave out the path",
        "/, leave out the path",
        "https://dev-1.okta.com/oauth2/default, goes into authorizationServer(id)",
        "https://dev-1.okta.com/oauth2/v1/token, goes into authorizationServer(id)",
        "dev-1.okta.com/x, leave out the path",
        "dev-1.okta.com?x, leave out the path",
        "user:canary@dev-1.okta.com, leave out the path",
        "ftp://dev-1.okta.com, leave out the path",
        "http://dev-1.okta.com, must use https",
        "http://localhost.evil.com, must use https",
        "dev-1-admin.okta.com, tokens are issued by dev-1.okta.com",
        "https://Acme-admin.oktapreview.com/, tokens are issued by acme.oktapreview.com",
        "acme-admin.okta-emea.com, tokens are issued by acme.okta-emea.com"
    })
    void domainThatIsNoneIsRefused(String domain, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> complete().domain(domain))
                .withMessageContaining(why)
                .withMessageNotContaining("canary");
    }

    /** O1, O12: the org's own server, in the ways people write it. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "v1", "org", "https://dev-1.okta.com", "https://dev-1.okta.com/oauth2/v1/token"})
    void orgServerIsRefusedWithItsReason(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> complete().authorizationServer(id))
                .withMessageContaining("nobody else gets the keys to verify them");
    }

    @Test
    void issuerOfTheOrgIsRefusedWithItsReason() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> complete().issuer("https://dev-1.okta.com"))
                .withMessageContaining("nobody else gets the keys to verify them");
    }

    /** O5. */
    @ParameterizedTest
    @ValueSource(strings = {"openid", "profile", "email", "address", "phone", "offline_access"})
    void scopesOfPeopleAreRefused(String scope) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> complete().scopes("databricks", scope))
                .withMessageContaining("'" + scope + "' is for people");
    }

    /** O11. */
    @Test
    void audienceCannotBeAskedFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> complete().parameter("audience", "x"))
                .withMessageContaining("expectedAudience(audience)");
    }

    @Test
    void furtherParametersAreLeftToTheApplication() {
        assertThat(complete().parameter("resource", "https://example.com").build())
                .isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> complete().parameter("client_secret", "canary"))
                .withMessageNotContaining("canary");
    }

    @Test
    void keyThatSignsInAWayOktaDoesNotTakeIsRefused() {
        SigningKey key = SigningKey.fromPem(Keys.rsa(2048).privatePem()).algorithm("PS256");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> complete().privateKey(key))
                .withMessageContaining("PS256");
    }

    @Test
    void oneCredentialIsSet() {
        SigningKey key = SigningKey.fromPem(Keys.ec(384).privatePem());

        assertThatIllegalStateException()
                .isThrownBy(() -> complete().privateKey(key).build())
                .withMessageContaining("clientSecret(secret) or privateKey(key), not both");
    }

    @Test
    void missingSettingsAreNamed() {
        OktaTokenSourceBuilder builder = OktaTokenSource.builder();

        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("domain(name)");
        builder.domain("dev-1.okta.com");
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("privateKey(key)");
        builder.clientSecret("canary");
        assertThatIllegalStateException()
                .isThrownBy(builder::build)
                .withMessageContaining("scopes(name)")
                .withMessageNotContaining("canary");
        builder.scopes("databricks");
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("clientId(id)");
    }

    private static OktaTokenSourceBuilder complete() {
        return OktaTokenSource.builder()
                .domain("dev-1.okta.com")
                .clientId("id")
                .clientSecret("secret")
                .scopes("databricks");
    }
}
