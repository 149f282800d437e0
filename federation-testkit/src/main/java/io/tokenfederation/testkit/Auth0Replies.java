// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import io.tokenfederation.testkit.PresentedAssertion.Flaw;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** The refusals of Auth0's token endpoint, word for word where a text is on record. */
final class Auth0Replies {
    private Auth0Replies() {}

    static Refusal unauthorized() {
        return refusal(401, "access_denied", "Unauthorized");
    }

    static Refusal noClientGrant(String audience) {
        return refusal(
                403,
                "access_denied",
                "Client is not authorized to access \"" + audience
                        + "\". You need to create a \"client-grant\" associated to this API.");
    }

    static Refusal noSuchApi(String audience) {
        return refusal(403, "access_denied", "Service not enabled within domain: " + audience);
    }

    static Refusal grantTypeNotAllowed(String grantType) {
        return refusal(403, "unauthorized_client", "Grant type '" + grantType + "' not allowed for the client.");
    }

    /** No text on record. */
    static Refusal invalidScope(String what) {
        return refusal(403, "invalid_scope", what);
    }

    static Refusal invalidGrant(String what) {
        return refusal(403, "invalid_grant", what);
    }

    /** No text on record. */
    static Refusal badAssertion(Flaw flaw) {
        return refusal(
                401,
                "invalid_client",
                "Client assertion refused: " + flaw.name().toLowerCase(Locale.ROOT));
    }

    /** No text on record. */
    static Refusal scopeNotGranted(String scope) {
        return refusal(403, "access_denied", "Client has not been granted scopes: " + scope);
    }

    /** No text on record. */
    static Refusal organizationRequired() {
        return refusal(403, "invalid_request", "An organization is required for this client grant");
    }

    /** No text on record. */
    static Refusal unsupportedGrantType(String grantType) {
        return refusal(403, "unsupported_grant_type", "Unsupported grant type: " + grantType);
    }

    /** No text on record. */
    static Refusal invalidRequest(String what) {
        return refusal(400, "invalid_request", what);
    }

    static Reply rateLimited(Duration retryAfter, Instant now) {
        return Reply.json(
                        429, Map.of("error", "too_many_requests", "error_description", "Global limit has been reached"))
                .header("Retry-After", Long.toString(retryAfter.toSeconds()))
                .header("x-ratelimit-limit", "30")
                .header("x-ratelimit-remaining", "0")
                .header("x-ratelimit-reset", Long.toString(now.plus(retryAfter).getEpochSecond()));
    }

    static Reply quotaExceeded(Duration retryAfter) {
        return quotaExceeded(retryAfter, 10);
    }

    static Reply quotaExceeded(Duration retryAfter, int perHour) {
        return Reply.json(429, Map.of("error", "too_many_requests", "error_description", "Client quota exceeded"))
                .header("Retry-After", Long.toString(retryAfter.toSeconds()))
                .header("Auth0-Client-Quota-Limit", quota(perHour, 0, retryAfter));
    }

    /** The bucket, its size, what remains in it, and the seconds until it is full again. */
    static String quota(int perHour, int remaining, Duration reset) {
        return "b=per_hour;q=" + perHour + ";r=" + remaining + ";t=" + reset.toSeconds();
    }

    private static Refusal refusal(int status, String error, String description) {
        return new Refusal(Reply.json(status, Map.of("error", error, "error_description", description)));
    }
}
