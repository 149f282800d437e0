// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything this library throws when the world, and not the calling code, is at fault.
 *
 * <p>{@link #getMessage()} is one line for an operator's log: code, what happened, what the server said, and the fix. It
 * never holds a token, a secret or a raw reply. It is still not for the person at the browser, who learns from it how
 * the backend is built: show them a message of your own.
 *
 * <p>Misuse of the API is not here: it is an {@link IllegalArgumentException}, {@link IllegalStateException} or
 * {@link NullPointerException}, at {@code build()} where possible.
 */
public abstract sealed class FederationException extends RuntimeException
        permits IdpTokenException,
                TokenExchangeException,
                RoleNotMappedException,
                CallerRejectedException,
                FederatedCallException {
    /** What travels when the exception is serialised; the rest is for the process it was thrown in. */
    private final String code;

    /** One sentence an operator can act on. */
    private final String fix;

    /** Whether the same call can succeed later. */
    private final boolean retryable;

    /** Zero if none came back. */
    private final int httpStatus;

    private final transient @Nullable Problem problem;

    FederationException(Problem problem) {
        super(problem.toString(), problem.cause().orElse(null));
        this.problem = problem;
        this.code = problem.code();
        this.fix = problem.fix();
        this.retryable = problem.retryable();
        this.httpStatus = problem.httpStatus().orElse(0);
    }

    /** {@return the stable name of the failure: an {@link ErrorCode} or a provider's own} */
    public final String code() {
        return code;
    }

    /** {@return one sentence an operator can act on} */
    public final String fix() {
        return fix;
    }

    /** {@return whether the same call can succeed later without anybody changing anything} */
    public final boolean retryable() {
        return retryable;
    }

    /** {@return the HTTP status, where one came back} */
    public final OptionalInt httpStatus() {
        return problem().httpStatus();
    }

    /** {@return the OAuth error, such as {@code invalid_grant}, where the server gave one} */
    public final Optional<String> oauthError() {
        return problem().oauthError();
    }

    /** {@return the id the server gave the request, where it gave one} */
    public final Optional<String> requestId() {
        return problem().requestId();
    }

    /** {@return how long to wait before the next try, where that is known} */
    public final Optional<Duration> retryAfter() {
        return problem().retryAfter();
    }

    /** {@return all that is known, to build a more exact exception from} */
    public final Problem problem() {
        if (problem != null) {
            return problem;
        }
        Problem travelled = Problem.of(code, String.valueOf(getMessage()), fix).retryable(retryable);
        return httpStatus == 0 ? travelled : travelled.httpStatus(httpStatus);
    }

    /** {@return a new exception of the same leaf, for another thread to throw, or with more known about it} */
    final FederationException again(Problem problem) {
        if (this instanceof IdpTokenException) {
            return new IdpTokenException(problem);
        }
        if (this instanceof TokenExchangeException) {
            return new TokenExchangeException(problem);
        }
        return this instanceof FederatedCallException call ? call.with(problem) : this;
    }
}
