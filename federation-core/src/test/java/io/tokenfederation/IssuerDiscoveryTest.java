// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import example.app.Jwts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A source that is told its issuer, and finds the token endpoint. */
final class IssuerDiscoveryTest {
    private static final String DOCUMENT = "/realms/main/.well-known/openid-configuration";

    private final WireMockServer idp =
            new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
    private final AtomicLong nanos = new AtomicLong();

    @BeforeEach
    void start() {
        idp.start();
        idp.stubFor(post(urlEqualTo("/token")).willReturn(jwtOf(issuer())));
        publishes(issuer(), idp.baseUrl() + "/token");
    }

    @AfterEach
    void stop() {
        idp.stop();
    }

    @Test
    void theDocumentSaysWhereTokensAreIssued() {
        assertThat(source(issuer()).mint().issuer()).isEqualTo(issuer());
    }

    @Test
    void nothingIsSentWhenTheSourceIsBuilt() {
        source(issuer());

        assertThat(idp.getAllServeEvents()).isEmpty();
    }

    @Test
    void theEndpointIsKeptForAnHour() {
        OidcTokenSource source = source(issuer());
        source.mint();
        nanos.addAndGet(Duration.ofMinutes(59).toNanos());
        source.mint();
        idp.verify(1, getRequestedFor(urlEqualTo(DOCUMENT)));

        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        source.mint();

        idp.verify(2, getRequestedFor(urlEqualTo(DOCUMENT)));
    }

    @Test
    void anEndpointThatHasMovedIsLookedUpAnew() {
        OidcTokenSource source = source(issuer());
        source.mint();
        idp.stubFor(post(urlEqualTo("/token")).willReturn(status(404).withBody("<html>gone</html>")));
        idp.stubFor(post(urlEqualTo("/v2/token")).willReturn(jwtOf(issuer())));
        publishes(issuer(), idp.baseUrl() + "/v2/token");

        IdpTokenException gone = catchThrowableOfType(IdpTokenException.class, source::mint);
        source.mint();

        assertThat(gone.code()).isEqualTo("IDP_REPLY_UNREADABLE");
        idp.verify(1, postRequestedFor(urlEqualTo("/v2/token")));
    }

    @Test
    void anIssuerWithASlashTooManyIsToldHowItDiffers() {
        IdpTokenException failure = failureOf(source(issuer() + "/"));

        assertThat(failure.code()).isEqualTo("IDP_ISSUER_MISMATCH");
        assertThat(failure).hasMessageContaining(issuer()).hasMessageContaining("slash");
        idp.verify(0, postRequestedFor(urlEqualTo("/token")));
    }

    @Test
    void aJwtOfAnotherIssuerIsNotHandedOn() {
        idp.stubFor(post(urlEqualTo("/token")).willReturn(jwtOf("http://keycloak.internal:8080/realms/main")));

        IdpTokenException failure = failureOf(source(issuer()));

        assertThat(failure.code()).isEqualTo("IDP_ISSUER_MISMATCH");
        assertThat(failure).hasMessageContaining("http://keycloak.internal:8080/realms/main");
    }

    @Test
    void noSecretGoesToAnotherHostBecauseADocumentSaysSo() {
        publishes(issuer(), "https://evil.example.com/token");

        IdpTokenException failure = failureOf(source(issuer()));

        assertThat(failure.code()).isEqualTo("IDP_DISCOVERY_FAILED");
        assertThat(failure).hasMessageContaining("evil.example.com");
        assertThat(failure.fix()).contains("tokenEndpoint");
    }

    @Test
    void aClientWithACertificateIsSentToTheEndpointForThose() throws Exception {
        idp.stubFor(get(urlEqualTo(DOCUMENT))
                .willReturn(okJson("{\"issuer\":\"" + issuer() + "\",\"token_endpoint\":\"" + idp.baseUrl()
                        + "/token\",\"mtls_endpoint_aliases\":{\"token_endpoint\":\"" + idp.baseUrl() + "/mtls\"}}")));
        idp.stubFor(post(urlEqualTo("/mtls")).willReturn(jwtOf(issuer())));

        OidcTokenSource.builder()
                .issuer(issuer())
                .clientId("client-1")
                .sslContext(SSLContext.getDefault())
                .build()
                .mint();
        source(issuer()).mint();

        idp.verify(1, postRequestedFor(urlEqualTo("/mtls")));
        idp.verify(1, postRequestedFor(urlEqualTo("/token")));
    }

    @Test
    void aServerThatLimitsTheRateIsNotLookedUpAnew() {
        OidcTokenSource source = source(issuer());
        source.mint();
        idp.stubFor(post(urlEqualTo("/token")).willReturn(status(429)));

        for (int i = 0; i < 5; i++) {
            assertThat(failureOf(source).code()).isEqualTo("IDP_RATE_LIMITED");
        }

        idp.verify(1, getRequestedFor(urlEqualTo(DOCUMENT)));
    }

    @Test
    void anotherHostIsFineIfTheApplicationNamesIt() {
        OidcTokenSource source = builder("https://accounts.example.com")
                .tokenEndpoint(idp.baseUrl() + "/token")
                .build();
        idp.stubFor(post(urlEqualTo("/token")).willReturn(jwtOf("https://accounts.example.com")));

        assertThat(source.mint().issuer()).isEqualTo("https://accounts.example.com");
        idp.verify(0, getRequestedFor(urlEqualTo(DOCUMENT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://idp.example.com/token", "/token", "", "no url", "https://user:c4n4ry@127.0.0.1/token"})
    void anEndpointThatIsNotSecureIsRefused(String endpoint) {
        publishes(issuer(), endpoint);

        IdpTokenException failure = failureOf(source(issuer()));

        assertThat(failure.code()).isEqualTo("IDP_DISCOVERY_FAILED");
        assertThat(failure).hasMessageContaining("token_endpoint").hasMessageNotContaining("c4n4ry");
    }

    @ParameterizedTest
    @CsvSource({
        "404, IDP_DISCOVERY_FAILED, false",
        "302, IDP_DISCOVERY_FAILED, false",
        "429, IDP_RATE_LIMITED, true",
        "503, IDP_UNAVAILABLE, true"
    })
    void aDocumentThatIsNotThereHasACode(int status, String code, boolean retryable) {
        idp.stubFor(get(urlEqualTo(DOCUMENT)).willReturn(status(status).withHeader("Location", "https://example.com")));

        IdpTokenException failure = failureOf(source(issuer()));

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(failure.httpStatus()).hasValue(status);
    }

    @Test
    void aPageInsteadOfADocumentIsNotQuoted() {
        idp.stubFor(get(urlEqualTo(DOCUMENT)).willReturn(okJson("<html>c4n4ry</html>")));

        IdpTokenException failure = failureOf(source(issuer()));

        assertThat(failure.code()).isEqualTo("IDP_DISCOVERY_FAILED");
        assertThat(failure).hasMessageContaining("not JSON").hasMessageNotContaining("c4n4ry");
    }

    @Test
    void aDocumentWithoutEndIsCutOff() {
        idp.stubFor(get(urlEqualTo(DOCUMENT)).willReturn(okJson("{\"x\":\"" + "y".repeat(2 << 20) + "\"}")));

        assertThat(failureOf(source(issuer())).code()).isEqualTo("IDP_UNREACHABLE");
    }

    @Test
    void anIssuerThatDoesNotAnswerIsUnreachable() {
        OidcTokenSource source = source(issuer());
        idp.stop();

        IdpTokenException failure = failureOf(source);

        assertThat(failure.code()).isEqualTo("IDP_UNREACHABLE");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void theDocumentsOwnAddressIsNoIssuer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OidcTokenSource.builder().issuer(issuer() + "/.well-known/openid-configuration"))
                .withMessageContaining("what stands before");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OidcTokenSource.builder().issuer(issuer() + "?tenant=1"))
                .withMessageContaining("query");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OidcTokenSource.builder().issuer("http://idp.example.com"))
                .withMessageContaining("https");
    }

    @Test
    void itsPrintedFormNamesTheIssuer() {
        assertThat(source(issuer())).hasToString("OidcTokenSource[issuer " + issuer() + ", client client-1]");
    }

    private String issuer() {
        return idp.baseUrl() + "/realms/main";
    }

    private void publishes(String issuer, String tokenEndpoint) {
        idp.stubFor(get(urlEqualTo(DOCUMENT))
                .willReturn(okJson("{\"issuer\":\"" + issuer + "\",\"token_endpoint\":\"" + tokenEndpoint + "\"}")));
    }

    private OidcTokenSource source(String issuer) {
        return builder(issuer).build();
    }

    private OidcTokenSourceBuilder builder(String issuer) {
        return OidcTokenSource.builder()
                .issuer(issuer)
                .clientId("client-1")
                .clientSecret("secret")
                .clocks(InstantSource.system(), nanos::get);
    }

    private static IdpTokenException failureOf(OidcTokenSource source) {
        return catchThrowableOfType(IdpTokenException.class, source::mint);
    }

    private static ResponseDefinitionBuilder jwtOf(String issuer) {
        String jwt = Jwts.signed(Jwts.claims(Instant.now().plusSeconds(3_600)).issuer(issuer));
        return okJson("{\"access_token\":\"" + jwt + "\",\"token_type\":\"Bearer\"}");
    }
}
