// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.SafeText;
import io.tokenfederation.internal.TokenReply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Redeems a login's code and refresh tokens, as a client that has no secret (RFC 6749 §4.1.3 and §6, RFC 7636 §4.5). */
final class LoginTokenEndpoint {
    private static final int LIMIT = 1 << 20;
    private static final String REFRESH = "refresh_token";
    private static final String RENEWAL = "the renewal of a login";

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
        return ask(form, Set.of(refreshToken), RENEWAL);
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
        TokenReply read = TokenReply.read(reply, secrets);
        if (read instanceof TokenReply.Refused refused) {
            throw refusal(reply, refused, what);
        }
        if (read instanceof TokenReply.Unreadable unreadable) {
            throw new IdpTokenException(Problem.of(
                            ErrorCode.IDP_REPLY_UNREADABLE,
                            who() + " answered " + unreadable.status() + ", but " + unreadable.why())
                    .httpStatus(unreadable.status()));
        }
        return tokens((TokenReply.Issued) read);
    }

    private LoginTokens tokens(TokenReply.Issued issued) {
        if (!issued.bearer()) {
            throw new IdpTokenException(
                    Problem.of(ErrorCode.IDP_TOKEN_NOT_BEARER, who() + " issued a token of another type than Bearer"));
        }
        return new LoginTokens(IdpToken.parse(issued.accessToken()), issued.refreshToken());
    }

    private IdpTokenException refusal(HttpReply reply, TokenReply.Refused refused, String what) {
        String error = SafeText.of(refused.said().error());
        String words = SafeText.of(refused.said().description());
        String message = who() + " answered " + refused.status() + " to " + what + " of client '" + clientId + "'";
        Problem known = ReplyProblem.of(reply, ErrorCode.IDP_REFUSED, message).problem();
        Problem said = error.isEmpty() ? known.serverSaid(words) : known.oauthError(error, words);
        Problem problem = refused.requestId().map(said::requestId).orElse(said);
        if (problem.retryable()) {
            return new IdpTokenException(problem);
        }
        if (what.equals(RENEWAL) && LoginRefusals.ended(error)) {
            return new IdpTokenException(LoginErrorCode.LOGIN_REQUIRED.of(problem));
        }
        return new IdpTokenException(LoginErrorCode.LOGIN_REFUSED.of(problem).fix(LoginRefusals.fix(error)));
    }

    private String who() {
        return "the identity provider at " + uri.getRawAuthority();
    }
}
