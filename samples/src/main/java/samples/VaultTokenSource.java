// SPDX-License-Identifier: Apache-2.0
package samples;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * JWTs from HashiCorp Vault's identity secrets engine: a provider of one's own, in one class.
 *
 * @see <a href="https://developer.hashicorp.com/vault/api-docs/secret/identity/tokens">Vault: identity tokens</a>
 */
public final class VaultTokenSource implements IdpTokenSource {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI token;
    private final String role;
    private final Supplier<String> vaultToken;
    private final HttpClient client;

    /**
     * A source of one role's tokens.
     *
     * @param vault such as {@code https://vault.example.com:8200}; http is for loopback only
     * @param role the role; its client id is the JWT's {@code aud}
     * @param vaultToken asked before each request, because Vault's own tokens are renewed too
     */
    public VaultTokenSource(URI vault, String role, Supplier<String> vaultToken) {
        if (!"https".equals(vault.getScheme()) && !"127.0.0.1".equals(vault.getHost())) {
            throw new IllegalArgumentException("vault must be an https URL, because the Vault token goes there");
        }
        this.token = vault.resolve("/v1/identity/oidc/token/" + requireNonNull(role, "role"));
        this.role = role;
        this.vaultToken = requireNonNull(vaultToken, "vaultToken");
        // Redirects would carry the header to another host.
        this.client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Asks each time and keeps nothing: the exchanger keeps tokens, retries, and ends what takes too long. */
    @Override
    public IdpToken mint() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(token)
                .header("X-Vault-Token", credential())
                .timeout(Duration.ofSeconds(10))
                .build();
        HttpResponse<String> reply;
        try {
            reply = client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IdpTokenException(Problem.of(ErrorCode.IDP_UNREACHABLE, "interrupted while waiting for Vault")
                    .cause(e));
        }
        if (reply.statusCode() != 200) {
            throw new IdpTokenException(refusal(reply.statusCode()));
        }
        return IdpToken.parse(jwt(reply.body()));
    }

    private String jwt(String body) {
        JsonNode jwt;
        try {
            jwt = JSON.readTree(body).path("data").path("token");
        } catch (IOException e) {
            // Without the cause: the parser quotes what it could not read, and this body holds a token.
            jwt = MissingNode.getInstance();
        }
        if (!jwt.isTextual()) {
            throw new IdpTokenException(Problem.of(
                    ErrorCode.IDP_REPLY_UNREADABLE, "Vault answered 200 for role '" + role + "', without data.token"));
        }
        return jwt.textValue();
    }

    /** Looked at before the JDK does, whose exception would quote a header it does not like. */
    private String credential() {
        String value = vaultToken.get();
        if (value == null || !value.matches("[\\w.-]+")) {
            throw new IdpTokenException(Problem.of(
                    ErrorCode.IDP_CREDENTIAL_UNREADABLE,
                    "the Vault token is missing, or holds characters none has, such as a file's line break"));
        }
        return value;
    }

    /** The body stays out of it: what a server says may repeat what it was sent. */
    private Problem refusal(int status) {
        String message = "Vault answered " + status + " to the request for a token of role '" + role + "'";
        Problem problem = switch (status) {
            case 403 ->
                Problem.of(
                        "VAULT_PERMISSION_DENIED",
                        message,
                        "Give the Vault token a policy with read on identity/oidc/token/" + role + ".");
            case 400, 404 ->
                Problem.of(
                        "VAULT_ROLE_UNKNOWN", message, "Create the role with: vault write identity/oidc/role/" + role);
            case 429 -> Problem.of(ErrorCode.IDP_RATE_LIMITED, message);
            case 500, 502, 503 -> Problem.of(ErrorCode.IDP_UNAVAILABLE, message);
            default -> Problem.of(ErrorCode.IDP_REFUSED, message);
        };
        return problem.httpStatus(status);
    }

    /** Says where it asks; never with what. */
    @Override
    public String toString() {
        return "VaultTokenSource[" + token + "]";
    }
}
