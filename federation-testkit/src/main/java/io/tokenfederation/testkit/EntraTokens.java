// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds the resource application, asks whether the client may, and makes a token of the version the resource wants. */
final class EntraTokens {
    /** A token with what the replies say of it. */
    record Issued(String jwt, String resource, Instant issuedAt, Duration lifetime) {
        /** As the endpoint of version 1 and managed identity tell it: every number is a text. */
        Map<String, Object> asTexts() {
            Map<String, Object> reply = new LinkedHashMap<>();
            reply.put("token_type", "Bearer");
            reply.put("expires_in", Long.toString(lifetime.toSeconds()));
            reply.put("ext_expires_in", Long.toString(lifetime.toSeconds()));
            reply.put("expires_on", Long.toString(issuedAt.plus(lifetime).getEpochSecond()));
            reply.put("not_before", Long.toString(issuedAt.getEpochSecond()));
            reply.put("resource", resource);
            reply.put("access_token", jwt);
            return reply;
        }

        @Override
        public String toString() {
            return "Issued[redacted]";
        }
    }

    private final Tenant tenant;
    private final EntraRules rules;
    private final EntraReplies replies;

    EntraTokens(Tenant tenant, EntraRules rules, EntraReplies replies) {
        this.tenant = tenant;
        this.rules = rules;
        this.replies = replies;
    }

    /** A token of this client for a resource; throws a {@link Refusal} if there is no such resource or assignment. */
    Issued issue(String clientId, String resource, String acr) {
        Tenant.Api api = resource(resource);
        checkAssignment(clientId, api);
        Instant now = tenant.now();
        Duration lifetime = tenant.lifetimeFor(api);
        Map<String, Object> claims =
                rules.version(api.identifier()) == 1 ? v1Claims(clientId, resource, acr) : v2Claims(clientId, api, acr);
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", now.plus(lifetime).getEpochSecond());
        claims.put("tid", rules.tenantId());
        claims.put("oid", rules.objectId(clientId));
        claims.put("sub", tenant.forgery().subject(clientId, rules.objectId(clientId)));
        tenant.grant(clientId, api.identifier())
                .filter(grant -> !grant.scopes().isEmpty())
                .ifPresent(grant -> claims.put("roles", grant.scopes()));
        return new Issued(tenant.issue(api, claims), resource, now, lifetime);
    }

    private Tenant.Api resource(String asked) {
        return rules.resource(asked)
                .orElseThrow(() -> replies.refusal(
                        500011,
                        "The resource principal named " + asked + " was not found in the tenant named "
                                + rules.tenantId()
                                + ". This can happen if the application has not been installed by the"
                                + " administrator of the tenant or consented to by any user in the tenant. You might have"
                                + " sent your authentication request to the wrong tenant."));
    }

    private void checkAssignment(String clientId, Tenant.Api api) {
        if (rules.isAssignmentRequired(api.identifier())
                && tenant.grant(clientId, api.identifier()).isEmpty()) {
            throw replies.refusal(
                    501051,
                    "Application '" + clientId + "' is not assigned to a role for the application '" + api.identifier()
                            + "'.");
        }
    }

    /** The audience is the resource as it was asked for. */
    private Map<String, Object> v1Claims(String clientId, String resource, String acr) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", resource);
        claims.put("iss", rules.v1Issuer());
        claims.put("idp", rules.v1Issuer());
        claims.put("appid", clientId);
        claims.put("appidacr", acr);
        claims.put("ver", "1.0");
        return claims;
    }

    /** The audience is the resource's client id, however it was asked for. */
    private Map<String, Object> v2Claims(String clientId, Tenant.Api api, String acr) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", rules.applicationId(api.identifier()));
        claims.put("iss", rules.authority() + "/" + rules.tenantId() + "/v2.0");
        claims.put("azp", clientId);
        claims.put("azpacr", acr);
        claims.put("ver", "2.0");
        return claims;
    }
}
