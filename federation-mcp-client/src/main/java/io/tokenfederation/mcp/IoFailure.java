// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** What it means when a request got no answer that can be read. */
final class IoFailure {
    private IoFailure() {}

    /** Not even a status has come; the connection may never have come about. */
    static McpException beforeTheReply(Asked asked, IOException e) {
        // The JDK wraps what the reading of a body throws.
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadReplyException bad) {
                return of(asked, bad);
            }
        }
        return neverSent(e)
                ? asked.failed(McpErrorCode.MCP_UNREACHABLE, "no connection came about" + kind(e), e)
                : of(asked, e);
    }

    /** The request was sent, as far as is known. */
    static McpException of(Asked asked, IOException e) {
        if (e instanceof BadReplyException bad) {
            return asked.failed(bad.code(), String.valueOf(bad.getMessage()), bad);
        }
        if (e instanceof HttpTimeoutException) {
            return asked.failed(McpErrorCode.MCP_TIMED_OUT, "no complete answer in the time allowed", e);
        }
        return asked.failed(McpErrorCode.MCP_ANSWER_LOST, "the connection ended before the answer" + kind(e), e);
    }

    /** All the time allowed was gone before this request. */
    static McpException notSent(Asked asked) {
        return new McpException(McpErrorCode.MCP_TIMED_OUT
                .problem(asked + ": not sent, because no time was left")
                .fix("Try again, or raise requestTimeout, or CallOptions.timeout where the call sets it; the"
                        + " request was not sent, so no tool has run."));
    }

    /** Also restores the interrupt. */
    static McpException interrupted(Asked asked, InterruptedException e) {
        Thread.currentThread().interrupt();
        return asked.failed(McpErrorCode.MCP_INTERRUPTED, "the thread was interrupted while it waited", e);
    }

    /** Where the JDK says nothing of a failure, as of a host without an address, the names of its causes say most. */
    private static String kind(IOException e) {
        if (e.getMessage() != null) {
            return "";
        }
        Set<String> kinds = new LinkedHashSet<>();
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            kinds.add(cause.getClass().getSimpleName());
        }
        return " (" + String.join(", ", kinds) + ")";
    }

    /** A TLS connection that came about can break with any other {@code SSLException}, long after the call was read. */
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
