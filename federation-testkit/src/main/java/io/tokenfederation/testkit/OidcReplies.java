// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Duration;
import java.util.Map;

/** The refusals of RFC 6749 §5.2 and RFC 8707 §2; the texts are this stand-in's own. */
final class OidcReplies {
    private OidcReplies() {}

    static Refusal invalidRequest(String what) {
        return new Refusal(error(400, "invalid_request", what));
    }

    static Refusal unsupportedGrantType() {
        return new Refusal(error(400, "unsupported_grant_type", "Unsupported grant_type"));
    }

    /** RFC 6749 §5.2: status 401 names the scheme a client may authenticate with. */
    static Refusal invalidClient() {
        return new Refusal(error(401, "invalid_client", "Invalid client or Invalid client credentials")
                .header("WWW-Authenticate", "Basic realm=\"test\""));
    }

    static Refusal unauthorizedClient() {
        return new Refusal(error(400, "unauthorized_client", "Client not enabled to retrieve service account"));
    }

    static Refusal invalidGrant(String what) {
        return new Refusal(error(400, "invalid_grant", what));
    }

    static Refusal invalidScope(String scope) {
        return new Refusal(error(400, "invalid_scope", "Invalid scopes: " + scope));
    }

    static Refusal invalidTarget(String resource) {
        return new Refusal(error(400, "invalid_target", "Requested resource not available: " + resource));
    }

    static Reply rateLimited(Duration retryAfter) {
        return error(429, "temporarily_unavailable", "Too many requests")
                .header("Retry-After", Long.toString(retryAfter.toSeconds()));
    }

    private static Reply error(int status, String error, String description) {
        return Reply.json(status, Map.of("error", error, "error_description", description));
    }
}
