// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Workspace.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.TokenExchangeException;
import io.tokenfederation.internal.RawServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExchangeRefusalTest {
    private static final Workspace WORKSPACE = new Workspace();
    private static final String POLICY = "Failed to process token: TOKEN_INVALID (Ensure a valid federation policy has"
            + " been configured). Valid federation policy for provided token: {issuer: '%s', subject: '%s', audience: '%s'}";

    @BeforeEach
    void forgetRequests() {
        WORKSPACE.workspace.resetAll();
    }

    @AfterAll
    static void stop() {
        WORKSPACE.close();
    }

    /** Replies seen in the wild, and their likes with one part changed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                Jwts.ISSUER + "|" + Jwts.SUBJECT + "|" + Jwts.AUDIENCE + "|NO_FEDERATION_POLICY|application id",
                "https://idp.example.com|" + Jwts.SUBJECT + "|" + Jwts.AUDIENCE
                        + "|ISSUER_MISMATCH|lacks the trailing slash",
                Jwts.ISSUER + "|m2m-client|" + Jwts.AUDIENCE + "|SUBJECT_MISMATCH|suffix @clients",
                Jwts.ISSUER + "|" + Jwts.SUBJECT + "|" + Jwts.AUDIENCE + "/|AUDIENCE_MISMATCH|a trailing slash"
            })
    void policyNamedInTheReplyIsComparedWithTheJwt(
            String issuer, String subject, String audience, String code, String hint) {
        WORKSPACE.answers(json(400, error("invalid_grant", POLICY.formatted(issuer, subject, audience))));

        FederationException failure = WORKSPACE.failure();

        assertThat(failure).isInstanceOf(TokenExchangeException.class);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.fix()).contains(hint);
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void mismatchShowsBothSidesAndTheOAuthError() {
        WORKSPACE.answers(json(
                        400,
                        error(
                                "invalid_grant",
                                "TOKEN_AUDIENCE_INVALID (Token audience '" + Jwts.AUDIENCE + "' invalid) {issuer: '"
                                        + Jwts.ISSUER + "', audience: 'https://other.net'}"))
                .withHeader("x-request-id", "req-7"));

        FederationException failure = WORKSPACE.failure();

        assertThat(failure.code()).isEqualTo("AUDIENCE_MISMATCH");
        assertThat(failure.fix()).contains(Jwts.AUDIENCE, "https://other.net");
        assertThat(failure.httpStatus()).hasValue(400);
        assertThat(failure.oauthError()).contains("invalid_grant");
        assertThat(failure.requestId()).contains("req-7");
        assertThat(failure).hasMessageContaining(Jwts.SUBJECT).hasMessageContaining(Workspace.WEST.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|invalid_grant|TOKEN_AUDIENCE_INVALID (Token audience 'x' invalid)|AUDIENCE_MISMATCH",
                "400|invalid_grant|Failed to process token: TOKEN_INVALID|NO_FEDERATION_POLICY",
                "400|invalid_grant|no federation policy found|NO_FEDERATION_POLICY",
                "401|invalid_client|Invalid credentials|NO_FEDERATION_POLICY",
                "400|invalid_client|Invalid private key JWT authentication: no match|EXCHANGE_REFUSED",
                "400|invalid_scope|scope not allowed|EXCHANGE_REFUSED",
                "403|access_denied|IP not allowed|EXCHANGE_REFUSED"
            })
    void refusalHasACode(int status, String error, String description, String code) {
        WORKSPACE.answers(json(status, error(error, description)));

        FederationException failure = WORKSPACE.failure();

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining(description);
    }

    /** Gateway, numeric code, plain text, HTML, nothing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "503|{\"message\":\"The service at /oidc/v1/token is temporarily unavailable.\","
                        + "\"error_code\":\"TEMPORARILY_UNAVAILABLE\"}|EXCHANGE_UNAVAILABLE",
                "502|<html><body><h1>502 Bad Gateway</h1></body></html>|EXCHANGE_UNAVAILABLE",
                "500|^^|EXCHANGE_UNAVAILABLE",
                "504|upstream timed out|EXCHANGE_UNAVAILABLE",
                "408|^^|EXCHANGE_UNAVAILABLE",
                "400|{\"error\":\"temporarily_unavailable\"}|EXCHANGE_UNAVAILABLE",
                "400|{\"error\":\"server_error\"}|EXCHANGE_UNAVAILABLE",
                "429|Too Many Requests|EXCHANGE_RATE_LIMITED",
                "400|{\"error_code\":\"REQUEST_LIMIT_EXCEEDED\",\"message\":\"slow\"}|EXCHANGE_RATE_LIMITED"
            })
    void troubleOfTheServerIsRetryable(int status, String body, String code) {
        WORKSPACE.answers(json(status, body));

        FederationException failure = WORKSPACE.failure();

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.httpStatus()).hasValue(status);
    }

    @ParameterizedTest
    @CsvSource({"404, <html>Not Found</html>", "403, Forbidden"})
    void refusalThatIsNoJsonComesFromSomethingElse(int status, String body) {
        WORKSPACE.answers(json(status, body));

        assertThat(WORKSPACE.failure().code()).isEqualTo("EXCHANGE_REPLY_UNREADABLE");
    }

    @Test
    void unauthorizedSpeaksForItselfWhateverWordsComeWithIt() {
        WORKSPACE.answers(json(401, "Invalid credentials"));

        FederationException failure = WORKSPACE.failure();

        assertThat(failure.code()).isEqualTo("NO_FEDERATION_POLICY");
        assertThat(failure.oauthError()).isEmpty();
        assertThat(failure.problem().serverSaid()).contains("Invalid credentials");
    }

    /** A long subject without dots looks like a secret, and is removed from what the server said. */
    @Test
    void longSubjectThatIsRepeatedIsNoMismatch() {
        String subject = "org/0b5c7d90-6a3e-4c53-9f0a-5f1f6f0e7a11/project/0b5c7d90-6a3e-4c53-9f0a-5f1f6f0e7a11";
        IdpToken jwt = IdpToken.parse(Jwts.signed(Jwts.claims(WORKSPACE.end).subject(subject)));
        WORKSPACE.answers(json(400, error("invalid_grant", POLICY.formatted(Jwts.ISSUER, subject, Jwts.AUDIENCE))));

        FederationException failure = Workspace.failureOf(WORKSPACE
                .exchanger()
                .workspace(WORKSPACE.workspace.baseUrl())
                .idpTokenSource(() -> jwt)
                .build());

        assertThat(failure.code()).isEqualTo("NO_FEDERATION_POLICY");
    }

    @Test
    void whatIsKnownOfAFailureSurvivesSerialisation() throws Exception {
        WORKSPACE.answers(json(503, "{}"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        new ObjectOutputStream(bytes).writeObject(WORKSPACE.failure());
        FederationException read =
                (FederationException) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        assertThat(read.code()).isEqualTo("EXCHANGE_UNAVAILABLE");
        assertThat(read.retryable()).isTrue();
        assertThat(read.httpStatus()).hasValue(503);
        assertThat(read.fix()).isNotEmpty();
        assertThat(read.problem().code()).isEqualTo("EXCHANGE_UNAVAILABLE");
        assertThat(read.oauthError()).isEmpty();
    }

    @Test
    void retryAfterInSecondsIsKept() {
        WORKSPACE.answers(json(429, "{}").withHeader("Retry-After", "120"));

        assertThat(WORKSPACE.failure().retryAfter()).contains(Duration.ofMinutes(2));
    }

    @Test
    void retryAfterAsADateIsKept() {
        ZonedDateTime at = ZonedDateTime.now(ZoneOffset.UTC).plusHours(2);
        WORKSPACE.answers(json(503, "{}").withHeader("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(at)));

        assertThat(WORKSPACE.failure().retryAfter().orElseThrow())
                .isBetween(Duration.ofMinutes(110), Duration.ofMinutes(120));
    }

    @Test
    void throttledEndpointIsLeftAlone() {
        WORKSPACE.answers(json(429, "{}").withHeader("Retry-After", "120"));
        DatabricksTokenExchanger exchanger = WORKSPACE.forWorkspace();

        for (int i = 0; i < 10; i++) {
            assertThat(Workspace.failureOf(exchanger).code()).isEqualTo("EXCHANGE_RATE_LIMITED");
        }

        assertThat(WORKSPACE.workspace.getAllServeEvents()).hasSize(1);
    }

    @Test
    void cutConnectionIsTriedThreeTimesWhileACallerWaits() {
        WORKSPACE.answers(WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

        FederationException failure = WORKSPACE.failure();

        assertThat(failure.code()).isEqualTo("EXCHANGE_UNREACHABLE");
        assertThat(WORKSPACE.workspace.getAllServeEvents()).hasSize(3);
    }

    @Test
    void garbageInTheBodyIsUnreachable() {
        WORKSPACE.answers(WireMock.aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE));

        assertThat(WORKSPACE.failure().code()).isEqualTo("EXCHANGE_UNREACHABLE");
    }

    @Test
    void bodyOfTwoMegabytesIsNotRead() {
        WORKSPACE.answers(json(200, "{\"access_token\":\"" + "a".repeat(2 << 20) + "\"}"));

        FederationException failure = WORKSPACE.failure();

        assertThat(failure).hasMessageContaining("more than a token endpoint ever does");
        assertThat(failure.code()).isEqualTo("EXCHANGE_REPLY_UNREADABLE");
    }

    @Test
    void closedPortIsUnreachable() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        FederationException failure = Workspace.failureOf(
                WORKSPACE.exchanger().workspace("http://127.0.0.1:" + port).build());

        assertThat(failure.code()).isEqualTo("EXCHANGE_UNREACHABLE");
        assertThat(failure).hasMessageContaining("127.0.0.1:" + port);
    }

    @Test
    void stalledBodyEndsAtTheDeadlineAndTheConnectionIsClosed() throws Exception {
        try (RawServer server =
                RawServer.thatStalls("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"access_token\"")) {
            FederationException failure = Workspace.failureOf(WORKSPACE
                    .exchanger()
                    .workspace(server.uri().toString())
                    .requestTimeout(Duration.ofMillis(300))
                    .build());

            assertThat(failure.code()).isEqualTo("EXCHANGE_UNREACHABLE");
            assertThat(failure).hasMessageContaining("no complete reply within 300 ms");
            server.awaitClosedByClient();
        }
    }

    private static String error(String error, String description) {
        return "{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}";
    }
}
