// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenfederation.policy.FederationPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The refusals of Databricks, word for word where a text is on record. */
final class DatabricksReplies {
    private static final String NO_POLICY =
            "Failed to process token: TOKEN_INVALID (Ensure a valid federation policy has been configured)";
    private static final String BRACES = ". Valid federation policy for provided token: ";

    private DatabricksReplies() {}

    /**
     * No policy to name. Also what an expired token, a wrong algorithm and a bad signature get: their own texts are not on
     * record, and a client cannot rely on texts nobody has seen.
     */
    static Refusal tokenInvalid() {
        return oauth(400, "invalid_grant", NO_POLICY);
    }

    static Refusal tokenInvalid(String issuer, String subject, String audience) {
        String policy = "{issuer: '" + issuer + "', subject: '" + subject + "', audience: '" + audience + "'}";
        return oauth(400, "invalid_grant", NO_POLICY + BRACES + policy);
    }

    /** That issuer and audience follow is on record; in what words is not. */
    static Refusal audienceInvalid(String sent, FederationPolicy policy, String accepted) {
        return oauth(
                400,
                "invalid_grant",
                "Failed to process token: TOKEN_AUDIENCE_INVALID (Token audience '" + sent + "' invalid)" + BRACES
                        + "{issuer: '" + policy.issuer() + "', audience: '" + accepted + "'}");
    }

    static Refusal clientAssertion() {
        return oauth(
                401,
                "invalid_client",
                "Invalid private key JWT authentication: The client identifier doesn't match the client assertion"
                        + " subject");
    }

    static Refusal invalidRequest(String what) {
        return oauth(400, "invalid_request", what);
    }

    static Refusal unsupportedGrantType() {
        return oauth(400, "unsupported_grant_type", "The grant type is not supported");
    }

    static Refusal noCredential() {
        return new Refusal(rest(401, 401, "Credential was not sent or was of an unsupported type for this API.")
                .header("WWW-Authenticate", "Bearer realm=\"DatabricksRealm\""));
    }

    static Refusal invalidAccessToken() {
        return new Refusal(rest(403, 403, "Invalid access token."));
    }

    static Refusal expiring() {
        return new Refusal(rest(403, 403, "Token is expiring within 30 seconds. (token expired)"));
    }

    static Refusal permissionDenied(String message) {
        return new Refusal(rest(403, "PERMISSION_DENIED", message));
    }

    static Refusal invalidParameter(String message) {
        return new Refusal(rest(400, "INVALID_PARAMETER_VALUE", message));
    }

    /** A text of the body that must be there. */
    static String required(JsonNode body, String field) {
        String value = body.path(field).asText();
        if (value.isBlank()) {
            throw invalidParameter(field + " is required");
        }
        return value;
    }

    static Refusal noSuchResource(String message) {
        return new Refusal(rest(404, "RESOURCE_DOES_NOT_EXIST", message));
    }

    /** Unity Catalog names what does not exist; with which codes is on record for catalogs and tables only. */
    static Refusal absent(String code, String message) {
        return new Refusal(rest(404, code, message));
    }

    /** Unity Catalog names what exists already, as it names what does not. */
    static Refusal taken(String code, String message) {
        return new Refusal(rest(409, code, message));
    }

    static Refusal notFound(String message) {
        return new Refusal(rest(404, "NOT_FOUND", message));
    }

    /** What Databricks answers to a policy id that is taken is not on record; the code is the one its SDKs know for it. */
    static Refusal alreadyExists(String message) {
        return new Refusal(rest(409, "ALREADY_EXISTS", message));
    }

    /** That there is a limit is documented, the code is not; this is the one that looks most like a rate limit. */
    static Refusal tooMany(String message) {
        return new Refusal(rest(429, "RESOURCE_EXHAUSTED", message));
    }

    /** An error of the SCIM API (RFC 7644 §3.12). */
    static Refusal scim(int status, String type, String detail) {
        return new Refusal(Reply.json(
                status,
                Map.of(
                        "schemas",
                        List.of("urn:ietf:params:scim:api:messages:2.0:Error"),
                        "status",
                        Integer.toString(status),
                        "scimType",
                        type,
                        "detail",
                        detail)));
    }

    static Reply rateLimited(Duration retryAfter) {
        return rest(429, "REQUEST_LIMIT_EXCEEDED", "Too many requests. Please try again later.")
                .header("Retry-After", Long.toString(retryAfter.toSeconds()));
    }

    /** The code is a number where the gateway answers, a name where the service does. */
    private static Reply rest(int status, Object errorCode, String message) {
        return Reply.json(status, Map.of("error_code", errorCode, "message", message))
                .header("x-request-id", UUID.randomUUID().toString());
    }

    private static Refusal oauth(int status, String error, String description) {
        return new Refusal(Reply.json(status, Map.of("error", error, "error_description", description)));
    }
}
