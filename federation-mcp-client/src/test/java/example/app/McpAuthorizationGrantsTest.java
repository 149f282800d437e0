// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import example.app.LoopbackSite.Page;
import io.tokenfederation.IdpToken;
import io.tokenfederation.mcp.IdentityAssertion;
import io.tokenfederation.mcp.McpAuthorization;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workloads' JWTs and persons' assertions. */
class McpAuthorizationGrantsTest {
    private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String TYPES = "urn:ietf:params:oauth:token-type:";
    private static final String ID_TOKEN = "canary-id-token-71c0";

    private AuthorizedWorld world;
    private LoopbackSite idp;

    @BeforeEach
    void start() throws IOException {
        world = new AuthorizedWorld();
        idp = new LoopbackSite();
    }

    @AfterEach
    void stop() {
        world.close();
        idp.close();
    }

    @Test
    void workloadShowsItsJwtAndNothingElse() {
        String jwt = jwt("https://platform.example.com", world.issuer.url(""));

        assertThat(world.call(McpAuthorization.workloadIdentity(() -> IdpToken.parse(jwt))))
                .isEqualTo("ran");

        assertThat(world.tokenRequests().get(0).header("Authorization")).isEmpty();
        assertThat(world.tokenRequests().get(0).form())
                .isEqualTo(Map.of("grant_type", JWT_BEARER, "assertion", jwt, "resource", world.server.url("/mcp")));
    }

    @Test
    void workloadNamesItsClientWhereTheIssuerWantsIt() {
        String jwt = jwt("https://platform.example.com", world.issuer.url(""));

        world.call(McpAuthorization.workloadIdentity("agent-7", () -> IdpToken.parse(jwt)));

        assertThat(world.tokenRequests().get(0).form()).containsEntry("client_id", "agent-7");
    }

    @ParameterizedTest
    @CsvSource({"invalid_grant, audience", "invalid_scope, scopes", "unauthorized_client, grant type"})
    void refusedWorkloadIsAskedForOnceAndInNoOtherWay(String error, String fix) {
        String jwt = jwt("https://platform.example.com", "https://wrong.example.com");
        world.issuer.on(
                "/token", Page.json(400, "{\"error\":\"" + error + "\",\"error_description\":\"no: " + jwt + "\"}"));
        McpClient mcp = world.client(McpAuthorization.workloadIdentity(() -> IdpToken.parse(jwt)));

        McpException failure = Failures.ofCall(mcp);
        McpException again = Failures.ofCall(mcp);

        assertThat(failure.code()).isEqualTo("MCP_AUTH_REFUSED");
        assertThat(failure.oauthError()).hasValue(error);
        assertThat(failure.fix()).contains(fix);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining("no: ");
        assertThat(failure.getMessage()).doesNotContain(jwt);
        assertThat(again.code()).isEqualTo("MCP_AUTH_REFUSED");
        assertThat(world.tokenRequests()).hasSize(1);
    }

    @Test
    void workloadWithoutItsFileIsSaid() {
        McpException failure = failure(McpAuthorization.workloadIdentity(() -> {
            throw new NoSuchFileException("/var/run/token");
        }));

        assertThat(failure.code()).isEqualTo("MCP_AUTH_UNREACHABLE");
        assertThat(failure.fix()).contains("file");
    }

    @Test
    void personIsVouchedForByTheIdentityProvider() {
        idp.on("/token", Page.json(idJag(jwt(idp.url(""), world.issuer.url("")))));

        assertThat(world.call(person().scopes("chat.read"))).isEqualTo("ran");

        assertThat(idp.asked("/token").get(0).form())
                .isEqualTo(Map.of(
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:token-exchange",
                        "requested_token_type",
                        TYPES + "id-jag",
                        "subject_token",
                        ID_TOKEN,
                        "subject_token_type",
                        TYPES + "id_token",
                        "audience",
                        world.issuer.url(""),
                        "resource",
                        world.server.url("/mcp"),
                        "scope",
                        "chat.read",
                        "client_id",
                        "sso-client",
                        "client_secret",
                        "canary-idp-secret"));
    }

    @Test
    void grantOfTheIdentityProviderIsShownToTheIssuer() {
        String grant = jwt(idp.url(""), world.issuer.url(""));
        idp.on("/token", Page.json(idJag(grant)));

        world.call(person().scopes("chat.read"));

        assertThat(world.tokenRequests().get(0).header("Authorization")).startsWith("Basic ");
        assertThat(world.tokenRequests().get(0).form())
                .isEqualTo(Map.of(
                        "grant_type",
                        JWT_BEARER,
                        "assertion",
                        grant,
                        "resource",
                        world.server.url("/mcp"),
                        "scope",
                        "chat.read"));
    }

    @Test
    void idTokenGoesToTheIdentityProviderOnly() {
        idp.on("/token", Page.json(idJag(jwt(idp.url(""), world.issuer.url("")))));

        world.call(person());

        assertThat(List.of(world.server.asked, world.issuer.asked).toString()).doesNotContain(ID_TOKEN);
    }

    @Test
    void otherTokenOfTheIdentityProvidersIsNotShownToTheIssuer() {
        String grant = jwt(idp.url(""), world.issuer.url(""));
        idp.on("/token", Page.json(idJag(grant).replace("id-jag", "access_token")));

        McpException failure = failure(person());

        assertThat(failure.code()).isEqualTo("MCP_AUTH_REPLY_UNREADABLE");
        assertThat(failure).hasMessageContaining("access_token");
        assertThat(world.tokenRequests()).isEmpty();
    }

    @Test
    void grantForAnotherIssuerIsNotShownToThisOne() {
        idp.on("/token", Page.json(idJag(jwt(idp.url(""), "https://other.example.com"))));

        McpException failure = failure(person());

        assertThat(failure.code()).isEqualTo("MCP_AUTH_REPLY_UNREADABLE");
        assertThat(failure).hasMessageContaining("https://other.example.com");
        assertThat(world.tokenRequests()).isEmpty();
    }

    @Test
    void refusalOfTheIdentityProviderIsTheIdentityProviders() {
        idp.on(
                "/token",
                Page.json(400, "{\"error\":\"access_denied\",\"error_description\":\"policy; got " + ID_TOKEN + "\"}"));

        McpException failure = failure(person());

        assertThat(failure.code()).isEqualTo("MCP_AUTH_REFUSED");
        assertThat(failure).hasMessageContaining("the identity provider at").hasMessageContaining("policy");
    }

    private McpAuthorization person() {
        IdentityAssertion assertion = IdentityAssertion.of(idp.url("/token"), "sso-client", () -> ID_TOKEN)
                .clientSecret("canary-idp-secret");
        assertThat(assertion.toString()).doesNotContain("canary");
        return McpAuthorization.enterpriseManaged("app-1", AuthorizedWorld.SECRET, assertion);
    }

    private McpException failure(McpAuthorization authorization) {
        McpException failure = catchThrowableOfType(
                McpException.class, () -> world.client(authorization).callTool("query", Map.of()));
        assertThat(failure).isNotNull();
        for (Throwable e = failure; e != null; e = e.getCause()) {
            assertThat(e.toString()).doesNotContain(ID_TOKEN, "canary");
        }
        return failure;
    }

    private static String idJag(String grant) {
        return "{\"issued_token_type\":\"" + TYPES + "id-jag\",\"access_token\":\"" + grant
                + "\",\"token_type\":\"N_A\",\"expires_in\":300}";
    }

    /** Its signature is for the issuer to look at, and the issuer here does not. */
    private static String jwt(String issuer, String audience) {
        return encoded("{\"alg\":\"RS256\"}") + "."
                + encoded("{\"iss\":\"" + issuer + "\",\"aud\":\"" + audience
                        + "\",\"sub\":\"someone\",\"exp\":4070908800}")
                + ".c2ln";
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
