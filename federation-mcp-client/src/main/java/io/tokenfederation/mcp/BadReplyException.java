// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.io.IOException;

/** A reply that no MCP server should give; its message holds nothing of the reply. */
final class BadReplyException extends IOException {
    private final McpErrorCode code;

    BadReplyException(String message) {
        this(McpErrorCode.MCP_REPLY_UNREADABLE, message);
    }

    BadReplyException(McpErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    static BadReplyException tooLarge(int limit) {
        return new BadReplyException(
                McpErrorCode.MCP_REPLY_TOO_LARGE, "the server's message is larger than " + limit + " bytes");
    }

    McpErrorCode code() {
        return code;
    }
}
