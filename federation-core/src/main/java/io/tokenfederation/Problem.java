// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong: the value every {@link FederationException} carries.
 *
 * <pre>{@code
 * throw new IdpTokenException(Problem.of(ErrorCode.IDP_UNREACHABLE, "the token file is not there yet").cause(e));
 * }</pre>
 *
 * <p>Immutable: each method returns a changed copy. Put no token, secret or raw reply in any text; what a server said
 * goes in through {@link #oauthError(String, String)}, scrubbed.
 */
public final class Problem {
    private final String code;
    private final String message;
    private String fix;
    private boolean retryable;
    private int httpStatus;
    private @Nullable String oauthError;
    private String serverSaid = "";
    private @Nullable String requestId;
    private @Nullable Duration retryAfter;
    private @Nullable Throwable cause;
    private @Nullable MismatchCause mismatch;

    private Problem(String code, String message, String fix) {
        this.code = requireNonNull(code, "code");
        this.message = requireNonNull(message, "message");
        this.fix = requireNonNull(fix, "fix");
    }

    private Problem(Problem other, String code) {
        this(code, other.message, other.fix);
        this.retryable = other.retryable;
        this.httpStatus = other.httpStatus;
        this.oauthError = other.oauthError;
        this.serverSaid = other.serverSaid;
        this.requestId = other.requestId;
        this.retryAfter = other.retryAfter;
        this.cause = other.cause;
        this.mismatch = other.mismatch;
    }

    /**
     * A problem of a known kind.
     *
     * @param code what kind; gives the fix and whether a retry can help
     * @param message what was asked, of whom, and what came back
     * @return the problem
     */
    public static Problem of(ErrorCode code, String message) {
        return of(code.name(), message, code.fix()).retryable(code.retryable());
    }

    /**
     * A problem of a kind of your own.
     *
     * @param code a stable name in capitals, such as {@code AUTH0_NO_CLIENT_GRANT}
     * @param message what was asked, of whom, and what came back
     * @param fix one sentence an operator can act on
     * @return the problem, not retryable
     */
    public static Problem of(String code, String message, String fix) {
        return new Problem(code, message, fix);
    }

    /**
     * Replaces the fix.
     *
     * @param fix one sentence an operator can act on
     * @return a changed copy
     */
    public Problem fix(String fix) {
        Problem changed = copy();
        changed.fix = requireNonNull(fix, "fix");
        return changed;
    }

    /**
     * Says more exactly what kind of problem it is, keeping all that is known.
     *
     * @param code a stable name in capitals, such as {@code AUTH0_NO_CLIENT_GRANT}
     * @param fix one sentence an operator can act on
     * @return a changed copy
     */
    public Problem kind(String code, String fix) {
        Problem changed = new Problem(this, code);
        changed.fix = requireNonNull(fix, "fix");
        return changed;
    }

    /**
     * Says whether the same call can succeed later without anybody changing anything.
     *
     * @param retryable whether it can
     * @return a changed copy
     */
    public Problem retryable(boolean retryable) {
        Problem changed = copy();
        changed.retryable = retryable;
        return changed;
    }

    /**
     * Adds the HTTP status that came back.
     *
     * @param httpStatus the status, 100 to 599
     * @return a changed copy
     */
    public Problem httpStatus(int httpStatus) {
        Problem changed = copy();
        changed.httpStatus = httpStatus;
        return changed;
    }

    /**
     * Adds what the server said (RFC 6749 §5.2, or another server's like).
     *
     * @param error the error code, such as {@code invalid_grant}
     * @param description the server's own words, scrubbed of tokens and secrets; empty where it said nothing
     * @return a changed copy
     */
    public Problem oauthError(String error, String description) {
        Problem changed = serverSaid(description);
        changed.oauthError = requireNonNull(error, "error");
        return changed;
    }

    /**
     * Adds what the server said, where it gave no error code.
     *
     * @param words the server's own words, scrubbed of tokens and secrets; empty where it said nothing
     * @return a changed copy
     */
    public Problem serverSaid(String words) {
        Problem changed = copy();
        changed.serverSaid = requireNonNull(words, "words");
        return changed;
    }

    /**
     * Adds the id the server gave the request, for a support ticket.
     *
     * @param requestId the id
     * @return a changed copy
     */
    public Problem requestId(String requestId) {
        Problem changed = copy();
        changed.requestId = requireNonNull(requestId, "requestId");
        return changed;
    }

    /**
     * Adds how long to wait before the next try.
     *
     * @param retryAfter the time, not negative
     * @return a changed copy
     */
    public Problem retryAfter(Duration retryAfter) {
        Problem changed = copy();
        changed.retryAfter = requireNonNull(retryAfter, "retryAfter");
        return changed;
    }

    /**
     * Adds the exception behind it.
     *
     * @param cause the exception
     * @return a changed copy
     */
    public Problem cause(Throwable cause) {
        Problem changed = copy();
        changed.cause = requireNonNull(cause, "cause");
        return changed;
    }

    /**
     * Adds how the JWT and the federation policy differ.
     *
     * @param mismatch the difference
     * @return a changed copy
     */
    public Problem mismatch(MismatchCause mismatch) {
        Problem changed = copy();
        changed.mismatch = requireNonNull(mismatch, "mismatch");
        return changed;
    }

    /** {@return the stable name of the kind} */
    public String code() {
        return code;
    }

    /** {@return what happened} */
    public String message() {
        return message;
    }

    /** {@return one sentence an operator can act on} */
    public String fix() {
        return fix;
    }

    /** {@return whether the same call can succeed later without anybody changing anything} */
    public boolean retryable() {
        return retryable;
    }

    /** {@return the HTTP status, where one came back} */
    public OptionalInt httpStatus() {
        return httpStatus == 0 ? OptionalInt.empty() : OptionalInt.of(httpStatus);
    }

    /** {@return the server's error code, where it gave one} */
    public Optional<String> oauthError() {
        return Optional.ofNullable(oauthError);
    }

    /** {@return the server's own words, scrubbed, where it said something} */
    public Optional<String> serverSaid() {
        return Optional.of(serverSaid).filter(words -> !words.isEmpty());
    }

    /** {@return the id the server gave the request, where it gave one} */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** {@return how long to wait before the next try, where that is known} */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** {@return the exception behind it, where there is one} */
    public Optional<Throwable> cause() {
        return Optional.ofNullable(cause);
    }

    /** {@return how the JWT and the federation policy differ, where that is known} */
    public Optional<MismatchCause> mismatch() {
        return Optional.ofNullable(mismatch);
    }

    /** {@return code, message, what the server said, and fix, in one line} */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(code).append(": ").append(message);
        String said = oauthError == null ? serverSaid : oauthError + (serverSaid.isEmpty() ? "" : ": " + serverSaid);
        if (!said.isEmpty()) {
            line.append(" (").append(said).append(')');
        }
        if (requestId != null) {
            line.append(" [request id ").append(requestId).append(']');
        }
        return line.append(" — fix: ").append(fix).toString();
    }

    private Problem copy() {
        return new Problem(this, code);
    }
}
