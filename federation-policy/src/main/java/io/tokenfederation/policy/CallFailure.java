// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import io.tokenfederation.internal.ReplyTooLargeException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** What it means when a request got no answer that can be read. */
final class CallFailure {
    private CallFailure() {}

    static PolicyException of(String asked, IOException e) {
        if (neverSent(e)) {
            return failed(PolicyErrorCode.POLICY_UNREACHABLE, asked + ": no connection came about", e);
        }
        if (e instanceof HttpTimeoutException) {
            return failed(PolicyErrorCode.POLICY_TIMED_OUT, asked + ": no complete answer in the time allowed", e);
        }
        if (e instanceof ReplyTooLargeException) {
            return failed(PolicyErrorCode.POLICY_REPLY_UNREADABLE, asked + ": the reply is too large", e);
        }
        return failed(PolicyErrorCode.POLICY_ANSWER_LOST, asked + ": the connection ended before the answer", e);
    }

    /** Also restores the interrupt. */
    static PolicyException interrupted(String asked, InterruptedException e) {
        Thread.currentThread().interrupt();
        return failed(PolicyErrorCode.POLICY_INTERRUPTED, asked + ": the thread was interrupted", e);
    }

    private static PolicyException failed(PolicyErrorCode code, String message, Exception cause) {
        return new PolicyException(code.problem(message).cause(cause));
    }

    private static boolean neverSent(IOException e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof HttpConnectTimeoutException
                    || cause instanceof SSLHandshakeException) {
                return true;
            }
        }
        return false;
    }
}
