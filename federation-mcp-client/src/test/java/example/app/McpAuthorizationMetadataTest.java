// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import example.app.LoopbackSite.Page;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where metadata is looked for, and which document may speak for which resource (RFC 9728 §3). */
class McpAuthorizationMetadataTest {
    private static final String ROOT = AuthorizedWorld.PRM;
    private static final String BELOW = AuthorizedWorld.PRM + "/mcp";
    private static final String OPENID = "/.well-known/openid-configuration";

    private AuthorizedWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new AuthorizedWorld();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void oneSlashAtTheEndIsNoOtherResource() {
        world.server.on(BELOW, about("/mcp/"));
        world.issuer.on("/token", request -> {
            assertThat(request.form()).containsEntry("resource", world.server.url("/mcp/"));
            world.valid.add("t");
            return Page.json("{\"access_token\":\"t\"}");
        });

        assertThat(world.call(world.secret())).isEqualTo("ran");
    }

    @Test
    void rootDocumentMayBeAboutTheServerItself() {
        world.challenge = "Bearer";
        world.server.on(BELOW, Page.json(404, "{}"));
        world.server.on(ROOT, about("/mcp"));

        assertThat(world.call(world.secret())).isEqualTo("ran");
    }

    @ParameterizedTest
    @CsvSource({"/custom/metadata.json, /", "/custom/metadata.json, ''", ROOT + ", /other"})
    void documentTheChallengeNamesSpeaksForNoOtherResource(String place, String path) {
        world.challenge = "Bearer resource_metadata=\"" + world.server.url(place) + "\"";
        world.server.on(place, about(path));

        assertThat(Failures.ofCall(world.client(world.secret())).code()).isEqualTo("MCP_AUTH_RESOURCE_MISMATCH");
        assertThat(world.issuer.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429})
    void placeThatFailsDoesNotEndTheSearch(int status) {
        world.challenge = "Bearer";
        world.server.on(BELOW, Page.json(status, "{}"));
        world.server.on(ROOT, about("/mcp"));
        world.issuer.on(AuthorizedWorld.AS, Page.json(status, "{}"));
        world.issuer.on(OPENID, Page.json(world.metadata("client_secret_basic")));

        assertThat(world.call(world.secret())).isEqualTo("ran");
    }

    @ParameterizedTest
    @ValueSource(strings = {"404 {}", "200 <html>"})
    void failureOfOnePlaceIsToldIfNoOtherHasTheDocument(String other) {
        world.server.on(BELOW, new Page(503, "{}", "Retry-After", "120"));
        world.server.on(ROOT, Page.json(Integer.parseInt(other.substring(0, 3)), other.substring(4)));

        McpException failure = Failures.ofCall(world.client(world.secret().issuer(world.issuer.url(""))));

        assertThat(failure.code()).isEqualTo("MCP_AUTH_UNAVAILABLE");
        assertThat(failure.httpStatus()).hasValue(503);
        assertThat(failure.retryAfter()).hasValue(Duration.ofMinutes(2));
        assertThat(failure).hasMessageContaining(BELOW);
        assertThat(world.server.paths()).contains(ROOT);
        assertThat(world.issuer.asked).isEmpty();
    }

    @Test
    void wrongPathIsToldWhereNothingSaysWhoseTokensTheServerTakes() {
        world.server.on("/mcp", Page.json(404, "{}"));
        world.server.on(BELOW, Page.json(404, "{}"));

        McpException failure = Failures.ofCall(world.client(world.secret()));

        assertThat(failure.code()).isEqualTo("MCP_NOT_FOUND");
        assertThat(failure.httpStatus()).hasValue(404);
        assertThat(failure).hasMessageContaining(world.server.url("/mcp")).hasMessageContaining(BELOW);
        assertThat(world.issuer.asked).isEmpty();
    }

    @Test
    void serverThatHidesFromWhoHasNoTokenIsAskedWithOneOfTheIssuerThatIsSet() {
        world.server.on(BELOW, Page.json(404, "{}"));
        world.server.on(
                "/mcp",
                request -> request.header("Authorization").isEmpty() ? Page.json(404, "{}") : world.mcp(request));

        assertThat(world.call(world.secret().issuer(world.issuer.url("")))).isEqualTo("ran");
    }

    private Page about(String path) {
        return Page.json(AuthorizedWorld.resource(world.server.url(path), world.issuer.url("")));
    }
}
