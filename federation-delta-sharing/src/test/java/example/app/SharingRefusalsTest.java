// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Lines.METADATA;
import static example.app.Lines.PROTOCOL;
import static example.app.ScriptedServer.answer;
import static example.app.ScriptedServer.cutOffAfter;
import static example.app.ScriptedServer.json;
import static example.app.ScriptedServer.lines;
import static example.app.SharingTable.QUERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.IdpToken;
import io.tokenfederation.deltasharing.SharedTable;
import io.tokenfederation.deltasharing.SharingException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What it means when a server refuses, in whichever form it says so. */
class SharingRefusalsTest {
    private final ScriptedServer server = new ScriptedServer();
    private final SharedTable table = SharingTable.of(server);

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | application/json | {'errorCode':'RESOURCE_DOES_NOT_EXIST','message':'the words'}"
                        + " | SHARING_NOT_FOUND | RESOURCE_DOES_NOT_EXIST: the words",
                "400 | application/json | {'error_code':'INVALID_PARAMETER_VALUE','message':'the words'}"
                        + " | SHARING_REQUEST_REFUSED | INVALID_PARAMETER_VALUE: the words",
                "400 | application/json | {'error':'invalid_request','error_description':'the words'}"
                        + " | SHARING_REQUEST_REFUSED | invalid_request: the words",
                "403 | text/plain | the words | PERMISSION_DENIED | (the words)",
                "403 | application/json | {'error_code':'PERMISSION_DENIED','message':'the words'}"
                        + " | PERMISSION_DENIED | PERMISSION_DENIED: the words",
                "500 | text/plain | {'errorCode':'INTERNAL_ERROR','message':'the words'}"
                        + " | SHARING_UNAVAILABLE | INTERNAL_ERROR: the words",
                "501 | application/json | {'errorCode':'NOT_IMPLEMENTED','message':'the words'}"
                        + " | SHARING_REQUEST_REFUSED | NOT_IMPLEMENTED: the words",
                "409 | text/html | <html><body>the words</body></html> | SHARING_REQUEST_REFUSED | (the words)"
            })
    void eachFormIsRead(int status, String type, String body, String code, String words) {
        server.at(QUERY, answer(status, type, body.replace('\'', '"')).header("x-request-id", "r-1"));

        SharingException refused = SharingTable.failure(table::query);

        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.httpStatus()).hasValue(status);
        assertThat(refused.requestId()).contains("r-1");
        assertThat(refused).hasMessageContaining(words).hasMessageContaining("sales.emea.orders");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void pathWhereNoSharingServerIsIsToldFromANameThatIsNotShared() {
        server.at(QUERY, answer(404, "text/plain", "404 Not Found"));

        SharingException refused = SharingTable.failure(table::query);

        assertThat(refused.code()).isEqualTo("SHARING_NOT_FOUND");
        assertThat(refused.fix()).startsWith("Compare the endpoint with the one in the profile");
    }

    @Test
    void plainText401OfTheReferenceServerIsARefusedToken() {
        server.at(QUERY, answer(401, "text/plain", "401 Unauthorized"));

        SharingException refused = SharingTable.failure(table::query);

        assertThat(refused.code()).isEqualTo("TOKEN_REJECTED");
        assertThat(refused).hasMessageContaining("the token source has no other");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void refusedTokenIsDroppedAndTheRequestSentOnceMoreWithAnother() {
        Tokens tokens = new Tokens();
        server.at(QUERY, answer(401, "text/plain", "401 Unauthorized"), lines(PROTOCOL, METADATA));

        assertThat(SharingTable.read(of(tokens)::query)).isEmpty();

        assertThat(tokens.rejected).containsExactly("token-0-0123456789");
        assertThat(server.requests())
                .extracting(request -> request.header("Authorization"))
                .containsExactly("Bearer token-0-0123456789", "Bearer token-1-0123456789");
    }

    @Test
    void secondTokenThatIsRefusedTooEndsTheCall() {
        server.at(QUERY, answer(401, "text/plain", "401 Unauthorized"));

        SharingException refused = SharingTable.failure(of(new Tokens())::query);

        assertThat(refused.code()).isEqualTo("TOKEN_REJECTED");
        assertThat(refused).hasMessageContaining("as was the one before it");
        assertThat(server.requests()).hasSize(2);
    }

    /** Two JWTs of one second can be the same text; that the policy does not match is what there is to know. */
    @Test
    void refusedJwtThatIsIssuedAgainIsARefusedToken() {
        String jwt = Jwts.living(Duration.ofHours(1));
        server.at(QUERY, answer(401, "text/plain", "401 Unauthorized"));
        SharedTable federated = SharingTable.client(server)
                .idpTokenSource(() -> IdpToken.parse(jwt))
                .build()
                .table("sales", "emea", "orders");

        SharingException refused = SharingTable.failure(federated::query);

        assertThat(refused.code()).isEqualTo("TOKEN_REJECTED");
        assertThat(refused).hasMessageContaining("sub='nightly-job'");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void refusedJwtIsShownByItsClaimsAndNotByItself() {
        String jwt = Jwts.living(Duration.ofHours(1));
        server.at(QUERY, json(401, "{\"errorCode\":\"UNAUTHENTICATED\",\"message\":\"bad token " + jwt + "\"}"));

        SharingException refused = SharingTable.failure(of(() -> DatabricksToken.of(jwt, Instant.MAX))::query);

        assertThat(refused)
                .hasMessageContaining("iss='https://idp.example.com', aud='sharing', sub='nightly-job', azp='app-7'")
                .hasMessageNotContaining(jwt)
                .hasMessageNotContaining(jwt.split("\\.")[1]);
    }

    @Test
    void opaqueTokenThatAServerRepeatsIsNotQuoted() {
        server.at(QUERY, answer(400, "text/plain", "who is " + SharingTable.TOKEN + "?"));

        assertThat(SharingTable.failure(table::query))
                .hasMessageContaining("who is [removed]?")
                .hasMessageNotContaining(SharingTable.TOKEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void whatPassesIsAskedAgain(int status) {
        server.at(
                QUERY,
                json(status, "{\"errorCode\":\"BUSY\",\"message\":\"later\"}").header("Retry-After", "0"),
                lines(PROTOCOL, METADATA));

        assertThat(SharingTable.read(table::query)).isEmpty();
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void thirdFailureIsTheLast() {
        server.at(QUERY, json(503, ""));

        assertThat(SharingTable.failure(table::query).code()).isEqualTo("SHARING_UNAVAILABLE");
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void nobodyWaitsLongerThanACallMayTake() {
        server.at(QUERY, json(429, "").header("Retry-After", "3600"));

        SharingException limited = SharingTable.failure(table::query);

        assertThat(limited.code()).isEqualTo("SHARING_RATE_LIMITED");
        assertThat(limited.retryAfter()).contains(Duration.ofHours(1));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void answerThatWasLostBeforeItsMetadataIsAskedForAgain() {
        server.at(QUERY, cutOffAfter(PROTOCOL + "\n"), lines(PROTOCOL, METADATA));

        assertThat(SharingTable.read(table::query)).isEmpty();
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void redirectIsNotFollowed() {
        try (ScriptedServer other = new ScriptedServer()) {
            server.at(QUERY, json(302, "").header("Location", other.uri() + "/login"));

            assertThat(SharingTable.failure(table::query).code()).isEqualTo("SHARING_MOVED");
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void serverThatIsNotThereIsUnreachable() {
        URI gone;
        try (ScriptedServer closed = new ScriptedServer()) {
            gone = closed.uri();
        }
        SharedTable nowhere = SharingTable.client(server).endpoint(gone).build().table("sales", "emea", "orders");

        SharingException unreachable = SharingTable.failure(nowhere::query);

        assertThat(unreachable.code()).isEqualTo("SHARING_UNREACHABLE");
        assertThat(unreachable.retryable()).isTrue();
    }

    @Test
    void interruptedThreadStopsAndStaysInterrupted() {
        server.at(QUERY, lines(PROTOCOL, METADATA));
        List<String> codes = new ArrayList<>();

        Thread.currentThread().interrupt();
        codes.add(SharingTable.failure(table::query).code());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(codes).containsExactly("SHARING_INTERRUPTED");
    }

    private SharedTable of(DatabricksTokenSource tokens) {
        return SharingTable.client(server).tokens(tokens).build().table("sales", "emea", "orders");
    }

    /** Gives another token whenever one is rejected. */
    private static final class Tokens implements DatabricksTokenSource {
        private final List<String> rejected = new CopyOnWriteArrayList<>();

        @Override
        public DatabricksToken token() {
            return DatabricksToken.of("token-" + rejected.size() + "-0123456789", Instant.MAX);
        }

        @Override
        public void rejected(DatabricksToken token) {
            rejected.add(token.value());
        }
    }
}
