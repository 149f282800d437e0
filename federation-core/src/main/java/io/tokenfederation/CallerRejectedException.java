// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

/**
 * The caller's token was not accepted, so nobody knows who is calling.
 *
 * <pre>{@code
 * catch (CallerRejectedException e) {
 *   log.info(e.getMessage());                            // for the operator
 *   response.setStatus(e.retryable() ? 503 : 401);
 *   response.setHeader("WWW-Authenticate", e.challenge());
 *   response.getWriter().print(e.publicMessage());       // for whoever sent the request
 * }
 * }</pre>
 *
 * <p>The message says what is wrong with the token, which would help whoever is trying to forge one: it is for the log.
 */
public final class CallerRejectedException extends FederationException {
    /**
     * Creates the exception.
     *
     * @param problem what went wrong
     */
    public CallerRejectedException(Problem problem) {
        super(problem);
    }

    static CallerRejectedException of(ErrorCode code, String message) {
        return new CallerRejectedException(Problem.of(code, message));
    }

    /**
     * Returns what the remote caller may read: the same for every token that is not accepted.
     *
     * @return a sentence that holds nothing of the token, the configuration or the reason
     */
    public String publicMessage() {
        if (retryable()) {
            return "Tokens cannot be verified at the moment; try again later.";
        }
        return missing() ? "A token is required." : "The token is not accepted; log in again.";
    }

    /**
     * Returns the value of the response header {@code WWW-Authenticate}. It names an error only where a token was
     * presented and refused.
     *
     * @return {@code Bearer error="invalid_token"}, or {@code Bearer} if there was no token or it could not be judged
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3.1">RFC 6750 §3.1</a>
     */
    public String challenge() {
        return retryable() || missing() ? "Bearer" : "Bearer error=\"invalid_token\"";
    }

    private boolean missing() {
        return code().equals(ErrorCode.CALLER_TOKEN_MISSING.name());
    }
}
