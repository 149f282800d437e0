// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.FederatedCallException;
import io.tokenfederation.Problem;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A call of an MCP server failed. A tool that ran and failed is no exception but a {@link ToolResult} that
 * {@linkplain ToolResult#isError() is an error}; only a call that asks for a type of the application's own has no other way
 * to say so than {@code MCP_TOOL_FAILED}.
 *
 * <p>{@link #code()} is {@code PERMISSION_DENIED} or {@code TOKEN_REJECTED}
 * (see {@link io.tokenfederation.ErrorCode}), or one of the client's own:
 *
 * <ul>
 *   <li>nobody answered: {@code MCP_UNREACHABLE}, {@code MCP_TIMED_OUT}, {@code MCP_INTERRUPTED}, {@code MCP_ANSWER_LOST};
 *   <li>somebody else answered: {@code MCP_NOT_FOUND}, {@code MCP_LOGIN_REDIRECT}, {@code MCP_MOVED},
 *       {@code MCP_REPLY_UNREADABLE}, {@code MCP_REPLY_TOO_LARGE};
 *   <li>the server refused: {@code MCP_RATE_LIMITED}, {@code MCP_UNAVAILABLE}, {@code MCP_REQUEST_REFUSED},
 *       {@code MCP_PROTOCOL_ERROR}, {@code MCP_SESSION_LOST}, {@code MCP_VERSION_UNSUPPORTED};
 *   <li>the server answered, but not what was hoped for: {@code MCP_TOOL_FAILED}, {@code MCP_RESULT_MISMATCH},
 *       {@code MCP_INPUT_REQUIRED};
 *   <li>the request was not sent, because the server would refuse it: {@code MCP_TASK_REQUIRED};
 *   <li>the token is not for this: {@code MCP_INSUFFICIENT_SCOPE};
 *   <li>there is no token, with {@link McpAuthorization} only: {@code MCP_AUTH_UNREACHABLE}, {@code MCP_AUTH_UNAVAILABLE},
 *       {@code MCP_AUTH_METADATA_MISSING}, {@code MCP_AUTH_METADATA_INVALID}, {@code MCP_AUTH_RESOURCE_MISMATCH},
 *       {@code MCP_AUTH_ISSUER_MISMATCH}, {@code MCP_AUTH_ISSUER_UNTRUSTED}, {@code MCP_AUTH_METHOD_UNSUPPORTED},
 *       {@code MCP_AUTH_CLIENT_REJECTED}, {@code MCP_AUTH_REFUSED}, {@code MCP_AUTH_REPLY_UNREADABLE}.
 * </ul>
 *
 * <p>{@link #retryable()} says that the same call can succeed later, not that it is safe to repeat: after
 * {@code MCP_TIMED_OUT} and {@code MCP_ANSWER_LOST} the tool may have run.
 */
public final class McpException extends FederatedCallException {
    /** What a refusal says about sending the request again. */
    enum Refused {
        /** It may have been carried out. */
        MAYBE_TOO_LATE,
        /** The server refused before it read the request. */
        UNREAD,
        /** The server refused in words that answer no request, so whether it read this one is not known. */
        UNANSWERED,
        /** The server refused the request's session before it did anything, so that another session may help. */
        SESSION
    }

    private final transient @Nullable RpcError error;
    private final transient @Nullable ToolResult toolResult;
    private final transient Refused refused;

    McpException(Problem problem) {
        this(problem, Refused.MAYBE_TOO_LATE);
    }

    McpException(Problem problem, Refused refused) {
        this(problem, refused, null);
    }

    McpException(Problem problem, RpcError error) {
        this(problem, Refused.MAYBE_TOO_LATE, error);
    }

    McpException(Problem problem, Refused refused, @Nullable RpcError error) {
        super(problem);
        this.error = error;
        this.toolResult = null;
        this.refused = refused;
    }

    McpException(Problem problem, ToolResult toolResult) {
        super(problem);
        this.error = null;
        this.toolResult = toolResult;
        this.refused = Refused.MAYBE_TOO_LATE;
    }

    private McpException(Problem problem, McpException first) {
        super(problem);
        this.error = first.error;
        this.toolResult = first.toolResult;
        this.refused = first.refused;
    }

    /** The same failure for one who waited for it with others: its trace shows that caller, its cause the attempt. */
    McpException anew() {
        return with(problem().cause(this));
    }

    @Override
    protected McpException with(Problem problem) {
        return new McpException(problem, this);
    }

    boolean repeatable() {
        return refused == Refused.SESSION;
    }

    boolean unread() {
        return refused == Refused.UNREAD;
    }

    /** Whether the server refused something about the request or its session, and does not say which. */
    boolean answersNoRequest() {
        int status = httpStatus().orElse(0);
        boolean busy = McpErrorCode.MCP_RATE_LIMITED.is(this) || McpErrorCode.MCP_UNAVAILABLE.is(this);
        return (refused == Refused.UNREAD || refused == Refused.UNANSWERED) && status >= 400 && status < 500 && !busy;
    }

    /** The same refusal, now that it is known to be for the session. */
    McpException forTheSession() {
        String fix = "The next call begins a new session; whether a tool that was called has run is not known, because"
                + " the server refused in words of its own.";
        return new McpException(
                problem().kind(McpErrorCode.MCP_SESSION_LOST.name(), fix).retryable(true),
                Refused.MAYBE_TOO_LATE,
                error);
    }

    /** {@return what the tool answered, where a call with a result type failed because the tool did} */
    public Optional<ToolResult> toolResult() {
        return Optional.ofNullable(toolResult);
    }

    Optional<RpcError> error() {
        return Optional.ofNullable(error);
    }

    /** {@return the JSON-RPC error code, such as -32602, where the server answered with a JSON-RPC error} */
    public OptionalInt rpcCode() {
        return error == null ? OptionalInt.empty() : OptionalInt.of(error.code());
    }

    /**
     * {@return the {@code data} of the JSON-RPC error, as JSON text, where the server answered with an error that has one}
     * What is in it the server decides (JSON-RPC 2.0 §5.1). With -32042 it is the pages a person must open before the call is
     * made again (MCP 2025-11-25, "URL Elicitation Required Error"):
     * {@code {"elicitations":[{"mode":"url","url":"…"}]}}.
     *
     * <p>The server's own text to the letter, as long as a message may be, and with a status of 400 or more 64 KiB; only the
     * token and the person's address, should they be repeated in it as they are or percent-encoded, are replaced by {@code
     * [removed]}; neither is found in any other writing, such as Base64, nor an address of fewer than 8 characters. It can
     * hold whatever else the server knows: a stack trace, a row, a page's address with the session's id in it. So it is in no
     * message, {@code toString} or log of this library's, and is not serialised; show it to nobody unread.
     */
    public Optional<String> rpcData() {
        return error == null || error.data().isEmpty() ? Optional.empty() : Optional.of(error.data());
    }

    /** {@return the JSON-RPC error message, scrubbed and cut, where the server answered with a JSON-RPC error} */
    public Optional<String> rpcMessage() {
        return error == null ? Optional.empty() : Optional.of(error.message());
    }
}
