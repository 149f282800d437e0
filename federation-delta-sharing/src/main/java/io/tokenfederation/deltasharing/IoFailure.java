// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** What it means when a request got no answer that can be read, or only its beginning. */
final class IoFailure {
    private IoFailure() {}

    static SharingException of(String asked, IOException e) {
        if (neverSent(e)) {
            return SharingErrorCode.SHARING_UNREACHABLE.exception(asked + ": no connection came about", e);
        }
        if (e instanceof HttpTimeoutException) {
            return SharingErrorCode.SHARING_TIMED_OUT.exception(
                    asked + ": the answer, or the next part of it, did not come in the time allowed", e);
        }
        if (e instanceof LineReader.LineTooLongException) {
            return SharingErrorCode.SHARING_REPLY_UNREADABLE.exception(asked + ": " + e.getMessage(), e);
        }
        return SharingErrorCode.SHARING_ANSWER_LOST.exception(
                asked + ": the connection ended before the end of the answer", e);
    }

    /** Also restores the interrupt. */
    static SharingException interrupted(String asked, InterruptedException e) {
        Thread.currentThread().interrupt();
        return SharingErrorCode.SHARING_INTERRUPTED.exception(asked + ": the thread was interrupted", e);
    }

    private static boolean neverSent(IOException e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof HttpConnectTimeoutException
                    || cause instanceof UnresolvedAddressException
                    || cause instanceof SSLHandshakeException) {
                return true;
            }
        }
        return false;
    }
}
