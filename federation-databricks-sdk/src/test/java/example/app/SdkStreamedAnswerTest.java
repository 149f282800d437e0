// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.http.Request;
import com.databricks.sdk.core.http.Response;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.FederatedCallException;
import io.tokenfederation.databrickssdk.FederatedCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Answers whose body streams, as the SDK's own client gives them for downloads. */
class SdkStreamedAnswerTest {
    private static final String HOST = "https://adb-1.example.com";
    private static final DatabricksToken TOKEN = DatabricksToken.of("token-0", Instant.MAX);

    /** A stream that tells whether it was closed. */
    private static class Body extends ByteArrayInputStream {
        boolean closed;

        Body(String words) {
            super(words.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final AtomicInteger requests = new AtomicInteger();

    /** It holds a connection of the pool until then. */
    @Test
    void theBodyOfARedirectIsClosed() {
        for (String location : List.of(
                "https://login.example.org/",
                HOST + "/login.html?error=private-link-validation-error",
                "http://[nowhere")) {
            Body body = new Body("<html>");
            Throwable ended = catchThrowable(() -> answer(302, body, Map.of("Location", List.of(location))));

            assertThat(body.closed).as(location + ": " + ended).isTrue();
        }
    }

    @Test
    void theBodyOfARefusalThatBreaksOffIsClosed() {
        Body body = new Body("") {
            @Override
            public byte[] readNBytes(int most) throws IOException {
                throw new IOException("broken off");
            }
        };

        assertThatThrownBy(() -> answer(403, body, Map.of())).hasMessage("broken off");

        assertThat(body.closed).isTrue();
    }

    /** It answers a conditional request. */
    @Test
    void whatIsNotModifiedIsNoRedirect() throws IOException {
        Body body = new Body("");

        assertThat(answer(304, body, Map.of()).getStatusCode()).isEqualTo(304);
        assertThat(body.closed).isFalse();
    }

    @Test
    void aSourceThatMintsTheSameTokenAgainDoesNotHideTheRefusal() {
        Body body = new Body("{\"error_code\":403,\"message\":\"Invalid access token.\"}");

        FederatedCallException failure =
                catchThrowableOfType(FederatedCallException.class, () -> answer(403, body, Map.of()));

        assertThat(failure.code()).isEqualTo(ErrorCode.TOKEN_REJECTED.name());
        assertThat(failure).hasMessageContaining("issued no other");
        assertThat(requests).hasValue(1);
    }

    private Response answer(int status, InputStream body, Map<String, List<String>> headers) throws IOException {
        DatabricksConfig config = FederatedCredentials.of(DatabricksTokenSource.renewing(() -> TOKEN))
                .applyTo(new DatabricksConfig()
                        .setHost(HOST)
                        .setHttpClient(request -> streamed(request, status, body, headers)));
        return config.getHttpClient().execute(new Request("GET", HOST + "/api/x").withHeaders(config.authenticate()));
    }

    private Response streamed(Request request, int status, InputStream body, Map<String, List<String>> headers)
            throws MalformedURLException {
        if (request.getUri().getPath().startsWith("/.well-known/")) {
            return new Response(request, 404, "status", Map.of(), "{}");
        }
        requests.incrementAndGet();
        return new Response(request, new URL(HOST), status, "status", headers, body);
    }
}
