// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.PrivateLinkValidationError;
import com.databricks.sdk.core.http.HttpClient;
import com.databricks.sdk.core.http.Request;
import com.databricks.sdk.core.http.Response;
import com.databricks.sdk.service.iam.MeRequest;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.FederatedCallException;
import io.tokenfederation.databrickssdk.FederatedCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What goes out and comes back below the SDK, by a client that plays back replies. */
class SdkHttpClientTest {
    private static final String HOST = "https://adb-1.example.com";
    private static final String REFUSED = "{\"error_code\":403,\"message\":\"Invalid access token.\"}";

    /** Tokens that are renewed when they are refused. */
    private static final class Numbered implements DatabricksTokenSource {
        final AtomicInteger refused = new AtomicInteger();

        @Override
        public DatabricksToken token() {
            return DatabricksToken.of("token-" + refused.get(), Instant.MAX);
        }

        @Override
        public void rejected(DatabricksToken token) {
            if (token.equals(token())) {
                refused.incrementAndGet();
            }
        }
    }

    private final Numbered tokens = new Numbered();
    private final Deque<Response> replies = new ArrayDeque<>();
    private final List<String> sent = new ArrayList<>();
    private final HttpClient plain = request -> {
        if (request.getUri().getPath().equals("/.well-known/databricks-config")) {
            return reply(404, "{}");
        }
        sent.add(String.valueOf(request.getHeaders().get("Authorization")));
        assertThat(request.getRedirectionBehavior()).isEqualTo(carriesOurs(request) ? followed(false) : followed(null));
        return replies.remove();
    };
    private final DatabricksConfig config = FederatedCredentials.of(tokens)
            .applyTo(new DatabricksConfig().setHost(HOST).setHttpClient(plain))
            .resolve();

    @Test
    void aClientThatWasSetIsUsed() {
        replies.add(reply(200, "{\"userName\":\"me\"}"));

        assertThat(me()).isEqualTo("me");
        assertThat(sent).containsExactly("Bearer token-0");
    }

    /** The SDK logs the headers of each request, if DATABRICKS_DEBUG_HEADERS says so. */
    @Test
    void theTokenIsGoneFromTheRequestOnceItWasSent() throws IOException {
        Request request = new Request("GET", HOST + "/api/x").withHeaders(config.authenticate());
        replies.add(reply(403, REFUSED));
        replies.add(reply(200, "{}"));

        config.getHttpClient().execute(request);

        assertThat(sent).containsExactly("Bearer token-0", "Bearer token-1");
        assertThat(request.getHeaders().values()).noneMatch(value -> value.contains("token-"));
    }

    @Test
    void theTokenIsGoneFromTheRequestThatFailed() {
        DatabricksConfig failing = FederatedCredentials.of(tokens)
                .applyTo(new DatabricksConfig().setHost(HOST).setHttpClient(request -> {
                    throw new IOException("cut");
                }));
        Request request = new Request("GET", HOST + "/api/x").withHeaders(failing.authenticate());

        assertThatThrownBy(() -> failing.getHttpClient().execute(request)).isInstanceOf(IOException.class);
        assertThat(request.getHeaders().values()).noneMatch(value -> value.contains("token-"));
    }

    @Test
    void aRefusalOfSomebodyElsesTokenIsNotOurs() throws IOException {
        config.authenticate();
        Request request = new Request("POST", HOST + "/x", "{}").withHeader("Authorization", "Bearer data-plane");
        replies.add(reply(401, REFUSED));

        Response answer = config.getHttpClient().execute(request);

        assertThat(answer.getStatusCode()).isEqualTo(401);
        assertThat(sent).containsExactly("Bearer data-plane");
        assertThat(tokens.refused).hasValue(0);
    }

    /** Slow requests meet their refusal when the token has been renewed already. */
    @Test
    void anOlderTokenOfOursIsAnsweredWithTheNewerOne() throws IOException {
        Request slow = new Request("GET", HOST + "/api/x").withHeaders(config.authenticate());
        tokens.refused.set(1);
        config.authenticate();
        replies.add(reply(403, REFUSED));
        replies.add(reply(200, "{}"));

        assertThat(config.getHttpClient().execute(slow).getStatusCode()).isEqualTo(200);
        assertThat(sent).containsExactly("Bearer token-0", "Bearer token-1");
        assertThat(tokens.refused).hasValue(1);
    }

    @Test
    void aBodyThatIsAStreamIsNotSentTwice() {
        InputStream body = new ByteArrayInputStream(new byte[] {1, 2, 3});
        Request request = new Request("PUT", HOST + "/api/2.0/fs/files/x", body).withHeaders(config.authenticate());
        replies.add(reply(401, REFUSED));

        FederatedCallException failure = catchThrowableOfType(
                FederatedCallException.class, () -> config.getHttpClient().execute(request));

        assertThat(failure.code()).isEqualTo(ErrorCode.TOKEN_REJECTED.name());
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.fix()).contains("Make the call again");
        assertThat(sent).containsExactly("Bearer token-0");
        assertThat(config.authenticate()).containsEntry("Authorization", "Bearer token-1");
    }

    @Test
    void aRefusalThatIsReadIsStillThereForTheSdk() throws IOException {
        Request request = new Request("GET", HOST + "/api/x").withHeaders(config.authenticate());
        String denied = "{\"error_code\":\"PERMISSION_DENIED\",\"message\":\"no CAN USE\"}";
        replies.add(reply(403, denied));

        Response answer = config.getHttpClient().execute(request);

        assertThat(text(answer)).isEqualTo(denied);
        assertThat(answer.getDebugBody()).isEqualTo(denied);
    }

    @Test
    void aLongErrorPageIsHandedOnWhole() throws IOException {
        Request request = new Request("GET", HOST + "/api/x").withHeaders(config.authenticate());
        String page = "x".repeat(200_000);
        replies.add(reply(403, page));

        assertThat(text(config.getHttpClient().execute(request))).isEqualTo(page);
    }

    @Test
    void aRedirectEndsTheCallAndSaysWhereItWouldHaveGone() {
        replies.add(reply(302, "", "Location", "https://login.example.org/login?state=secret"));

        FederatedCallException failure = catchThrowableOfType(FederatedCallException.class, this::me);

        assertThat(failure)
                .hasMessageContaining("to https://login.example.org, where no token is sent")
                .hasMessageNotContaining("state");
        assertThat(failure.httpStatus()).hasValue(302);
        assertThat(sent).hasSize(1);
    }

    @Test
    void aPrivateLinkIsTheSdksToExplain() {
        replies.add(reply(302, "", "Location", HOST + "/login.html?error=private-link-validation-error"));

        assertThatThrownBy(this::me).isInstanceOf(PrivateLinkValidationError.class);
    }

    @Test
    void nothingPrintsTheToken() {
        assertThat(List.of(
                        FederatedCredentials.of(tokens).toString(),
                        config.getHttpClient().toString(),
                        config.toString()))
                .noneMatch(text -> text.contains("token-0"));
    }

    /** One configuration given to another role: the client below is wrapped once. */
    @Test
    void applyingTwiceReplaces() {
        Numbered others = new Numbered();
        others.refused.set(7);
        DatabricksConfig again = FederatedCredentials.of(others)
                .applyTo(FederatedCredentials.of(tokens)
                        .applyTo(new DatabricksConfig().setHost(HOST).setHttpClient(plain)));
        replies.add(reply(403, REFUSED));
        replies.add(reply(200, "{\"userName\":\"other\"}"));

        String name =
                new WorkspaceClient(again).currentUser().me(new MeRequest()).getUserName();

        assertThat(name).isEqualTo("other");
        assertThat(sent).containsExactly("Bearer token-7", "Bearer token-8");
        assertThat(tokens.refused).hasValue(0);
    }

    private String me() {
        return new WorkspaceClient(config).currentUser().me(new MeRequest()).getUserName();
    }

    private static boolean carriesOurs(Request request) {
        return String.valueOf(request.getHeaders().get("Authorization")).startsWith("Bearer token-");
    }

    private static Optional<Boolean> followed(@Nullable Boolean whether) {
        return Optional.ofNullable(whether);
    }

    private static Response reply(int status, String body, String... header) {
        Map<String, List<String>> headers = header.length == 0 ? Map.of() : Map.of(header[0], List.of(header[1]));
        Request asked = new Request("GET", HOST + "/api/x");
        return new Response(asked, status, "status", headers, body);
    }

    private static String text(Response response) {
        try (InputStream body = response.getBody()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
