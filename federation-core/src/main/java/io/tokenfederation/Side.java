// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Which of the two token endpoints a failure belongs to: same failures, other codes, other exception. */
enum Side {
    IDP(
            "the identity provider",
            ErrorCode.IDP_UNREACHABLE,
            ErrorCode.IDP_RATE_LIMITED,
            ErrorCode.IDP_UNAVAILABLE,
            ErrorCode.IDP_REPLY_UNREADABLE) {
        @Override
        FederationException exception(Problem problem) {
            return new IdpTokenException(problem);
        }
    },
    DATABRICKS(
            "Databricks",
            ErrorCode.EXCHANGE_UNREACHABLE,
            ErrorCode.EXCHANGE_RATE_LIMITED,
            ErrorCode.EXCHANGE_UNAVAILABLE,
            ErrorCode.EXCHANGE_REPLY_UNREADABLE) {
        @Override
        FederationException exception(Problem problem) {
            return new TokenExchangeException(problem);
        }
    };

    final String title;
    final ErrorCode unreachable;
    final ErrorCode rateLimited;
    final ErrorCode unavailable;
    final ErrorCode unreadable;

    Side(String title, ErrorCode unreachable, ErrorCode rateLimited, ErrorCode unavailable, ErrorCode unreadable) {
        this.title = title;
        this.unreachable = unreachable;
        this.rateLimited = rateLimited;
        this.unavailable = unavailable;
        this.unreadable = unreadable;
    }

    abstract FederationException exception(Problem problem);

    /** {@return whether the failure is the other side's, and remembered there} */
    boolean causedElsewhere(FederationException failure) {
        return this == DATABRICKS && failure instanceof IdpTokenException;
    }

    /** {@return what an attempt died of, in the words of this library} */
    FederationException failure(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof FederationException known) {
            return known;
        }
        if (cause instanceof TimeoutException) {
            return exception(Problem.of(unreachable, title + " gave no token before the attempt's deadline")
                    .cause(cause));
        }
        if (cause instanceof RejectedExecutionException) {
            return exception(Problem.of(ErrorCode.EXECUTOR_REJECTED, "the executor refused to ask " + title)
                    .cause(cause));
        }
        Problem unexpected = Problem.of(
                ErrorCode.ATTEMPT_FAILED,
                "getting a token from " + title + " failed with "
                        + (cause == null ? "no result" : cause.getClass().getName()));
        return exception(cause == null ? unexpected : unexpected.cause(cause));
    }
}
