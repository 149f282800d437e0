// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import example.app.LoopbackSite.Page;
import io.tokenfederation.mcp.McpAuthorization;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that lie about whose tokens they take, and replies that are none: the credential stays where it is. */
class McpAuthorizationAttackTest {
    private static final String PRM = AuthorizedWorld.PRM + "/mcp";

    private AuthorizedWorld world;
    private LoopbackSite elsewhere;

    @BeforeEach
    void start() throws IOException {
        world = new AuthorizedWorld();
        elsewhere = new LoopbackSite();
    }

    @AfterEach
    void stop() {
        world.close();
        elsewhere.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.com/mcp",
                "http://127.0.0.1:1/mcp",
                "SERVER/other",
                "SERVER/mc",
                "SERVER/mcp//",
                "SERVER/mcp/deeper",
                "SERVER",
                "SERVER/",
                "SERVER/mcp#fragment",
                "SERVER/mcp?tenant=2",
                "",
                "no url at all"
            })
    void metadataAboutAnotherResourceIsOfNoUse(String resource) {
        world.server.on(
                PRM,
                Page.json(AuthorizedWorld.resource(
                        resource.replace("SERVER", world.server.url("")), world.issuer.url(""))));

        assertThat(failure(world.secret()).code()).isEqualTo("MCP_AUTH_RESOURCE_MISMATCH");
        assertThat(world.issuer.asked).isEmpty();
    }

    @Test
    void issuerOnAnotherHostIsAskedNothing() {
        String stranger = "http://localhost:" + elsewhere.port();
        world.server.on(PRM, Page.json(AuthorizedWorld.resource(world.server.url("/mcp"), stranger)));

        McpException failure = failure(world.secret());

        assertThat(failure.code()).isEqualTo("MCP_AUTH_ISSUER_UNTRUSTED");
        assertThat(failure).hasMessageContaining(stranger);
        assertThat(failure.fix()).contains("McpAuthorization.issuer");
        assertThat(elsewhere.asked).isEmpty();
    }

    @Test
    void issuerOnAnotherHostIsAskedWhereTheApplicationSaysSo() {
        String named = "http://localhost:" + world.issuer.port();
        world.server.on(PRM, Page.json(AuthorizedWorld.resource(world.server.url("/mcp"), named)));
        world.issuer.on(
                AuthorizedWorld.AS,
                Page.json("{\"issuer\":\"" + named + "\",\"token_endpoint\":\"" + world.issuer.url("/token") + "\"}"));

        assertThat(world.call(world.secret().issuer(named))).isEqualTo("ran");
    }

    @Test
    void issuerThatIsNotTheOneSetIsAskedNothing() {
        McpException failure = failure(world.secret().issuer(world.issuer.url("/")));

        assertThat(failure.code()).isEqualTo("MCP_AUTH_ISSUER_UNTRUSTED");
        assertThat(failure).hasMessageContaining("trailing slash");
        assertThat(world.issuer.asked).isEmpty();
    }

    @Test
    void issuerThatChangesLaterGetsNoCredential() {
        McpClient mcp = world.client(world.secret());
        mcp.callTool("query", Map.of());
        world.valid.clear();
        world.server.on(PRM, Page.json(AuthorizedWorld.resource(world.server.url("/mcp"), elsewhere.url(""))));

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_AUTH_ISSUER_UNTRUSTED");
        assertThat(elsewhere.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example.com", "ISSUER/", ""})
    void metadataOfAnotherIssuerIsOfNoUse(String issuer) {
        world.issuer.on(
                AuthorizedWorld.AS,
                Page.json("{\"issuer\":\"" + issuer.replace("ISSUER", world.issuer.url("")) + "\",\"token_endpoint\":\""
                        + elsewhere.url("/token") + "\"}"));

        assertThat(failure(world.secret()).code()).isEqualTo("MCP_AUTH_ISSUER_MISMATCH");
        assertThat(world.tokenRequests()).isEmpty();
        assertThat(elsewhere.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://login.example.com/token", "ftp://login.example.com/token", "/token", "", "%%"})
    void tokenEndpointThatNoCredentialMayGoToIsRefused(String endpoint) {
        world.issuer.on(
                AuthorizedWorld.AS,
                Page.json("{\"issuer\":\"" + world.issuer.url("") + "\",\"token_endpoint\":\"" + endpoint + "\"}"));

        assertThat(failure(world.secret()).code()).isEqualTo("MCP_AUTH_METADATA_INVALID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ELSEWHERE/metadata", "http://169.254.169.254/latest", "https://[::1", "file:///etc/passwd"})
    void metadataIsNotReadAtAnotherOrigin(String place) {
        world.challenge = "Bearer resource_metadata=\"" + place.replace("ELSEWHERE", elsewhere.url("")) + "\"";

        assertThat(world.call(world.secret())).isEqualTo("ran");
        assertThat(elsewhere.asked).isEmpty();
        assertThat(world.server.paths()).contains(PRM);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void noRedirectIsFollowed(int status) {
        Page away = new Page(status, "", "Location", elsewhere.url("/token"));
        world.issuer.on("/token", away);

        assertThat(failure(world.secret()).code()).isEqualTo("MCP_AUTH_REPLY_UNREADABLE");

        world.issuer.on(AuthorizedWorld.AS, away);
        assertThat(failure(world.secret()).code()).isEqualTo("MCP_AUTH_METADATA_INVALID");

        world.server.on(PRM, away);
        assertThat(failure(world.secret()).code()).isEqualTo("MCP_AUTH_METADATA_MISSING");
        assertThat(elsewhere.asked).isEmpty();
    }

    @Test
    void pageForPeopleIsNoMetadata() {
        world.server.on(PRM, new Page(200, "<html>canary</html>", "Content-Type", "text/html"));

        McpException failure = failure(world.secret());

        assertThat(failure.code()).isEqualTo("MCP_AUTH_METADATA_INVALID");
        assertThat(failure).hasMessageContaining(PRM);
    }

    @Test
    void endlessMetadataIsNotRead() {
        world.server.on(PRM, Page.json("[" + " ".repeat(300_000) + "]"));

        assertThat(failure(world.secret()).code()).isEqualTo("MCP_AUTH_METADATA_INVALID");
    }

    @Test
    void metadataThatNamesNobodyIsOfNoUse() {
        world.server.on(
                PRM, Page.json("{\"resource\":\"" + world.server.url("/mcp") + "\",\"authorization_servers\":[]}"));

        assertThat(failure(world.secret()).code()).isEqualTo("MCP_AUTH_METADATA_INVALID");
    }

    @Test
    void serverWithoutMetadataIsSaidAndLeftAlone() {
        world.server.on(PRM, Page.json(404, "{}"));

        McpException failure = failure(world.secret());

        assertThat(failure.code()).isEqualTo("MCP_AUTH_METADATA_MISSING");
        assertThat(failure).hasMessageContaining(PRM).hasMessageContaining(AuthorizedWorld.PRM);
        assertThat(world.issuer.asked).isEmpty();
    }

    @Test
    void serverWithoutMetadataGetsTokensOfTheIssuerThatIsSet() {
        world.server.on(PRM, Page.json(404, "{}"));

        assertThat(world.call(world.secret().issuer(world.issuer.url("")))).isEqualTo("ran");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "200; <html>login</html>; MCP_AUTH_REPLY_UNREADABLE",
                "200; {\"token_type\":\"Bearer\"}; MCP_AUTH_REPLY_UNREADABLE",
                "200; {\"access_token\":\"t\",\"token_type\":\"DPoP\"}; MCP_AUTH_REPLY_UNREADABLE",
                "200; {\"access_token\":\"a b\\nc\",\"token_type\":\"Bearer\"}; MCP_AUTH_REPLY_UNREADABLE",
                "403; <html>blocked</html>; MCP_AUTH_REPLY_UNREADABLE",
                "401; <html>who</html>; MCP_AUTH_CLIENT_REJECTED",
                "400; {\"error\":\"invalid_client\"}; MCP_AUTH_CLIENT_REJECTED",
                "400; {\"error\":\"invalid_target\"}; MCP_AUTH_REFUSED"
            })
    void replyOfTheTokenEndpointIsToldForWhatItIs(int status, String body, String code) {
        world.issuer.on("/token", Page.json(status, body));

        assertThat(failure(world.secret()).code()).isEqualTo(code);
        assertThat(world.tokenRequests()).hasSize(1);
        assertThat(world.authorizedRequests()).isEmpty();
    }

    @Test
    void secretThatIsRepeatedIsInNoMessage() {
        world.issuer.on(
                "/token",
                Page.json(
                        401,
                        "{\"error\":\"invalid_client\",\"error_description\":\"secret " + AuthorizedWorld.SECRET
                                + " is wrong\"}"));

        assertThat(failure(world.secret())).hasMessageContaining("is wrong");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void issuerThatAsksForPatienceIsLeftAloneForSoLong(int status) {
        world.issuer.on("/token", new Page(status, "{}", "Retry-After", "120"));

        McpException failure = failure(world.secret());

        assertThat(failure.code()).isEqualTo("MCP_AUTH_UNAVAILABLE");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.retryAfter()).hasValue(Duration.ofMinutes(2));
        assertThat(world.tokenRequests()).hasSize(1);
    }

    @Test
    void issuerThatCannotBeReachedIsSaid() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        world.server.on(
                PRM, Page.json(AuthorizedWorld.resource(world.server.url("/mcp"), "http://127.0.0.1:" + nobody)));

        McpException failure = failure(world.secret());

        assertThat(failure.code()).isEqualTo("MCP_AUTH_UNREACHABLE");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessageContaining("authorization server metadata");
    }

    private McpException failure(McpAuthorization authorization) {
        McpException failure = Failures.ofCall(world.client(authorization));
        for (Throwable e = failure; e != null; e = e.getCause()) {
            assertThat(e.toString()).doesNotContain("canary");
        }
        assertThat(authorization.toString()).doesNotContain("canary");
        return failure;
    }
}
