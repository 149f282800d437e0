// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import example.app.Portal.Vendor;
import example.app.Web.Answer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackLoginCorsTest {
    private static final String ALLOWED = "Access-Control-Allow-Origin";

    private final Portal portal = new Portal(Vendor.OIDC, new FakeClock());

    @AfterEach
    void close() {
        portal.close();
    }

    @Test
    void theApplicationsOriginMayReadEveryEndpoint() throws Exception {
        for (URI endpoint : endpoints()) {
            Answer preflight = Web.options(endpoint, "Origin", Portal.ORIGIN, "Access-Control-Request-Method", "POST");

            assertThat(preflight.status()).isEqualTo(204);
            assertThat(preflight.header(ALLOWED)).isEqualTo(Portal.ORIGIN);
            assertThat(preflight.header("Access-Control-Allow-Headers")).isEqualTo("Authorization, Content-Type");
            assertThat(preflight.header("Vary")).isEqualTo("Origin");
            assertThat(preflight.header("Access-Control-Allow-Credentials")).isEmpty();
        }
        assertThat(Web.get(document(), "Origin", Portal.ORIGIN).header(ALLOWED)).isEqualTo(Portal.ORIGIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://localhost:5175",
                "https://localhost:5173",
                "http://localhost:5173.evil.example",
                "http://127.0.0.1:5173",
                "null"
            })
    void anotherOriginMayReadNothing(String origin) throws Exception {
        for (URI endpoint : endpoints()) {
            Answer preflight = Web.options(endpoint, "Origin", origin, "Access-Control-Request-Method", "POST");

            assertThat(preflight.status()).isEqualTo(403);
            assertThat(preflight.header(ALLOWED)).isEmpty();
        }
        assertThat(Web.get(document(), "Origin", origin).header(ALLOWED)).isEmpty();
        assertThat(token(Portal.CLIENT, origin).header(ALLOWED)).isEmpty();
    }

    @Test
    void tokensAreReadByTheirOwnApplicationOnly() throws Exception {
        assertThat(token(Portal.CLIENT, Portal.ORIGIN).header(ALLOWED)).isEqualTo(Portal.ORIGIN);
        assertThat(token("other", Portal.ORIGIN).header(ALLOWED)).isEmpty();
        assertThat(token("nobody", Portal.ORIGIN).header(ALLOWED)).isEmpty();
    }

    @Test
    void theApplicationCanReadWhyItWasRefused() throws Exception {
        Answer refused = token(Portal.CLIENT, Portal.ORIGIN);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header(ALLOWED)).isEqualTo(Portal.ORIGIN);
        assertThat(refused.header("Vary")).isEqualTo("Origin");
    }

    @Test
    void theLoginPageIsForNoScript() throws Exception {
        Answer page = Web.get(portal.authorize(Map.of()).response().uri(), "Origin", Portal.ORIGIN);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header(ALLOWED)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void theDiscoveryDocumentSaysWhatIsThere(Vendor vendor) throws Exception {
        try (Portal other = new Portal(vendor, new FakeClock())) {
            String issuer = other.idp().issuer();
            String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;

            JsonNode document = Web.get(URI.create(base + "/.well-known/openid-configuration"))
                    .json();

            assertThat(document.path("issuer").asText()).isEqualTo(issuer);
            assertThat(document.path("authorization_endpoint").asText())
                    .isEqualTo(other.idp().login().authorizationEndpoint().toString());
            assertThat(document.path("userinfo_endpoint").asText())
                    .isEqualTo(other.idp().login().userInfoEndpoint().toString());
            assertThat(document.path("end_session_endpoint").asText())
                    .isEqualTo(other.idp().login().logoutEndpoint().toString());
            assertThat(document.path("code_challenge_methods_supported")).isEqualTo(Web.json("[\"S256\"]"));
            assertThat(document.path("response_types_supported")).isEqualTo(Web.json("[\"code\"]"));
            assertThat(document.path("grant_types_supported").toString())
                    .contains("authorization_code", "refresh_token", "client_credentials");
            assertThat(document.path("token_endpoint_auth_methods_supported").toString())
                    .contains("\"none\"");
        }
    }

    private URI document() {
        return URI.create(portal.idp().issuer() + "/.well-known/openid-configuration");
    }

    private List<URI> endpoints() throws Exception {
        URI keys = URI.create(Web.get(document()).json().path("jwks_uri").asText());
        return List.of(
                document(),
                keys,
                portal.idp().tokenEndpoint(),
                portal.idp().login().userInfoEndpoint());
    }

    private Answer token(String clientId, String origin) throws Exception {
        return Web.postForm(
                portal.idp().tokenEndpoint(),
                Map.of("grant_type", "authorization_code", "client_id", clientId),
                "Origin",
                origin);
    }
}
