// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import io.tokenfederation.testkit.PresentedAssertion.Flaw;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The refusals of Okta, in the words of its published catalogue of errors where it has them. */
final class OktaReplies {
    private OktaReplies() {}

    /** Not in the shape of OAuth, but in that of Okta's own API. */
    static Refusal unknownClient() {
        return new Refusal(api(401, "invalid_client", "Invalid value for 'client_id' parameter."));
    }

    static Refusal wrongSecret() {
        return refusal(401, "invalid_client", "The client secret supplied for a confidential client is invalid.");
    }

    static Refusal noCredentials() {
        return refusal(401, "invalid_client", "No client credentials found.");
    }

    static Refusal severalCredentials() {
        return refusal(
                401,
                "invalid_request",
                "Cannot supply multiple client credentials. Use one of the following: credentials in the Authorization"
                        + " header, credentials in the post body, or a client_assertion in the post body.");
    }

    static Refusal orgServerWantsAssertion() {
        return refusal(
                401,
                "invalid_client",
                "Client Credentials requests to the Org Authorization Server must use the private_key_jwt"
                        + " token_endpoint_auth_method.");
    }

    static Refusal orgServerHasNoCustomScope() {
        return refusal(
                400,
                "unsupported_grant_type",
                "'client_credentials' grant type can only be used with a custom authorization server.");
    }

    static Refusal noSuchServer() {
        return refusal(400, "invalid_request", "The authorization server id is invalid.");
    }

    /** No text on record. */
    static Refusal unsupportedGrantType() {
        return refusal(
                400,
                "unsupported_grant_type",
                "The authorization grant type is not supported by the" + " authorization server.");
    }

    static Refusal invalidGrant(String what) {
        return refusal(400, "invalid_grant", what);
    }

    static Refusal grantTypeNotAllowed() {
        return refusal(
                400,
                "unauthorized_client",
                "The client is not authorized to use the provided grant type. Configured grant types:"
                        + " [authorization_code].");
    }

    static Refusal noScope() {
        return refusal(
                400,
                "invalid_scope",
                "The authorization server resource does not have any configured default scopes, 'scope' must be"
                        + " provided.");
    }

    static Refusal unknownScope() {
        return refusal(
                400, "invalid_scope", "One or more scopes are not configured for the authorization server resource.");
    }

    static Refusal openIdScope() {
        return refusal(400, "invalid_scope", "Cannot request 'openid' scopes using client credentials.");
    }

    static Refusal noMatchingPolicy() {
        return refusal(
                401,
                "access_denied",
                "Policy evaluation failed for this request, please check the policy configurations.");
    }

    static Refusal noScopeAllowed() {
        return refusal(
                400, "access_denied", "Policy evaluation succeeded, but all the requested scopes were rejected.");
    }

    static Refusal someScopesDenied(Collection<String> denied) {
        return refusal(
                400,
                "access_denied",
                "Some of the requested scopes were denied by the policy. Denied scopes: " + denied + ".");
    }

    /** The beginning of the text is not on record. */
    static Refusal consentRequired(Collection<String> scopes) {
        return refusal(
                400,
                "consent_required",
                "Scopes that require consent cannot be granted for the client credentials grant type: " + scopes);
    }

    static Refusal claimNotEvaluated(String claim) {
        return refusal(400, "server_error", "The '" + claim + "' system claim could not be evaluated.");
    }

    static Refusal noDpopProof() {
        return refusal(400, "invalid_dpop_proof", "The DPoP proof JWT header is missing.");
    }

    /** No text on record. */
    static Refusal badDpopProof(String what) {
        return refusal(400, "invalid_dpop_proof", "The DPoP proof JWT is invalid: " + what);
    }

    static Refusal useDpopNonce(String nonce) {
        return new Refusal(error(400, "use_dpop_nonce", "Authorization server requires nonce in DPoP proof.")
                .header("dpop-nonce", nonce));
    }

    /** No text on record. */
    static Refusal noAssertion() {
        return refusal(401, "invalid_client", "The client_assertion is not a JWT of the client_assertion_type.");
    }

    /** On record are the words for the audience, the expiry and the second use. */
    static Refusal badAssertion(Flaw flaw) {
        Map<Flaw, String> texts = Map.of(
                Flaw.AUDIENCE, "The audience claim for client_assertion must be the endpoint invoked for the request.",
                Flaw.NO_EXPIRY, "The client_assertion token must contain an expiration.",
                Flaw.EXPIRED, "The client_assertion token is expired.",
                Flaw.TOO_LONG, "The client_assertion token has an expiration too far into the future.",
                Flaw.REPLAYED, "The client_assertion token has already been used.",
                Flaw.NO_ID, "The client_assertion token must contain a 'jti' claim.",
                Flaw.ISSUER_OR_SUBJECT, "The issuer and subject claims for client_assertion must be the client_id.",
                Flaw.NOT_YET_VALID, "The client_assertion token is not valid yet.",
                Flaw.ALGORITHM, "The client_assertion signing algorithm is not supported.");
        return refusal(401, "invalid_client", texts.getOrDefault(flaw, "The client_assertion signature is invalid."));
    }

    /** No text on record. */
    static Refusal invalidRequest(String what) {
        return refusal(400, "invalid_request", what);
    }

    static Reply temporarilyUnavailable() {
        return error(
                400,
                "temporarily_unavailable",
                "The authorization server is currently unable to handle the request due to a temporary overloading"
                        + " or maintenance of the server.");
    }

    static Reply rateLimited(Duration retryAfter, Instant now) {
        return api(429, "E0000047", "API call exceeded rate limit due to too many requests.")
                .header("X-Rate-Limit-Limit", "300")
                .header("X-Rate-Limit-Remaining", "0")
                .header("X-Rate-Limit-Reset", Long.toString(now.plus(retryAfter).getEpochSecond()));
    }

    private static Reply api(int status, String code, String summary) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("errorCode", code);
        body.put("errorSummary", summary);
        body.put("errorLink", code);
        body.put(
                "errorId", "oae" + UUID.randomUUID().toString().replace("-", "").substring(0, 22));
        body.put("errorCauses", List.of());
        return Reply.json(status, body);
    }

    private static Reply error(int status, String error, String description) {
        return Reply.json(status, Map.of("error", error, "error_description", description));
    }

    private static Refusal refusal(int status, String error, String description) {
        return new Refusal(error(status, error, description));
    }
}
