// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import example.app.LoopbackSite.Page;
import example.app.LoopbackSite.Request;
import io.tokenfederation.mcp.McpAuthorization;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The application for itself, by a secret; and what is the same however it asks. */
class McpAuthorizationTest {
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
    void secretGoesAsBasicWithBothHalvesFormEncoded() {
        String answer = world.call(McpAuthorization.clientCredentials("app:1 ü", "s+e/c%r&e=t:"));

        assertThat(answer).isEqualTo("ran");
        Request request = world.tokenRequests().get(0);
        assertThat(request.header("Authorization")).startsWith("Basic ");
        String pair = new String(
                Base64.getDecoder().decode(request.header("Authorization").substring(6)), StandardCharsets.US_ASCII);
        assertThat(pair.split(":")).extracting(Request::decoded).containsExactly("app:1 ü", "s+e/c%r&e=t:");
        assertThat(request.form())
                .containsOnlyKeys("grant_type", "resource")
                .containsEntry("grant_type", "client_credentials")
                .containsEntry("resource", world.server.url("/mcp"));
    }

    @Test
    void secretGoesInTheBodyWhereOnlyThatIsTaken() {
        world.issuer.on(AuthorizedWorld.AS, Page.json(world.metadata("private_key_jwt", "client_secret_post")));

        world.call(world.secret());

        Request request = world.tokenRequests().get(0);
        assertThat(request.header("Authorization")).isEmpty();
        assertThat(request.form())
                .containsEntry("client_id", "app-1")
                .containsEntry("client_secret", AuthorizedWorld.SECRET);
    }

    @Test
    void secretIsNotSentWhereNoSecretIsTaken() {
        world.issuer.on(AuthorizedWorld.AS, Page.json(world.metadata("private_key_jwt", "tls_client_auth")));

        McpException failure = failure(world.secret());

        assertThat(failure.code()).isEqualTo("MCP_AUTH_METHOD_UNSUPPORTED");
        assertThat(failure).hasMessageContaining("private_key_jwt, tls_client_auth");
        assertThat(world.tokenRequests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Bearer resource_metadata=\"PRM\", scope=\"files:read files:list\"; files:read files:list",
                "Basic realm=\"x, scope=y\", bearer error=\"invalid_token\",scope=files:read; files:read",
                "Bearer realm=\"a \\\"quoted\\\" realm\", scope=\"files:read\"; files:read",
                "DPoP scope=\"dpop\"; supported:one supported:two",
                "Bearer; supported:one supported:two"
            })
    void scopesAreThoseOfTheChallengeElseAllTheServerKnows(String challenge, String scope) {
        world.challenge = challenge.replace("PRM", world.server.url(AuthorizedWorld.PRM + "/mcp"));
        world.server.on(
                AuthorizedWorld.PRM + "/mcp",
                Page.json(AuthorizedWorld.resource(world.server.url("/mcp"), world.issuer.url(""))
                        .replace(
                                "}",
                                ",\"scopes_supported\":[\"supported:one\",\"offline_access\",\"supported:two\"]}")));

        world.call(world.secret());

        assertThat(world.tokenRequests().get(0).form()).containsEntry("scope", scope);
    }

    @Test
    void scopesOfTheApplicationComeFirst() {
        world.challenge = "Bearer scope=\"everything\"";

        world.call(world.secret().scopes("files:read", "files:list"));

        assertThat(world.tokenRequests().get(0).form()).containsEntry("scope", "files:read files:list");
    }

    @Test
    void missingScopeIsNamedAndTheRequestNotSentAgain() {
        McpClient mcp = world.client(world.secret());
        mcp.server();
        world.server.on(
                "/mcp",
                new Page(
                        403,
                        "",
                        "WWW-Authenticate",
                        "Bearer error=\"insufficient_scope\", scope=\"files:write\", error_description=\"may not write\""));

        McpException failure = Failures.ofCall(mcp);

        assertThat(failure.code()).isEqualTo("MCP_INSUFFICIENT_SCOPE");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.httpStatus()).hasValue(403);
        assertThat(failure.oauthError()).hasValue("insufficient_scope");
        assertThat(failure).hasMessageContaining("'files:write'").hasMessageContaining("may not write");
        assertThat(world.authorizedRequests()).hasSize(2);
        assertThat(world.issued).hasValue(1);
    }

    @Test
    void metadataAtTheRootSpeaksForThePathBelow() {
        world.challenge = "Bearer";
        world.server.on(AuthorizedWorld.PRM + "/mcp", Page.json(404, "{}"));
        world.server.on(
                AuthorizedWorld.PRM, Page.json(AuthorizedWorld.resource(world.server.url("/"), world.issuer.url(""))));
        world.issuer.on("/token", request -> {
            assertThat(request.form()).containsEntry("resource", world.server.url("/"));
            world.valid.add("t");
            return Page.json("{\"access_token\":\"t\"}");
        });

        assertThat(world.call(world.secret())).isEqualTo("ran");
        assertThat(world.server.paths())
                .containsSubsequence("/mcp", AuthorizedWorld.PRM + "/mcp", AuthorizedWorld.PRM, "/mcp");
    }

    @Test
    void metadataIsReadWhereTheChallengeSays() {
        world.challenge = "Bearer resource_metadata=\"" + world.server.url("/custom/metadata.json") + "\"";
        world.server.on(
                "/custom/metadata.json",
                Page.json(AuthorizedWorld.resource(world.server.url("/mcp"), world.issuer.url(""))));

        world.call(world.secret());

        assertThat(world.server.paths()).contains("/custom/metadata.json").doesNotContain(AuthorizedWorld.PRM + "/mcp");
    }

    @Test
    void issuerWithAPathIsLookedForInTheOrderTheSpecificationFixes() {
        String issuer = world.issuer.url("/tenant1");
        world.server.on(
                AuthorizedWorld.PRM + "/mcp", Page.json(AuthorizedWorld.resource(world.server.url("/mcp"), issuer)));
        world.issuer.on(
                "/tenant1/.well-known/openid-configuration",
                Page.json("{\"issuer\":\"" + issuer + "\",\"token_endpoint\":\"" + world.issuer.url("/token") + "\"}"));

        world.call(world.secret());

        assertThat(world.issuer.paths())
                .containsExactly(
                        AuthorizedWorld.AS + "/tenant1",
                        "/.well-known/openid-configuration/tenant1",
                        "/tenant1/.well-known/openid-configuration",
                        "/token");
    }

    @Test
    void whatContradictsItselfIsRefusedAtBuildTime() {
        String url = world.server.url("/mcp");

        assertThatThrownBy(() -> McpClient.builder(url)
                        .authorization(world.secret())
                        .tokens(new Tokens("t"))
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("one token");
        assertThatThrownBy(() -> McpClient.builder(url)
                        .authorization(world.secret())
                        .forwardToken(true)
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("forwardToken");
        assertThatThrownBy(() -> world.secret().issuer("http://login.example.com"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> world.secret().scopes("two scopes")).isInstanceOf(IllegalArgumentException.class);
        assertThat(world.secret().issuer("https://login.example.com"))
                .hasToString("McpAuthorization[client credentials, issuer https://login.example.com]");
    }

    private McpException failure(McpAuthorization authorization) {
        McpException failure = Failures.ofCall(world.client(authorization));
        for (Throwable e = failure; e != null; e = e.getCause()) {
            assertThat(String.valueOf(e.getMessage())).doesNotContain(AuthorizedWorld.SECRET, "opaque-token");
        }
        return failure;
    }
}
