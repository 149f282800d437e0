// SPDX-License-Identifier: Apache-2.0
package samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.FederatedCallException;
import io.tokenfederation.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** Asks Databricks whom it takes a token for: every token may ask that, whatever else it may do. */
public final class DatabricksMe {
    static final String PATH = "/api/2.0/preview/scim/v2/Me";

    /** Somebody of the workspace: a service principal's user name is its application id. */
    public record Identity(String userName, String displayName, List<String> groups) {}

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI workspace;

    public DatabricksMe(URI workspace) {
        this.workspace = workspace;
    }

    /** Whom the token is for; a FederatedCallException says that it was refused. */
    public Identity of(DatabricksToken token) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(workspace.resolve(PATH))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token.value())
                .build();
        try {
            HttpResponse<byte[]> reply = http.send(request, BodyHandlers.ofByteArray());
            if (reply.statusCode() != 200) {
                throw new FederatedCallException(refused(reply));
            }
            JsonNode me = new ObjectMapper().readTree(reply.body());
            return new Identity(
                    me.path("userName").asText(), me.path("displayName").asText(), groups(me.path("groups")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static List<String> groups(JsonNode groups) {
        return StreamSupport.stream(groups.spliterator(), false)
                .map(group -> group.path("display").asText())
                .toList();
    }

    /** Every token may ask who it is; so a 403 that is not about the token is about the workspace. */
    private static Problem refused(HttpResponse<byte[]> reply) {
        String answered = "Databricks answered " + reply.statusCode() + " to " + PATH;
        boolean token = new String(reply.body(), StandardCharsets.UTF_8)
                .toLowerCase(Locale.ROOT)
                .contains("token");
        if (reply.statusCode() == 401 || (reply.statusCode() == 403 && token)) {
            return Problem.of(ErrorCode.TOKEN_REJECTED, answered);
        }
        return reply.statusCode() == 403
                ? Problem.of(ErrorCode.PERMISSION_DENIED, answered)
                        .fix("Assign the service principal to this workspace: a token is exchanged on every workspace"
                                + " of the account, and accepted on those only.")
                : Problem.of("UNEXPECTED_ANSWER", answered, "Check DB_HOST, and a proxy in between; then try again.");
    }
}
