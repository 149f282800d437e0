// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.ErrorReply;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.SafeText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Redeems a login's code and refresh tokens, as a client that has no secret (RFC 6749 §4.1.3 and §6, RFC 7636 §4.5). */
final class LoginTokenEndpoint {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int LIMIT = 1 << 20;
    private static final String REFRESH = "refresh_token";

    private final HttpTransport transport;
    private final URI uri;
    private final String clientId;

    LoginTokenEndpoint(HttpTransport transport, URI uri, String clientId) {
        this.transport = transport;
        this.uri = uri;
        this.clientId = clientId;
    }

    /** @throws IdpTokenException with {@code LOGIN_REFUSED} if the identity provider does not take the code */
    LoginTokens redeem(String code, String verifier, URI redirect) throws IOException, InterruptedException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", redirect.toString());
        form.put("code_verifier", verifier);
        return ask(form, Set.of(code, verifier), "the login");
    }

    /** @throws IdpTokenException with {@code LOGIN_REQUIRED} if the person has to log in anew */
    LoginTokens refresh(String refreshToken) throws IOException, InterruptedException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", REFRESH);
        form.put(REFRESH, refreshToken);
        return ask(form, Set.of(refreshToken), "the renewal of a login");
    }

    private LoginTokens ask(Map<String, String> form, Set<String> secrets, String what)
            throws IOException, InterruptedException {
        form.put("client_id", clientId);
        HttpRequest request = HttpTransport.request(uri)
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(LoginRequest.form(form)))
                .build();
        HttpReply reply = transport.send(request, LIMIT);
        JsonNode root = tree(reply);
        if (reply.status() / 100 != 2 || root.hasNonNull("error")) {
            throw refusal(reply, ErrorReply.of(reply, secrets), what);
        }
        return tokens(reply, root);
    }

    private LoginTokens tokens(HttpReply reply, JsonNode root) {
        String access = root.path("access_token").asText("");
        if (access.isEmpty()) {
            throw new IdpTokenException(Problem.of(
                            ErrorCode.IDP_REPLY_UNREADABLE,
                            "the identity provider at " + uri.getRawAuthority() + " answered " + reply.status()
                                    + " without an access token in JSON")
                    .httpStatus(reply.status()));
        }
        if (!root.path("token_type").asText("Bearer").equalsIgnoreCase("Bearer")) {
            throw new IdpTokenException(Problem.of(
                    ErrorCode.IDP_TOKEN_NOT_BEARER,
                    "the identity provider at " + uri.getRawAuthority() + " issued a token of another type than Bearer"));
        }
        return new LoginTokens(
                IdpToken.parse(access),
                Optional.of(root.path(REFRESH).asText("")).filter(token -> !token.isEmpty()));
    }

    private IdpTokenException refusal(HttpReply reply, ErrorReply said, String what) {
        String error = SafeText.of(said.error());
        String message = "the identity provider at " + uri.getRawAuthority() + " answered " + reply.status() + " to "
                + what + " of client '" + clientId + "'";
        Problem known = ReplyProblem.of(reply, ErrorCode.IDP_REFUSED, message).problem();
        String words = SafeText.of(said.description());
        Problem problem = error.isEmpty() ? known.serverSaid(words) : known.oauthError(error, words);
        if (problem.retryable()) {
            return new IdpTokenException(problem);
        }
        if (LoginRefusals.ended(error) && what.startsWith("the renewal")) {
            return new IdpTokenException(LoginErrorCode.LOGIN_REQUIRED.of(problem));
        }
        return new IdpTokenException(LoginErrorCode.LOGIN_REFUSED.of(problem).fix(LoginRefusals.fix(error)));
    }

    private static JsonNode tree(HttpReply reply) {
        try {
            return JSON.readTree(reply.text().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }
}
