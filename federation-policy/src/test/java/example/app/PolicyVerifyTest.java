// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.tokenfederation.IdpToken;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.PolicyException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The signature, by keys that are found in each of the three ways; and each way in which they are not. */
class PolicyVerifyTest {
    private static final Signer KNOWN = new Signer("k-1");
    private static final Signer STRANGER = new Signer("k-9");
    private static final Signer IMPOSTOR = new Signer("k-1");

    private HttpServer server;
    private String issuer;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        issuer = "http://127.0.0.1:" + server.getAddress().getPort() + "/realm";
        serve("/realm/.well-known/openid-configuration", 200, document(issuer, issuer + "/jwks"));
        serve("/realm/jwks", 200, Signer.jwks(new Signer("k-0"), KNOWN));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void keysAreFoundInEachOfThreeWays() {
        IdpToken token = KNOWN.token(issuer);
        FederationPolicy discovered = FederationPolicy.matching(token);
        FederationPolicy elsewhere =
                discovered.toBuilder().jwksUri(URI.create(issuer + "/jwks")).build();
        FederationPolicy pinned = FederationPolicy.matching(KNOWN.token("https://unreachable.invalid")).toBuilder()
                .jwksJson(Signer.jwks(KNOWN))
                .build();

        assertThatCode(() -> discovered.verify(token)).doesNotThrowAnyException();
        assertThatCode(() -> elsewhere.verify(token)).doesNotThrowAnyException();
        assertThatCode(() -> pinned.verify(token)).doesNotThrowAnyException();
    }

    @Test
    void slashAtTheIssuersEndIsNotDoubled() {
        serve("/realm/.well-known/openid-configuration", 200, document(issuer + "/", issuer + "/jwks"));
        IdpToken token = KNOWN.token(issuer + "/");

        assertThatCode(() -> FederationPolicy.matching(token).verify(token)).doesNotThrowAnyException();
    }

    @Test
    void missingKeyIsNamedBesideThoseThatAreThere() {
        IdpToken token = STRANGER.token(issuer);

        PolicyException failure = failure(FederationPolicy.matching(token), token);

        assertThat(failure.code()).isEqualTo("POLICY_KEY_UNKNOWN");
        assertThat(failure)
                .hasMessageContaining("ES256 by the key 'k-9'")
                .hasMessageContaining("the discovery document of '" + issuer + "'")
                .hasMessageContaining("'k-0' (EC), 'k-1' (EC)");
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void signatureOfAnotherKeyOfThatNameIsRefused() {
        IdpToken token = IMPOSTOR.token(issuer);

        PolicyException failure = failure(FederationPolicy.matching(token), token);

        assertThat(failure.code()).isEqualTo("POLICY_SIGNATURE");
        assertThat(failure.getMessage()).doesNotContain(token.value());
    }

    @Test
    void algorithmIsRefusedBeforeAnybodyIsAsked() {
        server.stop(0);
        IdpToken token = Signer.hs256(issuer);

        PolicyException failure = failure(FederationPolicy.matching(token), token);

        assertThat(failure.code()).isEqualTo("POLICY_ALGORITHM");
        assertThat(failure).hasMessageContaining("'HS256'").hasMessageContaining("RS256 and ES256");
    }

    @Test
    void documentThatNamesAnotherIssuerIsRefused() {
        serve("/realm/.well-known/openid-configuration", 200, document(issuer + "/", issuer + "/jwks"));
        IdpToken token = KNOWN.token(issuer);

        PolicyException failure = failure(FederationPolicy.matching(token), token);

        assertThat(failure.code()).isEqualTo("POLICY_DISCOVERY_ISSUER");
        assertThat(failure).hasMessageContaining("the policy lacks the trailing slash");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 | not found             | POLICY_DISCOVERY_FAILED | false | answered 404
            302 | moved                 | POLICY_DISCOVERY_FAILED | false | answered 302
            503 | later                 | POLICY_KEYS_UNREACHABLE | true  | answered 503
            429 | slower                | POLICY_KEYS_UNREACHABLE | true  | answered 429
            200 | <html>log in</html>   | POLICY_DISCOVERY_FAILED | false | is not JSON
            200 | {"jwks_uri":"x"}      | POLICY_DISCOVERY_ISSUER | false | names ''
            """)
    void discoveryThatFailsSaysHow(int status, String body, String code, boolean retryable, String message) {
        serve("/realm/.well-known/openid-configuration", status, body);
        IdpToken token = KNOWN.token(issuer);

        PolicyException failure = failure(FederationPolicy.matching(token), token);

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(failure).hasMessageContaining(message);
        assertThat(failure.getMessage()).doesNotContain("log in");
    }

    @ParameterizedTest
    @CsvSource({"http://idp.example.com/jwks", "jwks", "''"})
    void keysAreFetchedOverHttpsOnly(String jwksUri) {
        serve("/realm/.well-known/openid-configuration", 200, document(issuer, jwksUri));
        IdpToken token = KNOWN.token(issuer);

        assertThat(failure(FederationPolicy.matching(token), token).code()).isEqualTo("POLICY_DISCOVERY_FAILED");
    }

    @ParameterizedTest
    @CsvSource({"404, nothing", "200, <html>", "200, []"})
    void whatIsNoKeySetIsSaidToBeNone(int status, String body) {
        serve("/realm/jwks", status, body);
        IdpToken token = KNOWN.token(issuer);

        assertThat(failure(FederationPolicy.matching(token), token).code()).isEqualTo("POLICY_KEYS_UNREADABLE");
    }

    @Test
    void keySetWithoutAnEndIsNotReadToIt() {
        serve("/realm/jwks", 200, "x".repeat((1 << 20) + 1));
        IdpToken token = KNOWN.token(issuer);

        PolicyException failure = failure(FederationPolicy.matching(token), token);

        assertThat(failure.code()).isEqualTo("POLICY_KEYS_UNREADABLE");
        assertThat(failure).hasMessageContaining("more than 1048576 bytes");
    }

    @Test
    void issuerThatDoesNotAnswerIsUnreachable() {
        server.stop(0);
        IdpToken token = KNOWN.token(issuer);

        PolicyException failure = failure(FederationPolicy.matching(token), token);

        assertThat(failure.code()).isEqualTo("POLICY_KEYS_UNREACHABLE");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void storedIssuerThatIsNoAddressIsNotAsked() {
        FederationPolicy stored = FederationPolicy.fromJson("{\"issuer\":\"idp.example.com\"}");

        assertThat(failure(stored, KNOWN.token("idp.example.com")).code()).isEqualTo("POLICY_DISCOVERY_FAILED");
    }

    @Test
    void applicationsOwnClientIsUsed() {
        IdpToken token = KNOWN.token(issuer);
        FederationPolicy policy = FederationPolicy.matching(token);

        assertThatCode(() -> policy.verify(token, HttpClient.newHttpClient())).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy.verify(
                        token,
                        HttpClient.newBuilder()
                                .followRedirects(HttpClient.Redirect.NORMAL)
                                .build()));
    }

    @Test
    void interruptedThreadStaysInterrupted() {
        IdpToken token = KNOWN.token(issuer);
        Thread.currentThread().interrupt();

        PolicyException failure = failure(FederationPolicy.matching(token), token);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.code()).isEqualTo("POLICY_KEYS_UNREACHABLE");
    }

    private static PolicyException failure(FederationPolicy policy, IdpToken token) {
        PolicyException failure = catchThrowableOfType(PolicyException.class, () -> policy.verify(token));
        assertThat(failure).isNotNull();
        return failure;
    }

    private static String document(String named, String jwksUri) {
        return "{\"issuer\":\"" + named + "\",\"jwks_uri\":\"" + jwksUri + "\"}";
    }

    private void serve(String path, int status, String body) {
        try {
            server.removeContext(path);
        } catch (IllegalArgumentException e) {
            // Nothing was served there yet.
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
    }
}
