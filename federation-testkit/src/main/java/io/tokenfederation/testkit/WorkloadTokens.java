// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the token services of runtimes have in common: any audience, one workload, a bearer token that lets it ask. */
final class WorkloadTokens {
    private final Tenant tenant;
    private final WorkloadRules rules = new WorkloadRules();
    private final String requestToken = UUID.randomUUID().toString();

    WorkloadTokens(Tenant tenant) {
        this.tenant = tenant;
    }

    void register(Tenant.Api api) {
        tenant.register(api);
    }

    WorkloadRules rules() {
        return rules;
    }

    /** The credential the runtime gives to the job. */
    String requestToken() {
        return requestToken;
    }

    /** A JWT with these claims and those every JWT has; an audience registered as an API has that one's lifetime. */
    String issue(String issuer, String subject, String audience, Duration usual, Map<String, Object> more) {
        Tenant.Api api = tenant.api(audience).orElseGet(() -> new Tenant.Api(audience, SigningAlgorithm.RS256, usual));
        long now = tenant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>(more);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iss", issuer);
        claims.put("sub", tenant.forgery().subject("", subject));
        claims.put("aud", audience);
        claims.put("iat", now);
        claims.put("nbf", now);
        claims.put("exp", now + tenant.lifetimeFor(api).toSeconds());
        return tenant.issue(api, claims);
    }

    /** The document by which these issuers' keys are found; they have no other endpoint. */
    static Reply discovery(String issuer, String jwksUri) {
        return Reply.json(
                200,
                Map.of(
                        "issuer", issuer,
                        "jwks_uri", jwksUri,
                        "response_types_supported", List.of("id_token"),
                        "subject_types_supported", List.of("public", "pairwise"),
                        "id_token_signing_alg_values_supported", List.of("RS256")));
    }

    static Reply rateLimited(Duration retryAfter) {
        return Reply.json(429, Map.of("message", "Too many requests"))
                .header("Retry-After", Long.toString(retryAfter.toSeconds()));
    }

    static Refusal refusal(int status, String message) {
        return new Refusal(Reply.json(status, Map.of("message", message)));
    }
}
