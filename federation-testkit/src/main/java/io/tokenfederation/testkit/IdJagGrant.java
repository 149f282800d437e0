// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Vouches for a person to another authorization server: gives an ID-JAG for an ID token (Identity Assertion JWT
 * Authorization Grant, by RFC 8693), where the administrator allows the application to have one.
 */
final class IdJagGrant {
    static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange";

    /** The {@code typ} in the header of an ID-JAG. */
    static final String JWT_TYPE = "oauth-id-jag+jwt";

    private static final String TYPES = "urn:ietf:params:oauth:token-type:";

    private final String issuer;
    private final Tenant tenant;
    private final OidcRules rules;

    IdJagGrant(String issuer, Tenant tenant, OidcRules rules) {
        this.issuer = issuer;
        this.tenant = tenant;
        this.rules = rules;
    }

    Reply token(TokenRequest request, String clientId) {
        requireType(request, "requested_token_type", "id-jag");
        requireType(request, "subject_token_type", "id_token");
        String resource = request.required("resource");
        String audience = request.required("audience");
        OidcRules.Vouching allowed =
                rules.vouching(clientId, audience).orElseThrow(() -> OidcReplies.invalidTarget(audience));
        List<String> scopes =
                request.get("scope").map(asked -> List.of(asked.split(" ", -1))).orElse(allowed.scopes());
        if (!allowed.scopes().containsAll(scopes)) {
            throw OidcReplies.invalidScope(String.join(" ", scopes));
        }
        Map<String, Object> claims = claims(person(request.required("subject_token"), clientId), audience);
        claims.put("client_id", allowed.clientIdThere());
        claims.put("resource", resource);
        if (!scopes.isEmpty()) {
            claims.put("scope", String.join(" ", scopes));
        }
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("access_token", tenant.issue(OidcDialect.ACCOUNT_API, JWT_TYPE, claims));
        reply.put("issued_token_type", TYPES + "id-jag");
        reply.put("token_type", "N_A");
        reply.put("expires_in", tenant.lifetimeFor(OidcDialect.ACCOUNT_API).toSeconds());
        return Reply.json(200, reply).header("Cache-Control", "no-store");
    }

    private static void requireType(TokenRequest request, String parameter, String type) {
        if (!request.required(parameter).equals(TYPES + type)) {
            throw OidcReplies.invalidRequest(parameter + " must be " + TYPES + type);
        }
    }

    /** The person an ID token of this provider's is about, which must be the asking application's own. */
    private String person(String idToken, String clientId) {
        Map<String, Object> claims = tenant.keys()
                .verified(idToken)
                .filter(found -> issuer.equals(found.get("iss")))
                .orElseThrow(() -> OidcReplies.invalidGrant("The subject token is none of this provider's"));
        if (!audiences(claims.get("aud")).contains(clientId)) {
            throw OidcReplies.invalidGrant("Audience validation failed");
        }
        boolean good = claims.get("exp") instanceof Number end
                && end.longValue() > tenant.now().getEpochSecond();
        return Optional.ofNullable(claims.get("sub"))
                .filter(subject -> good)
                .map(String::valueOf)
                .orElseThrow(() -> OidcReplies.invalidGrant("The subject token has expired, or is about nobody"));
    }

    private static Set<String> audiences(@Nullable Object claim) {
        return claim instanceof Collection<?> several
                ? Set.copyOf(several.stream().map(String::valueOf).toList())
                : Set.of(String.valueOf(claim));
    }

    private Map<String, Object> claims(String subject, String audience) {
        long now = tenant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", subject);
        claims.put("aud", audience);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iat", now);
        claims.put("exp", now + tenant.lifetimeFor(OidcDialect.ACCOUNT_API).toSeconds());
        return claims;
    }
}
