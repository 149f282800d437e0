// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import example.app.LoopbackSite.Page;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What to do when the server refuses a token that is none of Databricks': nothing at Databricks. */
class McpAuthorizationAdviceTest {
    private AuthorizedWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new AuthorizedWorld();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer error=\"invalid_token\"", "Bearer resource_metadata=\"PRM\""})
    void refusedTokenIsTheAuthorizationServersBusiness(String challenge) {
        world.challenge = challenge.replace("PRM", world.server.url(AuthorizedWorld.PRM + "/mcp"));
        world.issuer.on("/token", request -> {
            Page page = world.issue(request, 3_600);
            world.valid.clear();
            return page;
        });

        McpException failure = Failures.ofCall(world.client(world.secret()));

        assertThat(failure.code()).isEqualTo("TOKEN_REJECTED");
        assertThat(failure.fix())
                .contains("authorization server", "this very resource", "aud")
                .doesNotContainIgnoringCase("workspace")
                .doesNotContainIgnoringCase("databricks");
    }

    @ParameterizedTest
    @CsvSource({
        "403, WWW-Authenticate, Bearer, PERMISSION_DENIED, McpAuthorization.scopes",
        "302, Location, https://login.example.com/, MCP_LOGIN_REDIRECT, takes tokens of this authorization server"
    })
    void otherRefusalsSendNobodyToDatabricks(int status, String header, String value, String code, String fix) {
        McpClient mcp = world.client(world.secret());
        mcp.server();
        world.server.on("/mcp", new Page(status, "", header, value));

        McpException failure = Failures.ofCall(mcp);

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.fix())
                .contains(fix)
                .doesNotContain("Databricks")
                .doesNotContain("CAN USE")
                .doesNotContain("service principal");
    }

    @Test
    void longAddressesAreShownWhole() {
        String path =
                "/api/2.0/mcp/functions/sales_and_marketing_catalog_of_the_western_region_2026/a_schema_with_a_long_name";
        String tenant = "/tenants/3f1c0a52-7f3a-4c0e-9a61-0f2b8f6c7d11/a_tenant_with_a_long_name_of_its_own";
        McpClient mcp = McpClient.builder(world.server.url(path))
                .authorization(world.secret().issuer(world.issuer.url(tenant)))
                .build();

        McpException failure = Failures.ofCall(mcp);

        assertThat(failure.code()).isEqualTo("MCP_AUTH_METADATA_INVALID");
        assertThat(failure)
                .hasMessageContaining("'" + world.issuer.url(tenant) + "'")
                .hasMessageContaining(world.issuer.url(AuthorizedWorld.AS + tenant))
                .hasMessageContaining(world.issuer.url(tenant + "/.well-known/openid-configuration"));
    }

    @Test
    void addressesOfTheServersChoiceStayScrubbed() {
        String chosen = "/" + "a".repeat(80);
        world.server.on(
                AuthorizedWorld.PRM + "/mcp",
                Page.json(AuthorizedWorld.resource(world.server.url("/mcp"), world.issuer.url(chosen))));

        McpException failure = Failures.ofCall(world.client(world.secret()));

        assertThat(failure.code()).isEqualTo("MCP_AUTH_METADATA_INVALID");
        assertThat(failure.getMessage()).doesNotContain(chosen);
    }
}
