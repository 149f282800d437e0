// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.SafeText;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Waits for the one answer to a login. What is not beyond doubt the answer gets a page that says so and changes nothing;
 * the first that is ends the wait, and all that come after it are late.
 */
final class Callback {
    /** Not for this client or person to change. */
    private static final Set<String> PASSING = Set.of("server_error", "temporarily_unavailable");

    private final LoginServer server;
    private final LoginRequest request;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final CompletableFuture<String> code = new CompletableFuture<>();

    /** What to show, and what to do once it is shown. */
    record Verdict(CallbackPage page, Runnable then) {
        static Verdict only(CallbackPage page) {
            return new Verdict(page, () -> {});
        }
    }

    Callback(LoginServer server, LoginRequest request) {
        this.server = server;
        this.request = request;
    }

    /** {@return the code, once it is there} */
    CompletableFuture<String> code() {
        return code;
    }

    Verdict judge(CallbackRequest came, URI redirect) {
        if (!came.isFor(redirect.getRawAuthority())) {
            return Verdict.only(CallbackPage.OTHER_HOST);
        }
        String path = redirect.getRawPath().isEmpty() ? "/" : redirect.getRawPath();
        if (!came.path().equals(path)) {
            return Verdict.only(CallbackPage.NOT_FOUND);
        }
        if (!came.isGet()) {
            return Verdict.only(CallbackPage.NOT_GET);
        }
        Optional<Map<String, String>> parameters =
                came.parameters().filter(all -> request.isState(all.getOrDefault("state", "")));
        if (parameters.isEmpty()
                || !(parameters.get().containsKey("code") || parameters.get().containsKey("error"))) {
            return Verdict.only(CallbackPage.NOT_OURS);
        }
        if (!answered.compareAndSet(false, true)) {
            return Verdict.only(CallbackPage.OVER);
        }
        return answer(parameters.get());
    }

    private Verdict answer(Map<String, String> parameters) {
        String issuer = parameters.get("iss");
        boolean right = issuer == null ? !server.namesItself() : issuer.equals(server.issuer());
        if (!right) {
            return refused(Problem.of(
                    ErrorCode.IDP_ISSUER_MISMATCH,
                    "the answer to the login at issuer '" + SafeText.of(server.issuer()) + "' comes from "
                            + (issuer == null ? "nobody who says so" : "issuer '" + SafeText.of(issuer) + "'")));
        }
        String error = parameters.getOrDefault("error", "");
        if (!error.isEmpty()) {
            return refused(problem(error, parameters.getOrDefault("error_description", "")));
        }
        return new Verdict(CallbackPage.RECEIVED, () -> code.complete(parameters.getOrDefault("code", "")));
    }

    private Problem problem(String error, String description) {
        String message = "the login at " + server.authorization().getRawAuthority() + " ended with an error";
        Problem problem = PASSING.contains(error)
                ? Problem.of(ErrorCode.IDP_UNAVAILABLE, message)
                : LoginErrorCode.LOGIN_REFUSED.problem(message).fix(LoginRefusals.fix(error));
        return problem.oauthError(SafeText.of(error), SafeText.of(description));
    }

    private Verdict refused(Problem problem) {
        return new Verdict(CallbackPage.REFUSED, () -> code.completeExceptionally(new IdpTokenException(problem)));
    }
}
