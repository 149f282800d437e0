// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.Problem;

/** What can go wrong between this client and an MCP server, and what an operator does about it. */
enum McpErrorCode {
    MCP_UNREACHABLE(
            true,
            "Check that the server runs, and host, port, DNS, proxy and trust store of the MCP URL from the machine that runs this."),
    MCP_TIMED_OUT(
            true,
            "Try again, or raise requestTimeout, or CallOptions.timeout where the call sets it; whether a tool that was called has run is not known."),
    MCP_INTERRUPTED(
            true, "Nothing: the application stopped waiting; whether a tool that was called has run is not known."),
    MCP_ANSWER_LOST(
            true,
            "The connection ended before the answer, so whether the tool has run is not known; repeat only calls that may run twice."),
    MCP_NOT_FOUND(
            false,
            "No MCP server answers at this path: check the URL; apps usually serve /mcp, managed servers /api/2.0/mcp/…"),
    MCP_LOGIN_REDIRECT(
            false,
            "Databricks Apps sends callers it does not know to a login page: grant the service principal CAN USE on the app, and check that the token is an OAuth token of the app's workspace."),
    MCP_MOVED(
            false,
            "Set the MCP URL to where the server points, if that is the right server; redirects are never followed."),
    MCP_RATE_LIMITED(true, "Wait for the time given, if any; call the server less often."),
    MCP_UNAVAILABLE(
            true, "The MCP server or the proxy before it failed on its side: look at the app's log, then try again."),
    MCP_REQUEST_REFUSED(
            false, "Read what the server said; check that the URL is that of an MCP server with Streamable HTTP."),
    MCP_REPLY_UNREADABLE(
            false,
            "The reply is not what an MCP server answers: check the URL, and what a proxy in between makes of replies."),
    MCP_REPLY_TOO_LARGE(false, "Have the tool return less, or raise maxMessageSize."),
    MCP_PROTOCOL_ERROR(
            false,
            "Read the JSON-RPC error: the name of tool or method, or the arguments, are wrong, or the server failed inside. After -32602 for a tool, list the tools with this client."),
    MCP_TOOL_FAILED(
            false, "Read what the tool said: it ran and failed by its own account, mostly because of its arguments."),
    MCP_RESULT_MISMATCH(
            false,
            "Compare the type you asked for, and the tool's output schema, with what the server returns; one of them has changed."),
    MCP_INPUT_REQUIRED(
            false,
            "The server asks for something before it goes on: set elicitation, sampling, roots or extension on the builder, or do not call this tool from here."),
    MCP_TASK_REQUIRED(
            false,
            "This client runs no tasks: call another tool, or have the server allow this one without (execution.taskSupport)."),
    MCP_SESSION_LOST(
            true,
            "The server ended the session twice in a row: look for restarts, or several instances without shared sessions."),
    MCP_VERSION_UNSUPPORTED(
            false,
            "The server speaks no protocol version this client speaks (2025-03-26 to 2026-07-28): update the older of the two."),
    MCP_INSUFFICIENT_SCOPE(
            false,
            "Have the authorization server grant the client the scopes named, and ask for them by McpAuthorization.scopes."),
    MCP_AUTH_UNREACHABLE(
            true,
            "Check that the server runs, and host, port, DNS, proxy and trust store of the address named from the machine that runs this."),
    MCP_AUTH_UNAVAILABLE(true, "Wait for the time given, if any; look at the status of the authorization server."),
    MCP_AUTH_METADATA_MISSING(
            false,
            "The server does not publish which authorization server it trusts (RFC 9728): use tokens(...) if it wants other tokens, or set McpAuthorization.issuer if you know whose tokens it takes."),
    MCP_AUTH_METADATA_INVALID(
            false,
            "Check McpAuthorization.issuer if it is set; else have the operator of the address named correct its metadata (RFC 9728, RFC 8414)."),
    MCP_AUTH_RESOURCE_MISMATCH(
            false,
            "Set the MCP URL to the resource the server names, if that is the right server; a token for another one is not asked for."),
    MCP_AUTH_ISSUER_MISMATCH(
            false,
            "Set McpAuthorization.issuer to the very text in the metadata, slash included; where none is set, have the operator name it so in the MCP server's metadata. Nothing was sent there."),
    MCP_AUTH_ISSUER_UNTRUSTED(
            false,
            "Set McpAuthorization.issuer to the authorization server that knows this client; its credential goes to no other."),
    MCP_AUTH_METHOD_UNSUPPORTED(
            false, "Give the client a credential of a kind the authorization server takes, or allow this kind there."),
    MCP_AUTH_CLIENT_REJECTED(
            false, "Check client id and secret or key: the authorization server does not accept the client."),
    MCP_AUTH_REFUSED(false, "Read the error and its description, and allow there what was asked for."),
    MCP_AUTH_REPLY_UNREADABLE(
            false,
            "The reply is not what a token endpoint answers: check what a proxy or gateway in between makes of it.");

    private final boolean retryable;
    private final String fix;

    McpErrorCode(boolean retryable, String fix) {
        this.retryable = retryable;
        this.fix = fix;
    }

    Problem problem(String message) {
        return Problem.of(name(), message, fix).retryable(retryable);
    }

    boolean is(McpException failure) {
        return failure.code().equals(name());
    }
}
