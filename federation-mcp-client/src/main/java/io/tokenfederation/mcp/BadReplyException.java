// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.io.IOException;

/** A reply that no MCP server should give; its message holds nothing of the reply. */
final class BadReplyException extends IOException {
    private final McpErrorCode code;
    private final boolean empty;

    BadReplyException(String message) {
        this(McpErrorCode.MCP_REPLY_UNREADABLE, message);
    }

    BadReplyException(McpErrorCode code, String message) {
        this(code, message, false);
    }

    private BadReplyException(McpErrorCode code, String message, boolean empty) {
        super(message);
        this.code = code;
        this.empty = empty;
    }

    /** The server has taken the request, and says nothing to it. */
    static BadReplyException empty(McpErrorCode code, String message) {
        return new BadReplyException(code, message, true);
    }

    static BadReplyException tooLarge(int limit) {
        return new BadReplyException(
                McpErrorCode.MCP_REPLY_TOO_LARGE, "the server's message is larger than " + limit + " bytes");
    }

    /** Whether there was a reply, and nothing in it. */
    boolean empty() {
        return empty;
    }

    McpErrorCode code() {
        return code;
    }
}
