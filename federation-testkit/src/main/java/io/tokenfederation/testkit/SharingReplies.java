// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Duration;
import java.util.Map;

/** The refusals of a sharing server, as the reference server was seen to word them. */
final class SharingReplies {
    private static final String JSON = "application/json; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";

    private SharingReplies() {}

    static Refusal unauthorized(SharingErrors errors) {
        return errors == SharingErrors.AS_THE_PROTOCOL
                ? refusal(401, "UNAUTHENTICATED", "The bearer token is missing or incorrect.")
                : new Refusal(Reply.text(401, TEXT, "401 Unauthorized"));
    }

    static Refusal absent(String what) {
        return refusal(404, "RESOURCE_DOES_NOT_EXIST", "[" + what + "] does not exist.");
    }

    static Refusal invalid(String message) {
        return refusal(400, "INVALID_PARAMETER_VALUE", message);
    }

    static Refusal malformed(String message) {
        return refusal(400, "MALFORMED_REQUEST", message);
    }

    static Refusal unsupported(String message) {
        return refusal(400, "UNSUPPORTED_OPERATION", message);
    }

    /** JSON under a media type of its own, as the reference server has it for whatever it did not expect. */
    static Reply internalError() {
        return json(500, "INTERNAL_ERROR", "").header("Content-Type", TEXT);
    }

    static Reply rateLimited(Duration retryAfter) {
        return json(429, "RESOURCE_EXHAUSTED", "Too many requests.")
                .header("Retry-After", Long.toString(retryAfter.toSeconds()));
    }

    private static Refusal refusal(int status, String code, String message) {
        return new Refusal(json(status, code, message));
    }

    private static Reply json(int status, String code, String message) {
        return Reply.json(status, Map.of("errorCode", code, "message", message)).header("Content-Type", JSON);
    }
}
