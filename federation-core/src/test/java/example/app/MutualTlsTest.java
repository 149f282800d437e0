// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.tokenfederation.ClientAssertion;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.OidcTokenSourceBuilder;
import io.tokenfederation.SigningKey;
import io.tokenfederation.internal.SelfSigned;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token endpoint that knows its clients by their certificates (RFC 8705). */
final class MutualTlsTest {
    private static final AtomicReference<String> FORM = new AtomicReference<>("");

    @TempDir
    private static Path files;

    private static KeyStore keys;
    private static HttpsServer server;

    @BeforeAll
    static void start() throws Exception {
        keys = SelfSigned.keys(files.resolve("keys.p12"));
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(true)) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        byte[] reply = ("{\"access_token\":\"" + Jwts.endingAt(Instant.now().plusSeconds(3_600)) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        server.createContext("/token", call -> {
            FORM.set(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            call.sendResponseHeaders(200, reply.length);
            call.getResponseBody().write(reply);
            call.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Test
    void theCertificateIsTheWholeCredential() throws Exception {
        assertThat(source().sslContext(context(true)).build().mint().subject()).isEqualTo(Jwts.SUBJECT);
        assertThat(FORM.get())
                .contains("client_id=client-1")
                .doesNotContain("client_secret")
                .doesNotContain("client_assertion");
    }

    @Test
    void withoutACertificateNoConnectionComesAbout() throws Exception {
        OidcTokenSource source = source().sslContext(context(false)).build();

        IdpTokenException failure = catchThrowableOfType(IdpTokenException.class, source::mint);

        assertThat(failure.code()).isEqualTo("IDP_UNREACHABLE");
    }

    @Test
    void aClientOfOnesOwnBringsItsOwnContext() throws Exception {
        SSLContext context = context(true);

        assertThatIllegalStateException()
                .isThrownBy(() -> source().sslContext(context)
                        .httpClient(HttpClient.newHttpClient())
                        .build())
                .withMessageContaining("give the client the context");
    }

    @Test
    void aKeyStoresKeyIsNamedByItsCertificate() throws Exception {
        SigningKey key = SigningKey.fromKeyStore(keys, SelfSigned.ALIAS, SelfSigned.password());

        source().sslContext(context(true))
                .clientAssertion(ClientAssertion.signedBy(key))
                .build()
                .mint();

        JWSHeader header = SignedJWT.parse(URLUtils.parseParameters(FORM.get())
                        .get("client_assertion")
                        .get(0))
                .getHeader();
        byte[] certificate = MessageDigest.getInstance("SHA-256")
                .digest(keys.getCertificate(SelfSigned.ALIAS).getEncoded());
        assertThat(header.getX509CertSHA256Thumbprint()).isEqualTo(Base64URL.encode(certificate));
        assertThat(header.getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
    }

    private static OidcTokenSourceBuilder source() {
        return OidcTokenSource.builder()
                .tokenEndpoint("https://127.0.0.1:" + server.getAddress().getPort() + "/token")
                .clientId("client-1");
    }

    private static SSLContext context(boolean withKey) throws Exception {
        return SelfSigned.context(keys, withKey);
    }
}
