// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One stream of notifications. In the modern era it is one only once the server has acknowledged it, which it does before
 * it tells anything (2026-07-28, "Subscriptions: Acknowledgment"), and within the time that a request may take. For one
 * thread.
 */
final class Subscription implements Call.Ear {
    private final Call listening;

    /** By when the server has to acknowledge; null where it need not, or has. */
    private @Nullable Deadline until;

    /** The call's ear hears what comes, and that the stream is open. */
    Subscription(Call listening) {
        this.listening = listening;
    }

    /** The call for as long as anybody listens. */
    Call call() {
        return listening;
    }

    /** The call by which to listen where the server has to acknowledge, within the time that is left of another. */
    Call acknowledgedWithin(Call before) {
        until = before.deadline();
        return new Call(listening.headers(), listening.options(), until, this);
    }

    /** Whether the server has been asked, and has not acknowledged. */
    boolean unacknowledged() {
        return until != null;
    }

    /** Says nothing yet: that its answer begins is no acknowledgment. */
    @Override
    public void answered() {}

    @Override
    public void hear(Message.Notification<?> notification) throws IOException {
        Deadline awaited = until;
        if (awaited == null) {
            listening.ear().hear(notification);
            return;
        }
        if (!notification.method().equals("notifications/subscriptions/acknowledged")) {
            throw new BadReplyException("the server tells of something before it has acknowledged the subscription");
        }
        requireSome(Json.read(notification.params()).path("notifications"));
        until = null;
        awaited.lift();
        listening.ear().answered();
    }

    /** The server says which of the kinds asked for it will tell of. */
    private static void requireSome(JsonNode agreed) {
        if (!agreed.isObject()) {
            return;
        }
        for (JsonNode kind : agreed) {
            if (kind.asBoolean() || !kind.isEmpty()) {
                return;
            }
        }
        throw new McpException(McpErrorCode.MCP_REQUEST_REFUSED.problem(
                LegacySession.LISTEN + ": the server tells of no change of any kind that was asked for"));
    }
}
