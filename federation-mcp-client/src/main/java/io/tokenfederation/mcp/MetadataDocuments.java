// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.ReplyTooLargeException;
import io.tokenfederation.internal.RetryAfter;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Fetches what servers publish about themselves. Sends nothing secret, follows no redirect, reads no more than it needs. */
final class MetadataDocuments {
    /** The largest seen has 12 KiB. */
    private static final int LIMIT = 256 * 1_024;

    private final HttpTransport transport;
    private final Clock clock;

    MetadataDocuments(HttpTransport transport, Clock clock) {
        this.transport = transport;
        this.clock = clock;
    }

    /** A document and where it was. */
    record Found(Place from, JsonNode document) {
        @Override
        public String toString() {
            return "Found[" + from + "]";
        }
    }

    /**
     * Looks for a document where it may be, in this order.
     *
     * @param what what it is, for messages
     * @return the first one; empty if there is nothing at any place
     * @throws McpException if no place has it, and one failed on its side or has something else; if one cannot be asked
     */
    Optional<Found> first(List<Place> places, String what) {
        // Some gateways answer 500 for a path they do not know, which says nothing of the next one.
        McpException failed = null;
        String strange = "";
        for (Place place : places) {
            HttpReply reply = get(place, what);
            if (reply.status() == 200) {
                JsonNode document = json(reply);
                if (document.isObject()) {
                    return Optional.of(new Found(place, document));
                }
                strange = strange.isEmpty() ? place.toString() : strange;
            } else if (failed == null && isTemporary(reply.status())) {
                failed = unavailable(place, reply, what);
            }
        }
        if (failed != null) {
            throw failed;
        }
        if (!strange.isEmpty()) {
            throw new McpException(McpErrorCode.MCP_AUTH_METADATA_INVALID.problem(
                    "the " + what + " at " + strange + " is not a JSON object"));
        }
        return Optional.empty();
    }

    private HttpReply get(Place place, String what) {
        String where = where(place, what);
        try {
            return transport.send(
                    HttpTransport.request(place.uri())
                            .header("Accept", "application/json")
                            .GET()
                            .build(),
                    LIMIT);
        } catch (ReplyTooLargeException e) {
            throw new McpException(McpErrorCode.MCP_AUTH_METADATA_INVALID
                    .problem(where + " has more than " + LIMIT + " bytes")
                    .cause(e));
        } catch (IOException e) {
            throw new McpException(McpErrorCode.MCP_AUTH_UNREACHABLE
                    .problem(where + " could not be had: " + e.getMessage())
                    .cause(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new McpException(McpErrorCode.MCP_AUTH_UNREACHABLE
                    .problem("interrupted while waiting for " + where)
                    .cause(e));
        }
    }

    private static boolean isTemporary(int status) {
        return status == 429 || status == 408 || status >= 500;
    }

    private McpException unavailable(Place place, HttpReply reply, String what) {
        Problem problem = McpErrorCode.MCP_AUTH_UNAVAILABLE
                .problem(where(place, what) + " was refused with status " + reply.status())
                .httpStatus(reply.status());
        return new McpException(RetryAfter.of(reply.status(), reply.headers(), clock.instant())
                .map(problem::retryAfter)
                .orElse(problem));
    }

    private static String where(Place place, String what) {
        return "the " + what + " at " + place;
    }

    private static JsonNode json(HttpReply reply) {
        try {
            return Json.read(reply.text());
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
