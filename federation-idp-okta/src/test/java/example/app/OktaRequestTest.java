// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.SigningKey;
import io.tokenfederation.okta.OktaTokenSource;
import io.tokenfederation.okta.OktaTokenSourceBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent, to the letter: Okta counts a client_id beside an assertion as a second credential. */
final class OktaRequestTest {
    private Recorder okta;

    @BeforeEach
    void start() throws IOException {
        okta = new Recorder();
    }

    @AfterEach
    void stop() {
        okta.close();
    }

    @Test
    void secretGoesIntoTheHeaderAndNothingOfTheClientIntoTheForm() {
        send(application().clientSecret("s+cret"));

        String basic = Base64.getEncoder().encodeToString("0oa1:s%2Bcret".getBytes(StandardCharsets.UTF_8));
        assertThat(okta.form())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "path", "/oauth2/default/v1/token",
                        "Authorization", "Basic " + basic,
                        "grant_type", "client_credentials",
                        "scope", "databricks"));
    }

    @Test
    void assertionIsForTheTokenEndpointAndLivesMinutes() throws IOException {
        Keys keys = Keys.rsa(2048);

        send(application()
                .authorizationServer("aus1")
                .privateKey(SigningKey.fromPem(keys.privatePem()).keyId("kid-1")));

        assertThat(okta.form())
                .containsOnlyKeys("path", "grant_type", "scope", "client_assertion", "client_assertion_type");
        String[] parts = okta.form().get("client_assertion").split("\\.");
        JsonNode claims = json(parts[1]);
        assertThat(json(parts[0]).path("kid").asText()).isEqualTo("kid-1");
        assertThat(claims.path("aud").asText()).isEqualTo(okta.url() + "/oauth2/aus1/v1/token");
        assertThat(claims.path("iss").asText()).isEqualTo("0oa1");
        assertThat(claims.path("sub").asText()).isEqualTo("0oa1");
        assertThat(claims.path("jti").asText()).isNotEmpty();
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isBetween(1L, 3_600L);
    }

    @Test
    void furtherParameterIsSent() {
        send(application().clientSecret("secret").parameter("resource", "https://example.com"));

        assertThat(okta.form()).containsEntry("resource", "https://example.com");
    }

    private OktaTokenSourceBuilder application() {
        return OktaTokenSource.builder().domain(okta.url()).clientId("0oa1").scopes("databricks");
    }

    private static void send(OktaTokenSourceBuilder settings) {
        OktaTokenSource source = settings.build();
        assertThatThrownBy(source::mint).isInstanceOf(IdpTokenException.class);
    }

    private static JsonNode json(String part) throws IOException {
        return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(part));
    }
}
