// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import example.app.LoopbackSite.Page;
import io.tokenfederation.mcp.McpAuthorization;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How tokens are shared, renewed and given up. */
class McpAuthorizationRenewalTest {
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
    void secretThatChangesIsReadForEachToken() {
        List<String> secrets = new ArrayList<>(List.of("first-secret", "second-secret"));
        McpClient mcp = world.client(McpAuthorization.clientCredentials("app-1", () -> secrets.remove(0)));
        mcp.callTool("query", Map.of());
        world.valid.clear();

        mcp.callTool("query", Map.of());

        assertThat(world.tokenRequests())
                .extracting(request -> request.header("Authorization"))
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void sixtyFourThreadsShareOneToken() throws Exception {
        McpClient mcp = world.client(world.secret());

        assertThat(together(64, mcp)).hasSize(64).containsOnly("ran");

        assertThat(world.issued).hasValue(1);
        assertThat(world.issuer.asked(AuthorizedWorld.AS)).hasSize(1);
    }

    @Test
    void tokenThatIsRefusedWhileYoungIsRenewedOnceForAll() throws Exception {
        McpClient mcp = world.client(world.secret());
        mcp.callTool("query", Map.of());
        world.valid.clear();

        assertThat(together(64, mcp)).hasSize(64).containsOnly("ran");

        assertThat(world.issued).hasValue(2);
    }

    @Test
    void refusedTokenHasTheServerAskedAnewWhoseTokensItTakes() {
        McpClient mcp = world.client(world.secret());
        mcp.callTool("query", Map.of());
        world.valid.clear();

        mcp.callTool("query", Map.of());

        assertThat(world.server.asked(AuthorizedWorld.PRM + "/mcp")).hasSize(2);
    }

    @Test
    void serverThatRefusesEveryTokenEndsTheCallAfterTwoPosts() {
        world.issuer.on("/token", request -> {
            Page page = world.issue(request, 3_600);
            world.valid.clear();
            return page;
        });
        world.challenge = "Bearer resource_metadata=\"" + world.server.url(AuthorizedWorld.PRM + "/mcp")
                + "\", error=\"invalid_token\", error_description=\"wrong audience\"";

        McpException failure = failure(world.secret());

        assertThat(failure.code()).isEqualTo("TOKEN_REJECTED");
        assertThat(failure.oauthError()).hasValue("invalid_token");
        assertThat(failure).hasMessageContaining("wrong audience").hasMessageContaining("this very resource");
        assertThat(world.authorizedRequests()).hasSize(2);
        assertThat(world.issued).hasValue(2);
    }

    @Test
    void issuerThatRepeatsARefusedTokenEndsTheCall() {
        world.issuer.on(
                "/token", Page.json("{\"access_token\":\"same\",\"token_type\":\"Bearer\",\"expires_in\":3600}"));

        McpException failure = failure(world.secret());

        assertThat(failure.code()).isEqualTo("TOKEN_REJECTED");
        assertThat(failure).hasMessageContaining("the very token again");
        assertThat(world.authorizedRequests()).hasSize(1);
    }

    private McpException failure(McpAuthorization authorization) {
        McpException failure = Failures.ofCall(world.client(authorization));
        for (Throwable e = failure; e != null; e = e.getCause()) {
            assertThat(String.valueOf(e.getMessage())).doesNotContain(AuthorizedWorld.SECRET, "opaque-token");
        }
        return failure;
    }

    private static List<String> together(int threads, McpClient mcp) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch ready = new CountDownLatch(threads);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                answers.add(pool.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return mcp.callTool("query", Map.of()).text();
                }));
            }
            List<String> texts = new ArrayList<>();
            for (Future<String> answer : answers) {
                texts.add(answer.get());
            }
            return texts;
        } finally {
            pool.shutdownNow();
        }
    }
}
