// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.tokenfederation.IdpToken;
import io.tokenfederation.SigningKey;
import io.tokenfederation.mcp.IdentityAssertion;
import io.tokenfederation.mcp.McpAuthorization;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackMcpAuthorization;
import io.tokenfederation.testkit.LoopbackMcpServer;
import io.tokenfederation.testkit.McpEra;
import io.tokenfederation.testkit.McpResourceRules;
import io.tokenfederation.testkit.OidcRules;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client before the stand-in: what each way to a token brings, and what each failure looks like. */
class LoopbackMcpAuthorizationTest {
    private final McpLogin world = new McpLogin();
    private final LoopbackMcpAuthorization login = world.login;
    private final LoopbackMcpServer server = world.server;
    private final McpResourceRules rules = McpResourceRules.of(server);

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @EnumSource(McpEra.class)
    void secretBringsATokenForTheServer(McpEra era) {
        server.speak(era);

        assertThat(world.whoami(world.secret()))
                .contains("\"subject\":\"app-1\"", "\"client_id\":\"app-1\"", "[\"files:list\",\"files:read\"]");
        assertThat(login.tokenRequests()).isEqualTo(1);
        assertThat(login.metadataRequests()).isEqualTo(1);
        assertThat(login.tokensIssued()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_secret_basic", "client_secret_post"})
    void secretOfAnyCharactersArrivesAsItIs(String method) {
        login.authMethods(method).m2mClient("app:1 ü", "s+e/c%r&e=t:").grant("app:1 ü", server.uri());

        assertThat(world.whoami(McpAuthorization.clientCredentials("app:1 ü", "s+e/c%r&e=t:")))
                .contains("app:1 ü");
    }

    @Test
    void keyBringsATokenForTheServer() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key.toPrivateKey().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        login.m2mClientWithKey("signer", key.toPublicJWK().toJSONString()).grant("signer", server.uri());

        McpAuthorization authorization = McpAuthorization.clientCredentials("signer", SigningKey.fromPem(pem));

        assertThat(world.whoami(authorization)).contains("\"subject\":\"signer\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void workloadShowsTheJwtOfItsPlatform(boolean named) {
        try (LoopbackIdp platform = LoopbackIdp.oidc().start()) {
            login.workload("agent-7", platform.issuer(), "system:serviceaccount:prod:agent")
                    .grant("agent-7", server.uri());
            IdpToken jwt = IdpToken.parse(platform.userToken("system:serviceaccount:prod:agent")
                    .audience(login.issuer())
                    .sign());

            assertThat(world.whoami(
                            named
                                    ? McpAuthorization.workloadIdentity("agent-7", () -> jwt)
                                    : McpAuthorization.workloadIdentity(() -> jwt)))
                    .contains("\"client_id\":\"agent-7\"");
        }
    }

    @Test
    void identityProviderVouchesForAPerson() {
        try (LoopbackIdp idp = LoopbackIdp.oidc().start()) {
            idp.m2mClient("sso-1", "sso-secret");
            OidcRules.of(idp).vouchFor("sso-1", login.issuer(), "app-1", "files:read");
            login.identityProvider(idp.issuer());
            IdentityAssertion person = IdentityAssertion.of(
                            idp.tokenEndpoint().toString(),
                            "sso-1",
                            () -> idp.userToken("sarah").audience("sso-1").sign())
                    .clientSecret("sso-secret");
            McpClient mcp = world.client(McpAuthorization.enterpriseManaged("app-1", "secret", person));

            assertThat(McpLogin.whoami(mcp)).contains("\"subject\":\"sarah\"", "[\"files:read\"]");
            login.revokeTokens();
            assertThat(McpLogin.whoami(mcp)).contains("\"subject\":\"sarah\"");
            assertThat(idp.tokenRequests()).isEqualTo(2);
        }
    }

    @Test
    void issuerMayHaveAPath() {
        try (McpLogin tenant = new McpLogin("/tenants/one")) {
            assertThat(tenant.login.issuer()).endsWith("/tenants/one");
            assertThat(tenant.whoami(tenant.secret())).contains("app-1");
        }
    }

    @Test
    void tokenOfAnotherAuthorizationServerIsRefused() {
        try (McpLogin other = new McpLogin()) {
            rules.authorizationServers(other.login.issuer());
            other.login.grant("app-1", other.server.uri());

            McpException failure = world.failure(McpAuthorization.clientCredentials("app-1", "secret"));

            assertThat(failure.code()).isEqualTo("MCP_AUTH_REFUSED");
            assertThat(failure.oauthError()).contains("invalid_target");
        }
    }

    @Test
    void tokenThatIsRevokedIsRenewedAndTheCallGoesThrough() {
        McpClient mcp = world.client(world.secret());
        McpLogin.whoami(mcp);
        login.revokeTokens();

        assertThat(McpLogin.whoami(mcp)).contains("app-1");
        assertThat(login.tokensIssued()).isEqualTo(2);
    }

    @Test
    void scopesTheServerWantsAreAskedFor() {
        rules.requireScopes("files:read");

        assertThat(world.whoami(world.secret())).contains("[\"files:read\"]");
    }

    @Test
    void tokenWithoutAScopeIsRefusedByName() {
        McpClient mcp = world.client(world.secret().scopes("files:read"));
        McpLogin.whoami(mcp);
        rules.requireScopes("files:read", "files:write");

        McpException failure = McpLogin.failure(mcp);

        assertThat(failure.code()).isEqualTo("MCP_INSUFFICIENT_SCOPE");
        assertThat(failure).hasMessageContaining("'files:read files:write'");
        assertThat(login.tokenRequests()).isEqualTo(1);
    }

    @Test
    void metadataIsFoundWhereTheChallengeDoesNotSayWhereItIs() {
        rules.challengeNamesMetadata(false);

        assertThat(world.whoami(world.secret())).contains("app-1");
    }

    @ParameterizedTest
    @CsvSource({"/, app-1, ''", "//, '', MCP_AUTH_RESOURCE_MISMATCH", "/other, '', MCP_AUTH_RESOURCE_MISMATCH"})
    void serverThatCallsItselfSomethingElseIsNotBelieved(String more, String whoami, String code) {
        String name = server.uri() + more;
        rules.resource(name);
        login.grant("app-1", URI.create(name));

        if (code.isEmpty()) {
            assertThat(world.whoami(world.secret())).contains(whoami);
        } else {
            assertThat(world.failure(world.secret()).code()).isEqualTo(code);
        }
    }

    @Test
    void issuerThatClaimsToBeAnotherGetsNoSecret() {
        login.claimIssuer("https://login.example.com");

        assertThat(world.failure(world.secret()).code()).isEqualTo("MCP_AUTH_ISSUER_MISMATCH");
        assertThat(login.tokenRequests()).isZero();
    }

    @Test
    void failuresAreThoseOfEachEndpoint() {
        login.failNext(1, Fault.status(400).body("application/json", "{\"error\":\"unauthorized_client\"}"));
        assertThat(world.failure(world.secret()).oauthError()).contains("unauthorized_client");

        login.failAlways(Fault.rateLimited(Duration.ofSeconds(30)));
        assertThat(world.failure(world.secret()).retryAfter()).contains(Duration.ofSeconds(30));

        login.metadata().failAlways(Fault.status(503));
        assertThat(world.failure(world.secret()).code()).isEqualTo("MCP_AUTH_UNAVAILABLE");

        login.recover();
        rules.metadata().failAlways(Fault.htmlPage());
        assertThat(world.failure(world.secret()).code()).isEqualTo("MCP_AUTH_UNAVAILABLE");
    }

    @Test
    void settingsOfTheOtherKindOfServerAreRefused() {
        assertThatThrownBy(() -> server.redirectToLogin(true)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> login.authMethods("none")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LoopbackMcpAuthorization.builder().issuerPath("/one/"))
                .isInstanceOf(IllegalArgumentException.class);
        try (FederatedMcp databricks = new FederatedMcp()) {
            assertThatThrownBy(() -> McpResourceRules.of(databricks.server))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
