// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import io.tokenfederation.policy.FederationPolicy;
import java.text.ParseException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The JWT that is to be exchanged. {@link #toString()} does not show it. */
final class SubjectToken {
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

    private final JWSObject jwt;
    private final Map<String, Object> claims;

    private SubjectToken(JWSObject jwt, Map<String, Object> claims) {
        this.jwt = jwt;
        this.claims = claims;
    }

    /** Decodes a JWT; empty if it is none, or signed with an algorithm Databricks does not take. */
    static Optional<SubjectToken> read(String text) {
        try {
            JWSObject jwt = JWSObject.parse(text);
            Map<String, Object> claims = jwt.getPayload().toJSONObject();
            return claims == null || !ALGORITHMS.contains(jwt.getHeader().getAlgorithm())
                    ? Optional.empty()
                    : Optional.of(new SubjectToken(jwt, claims));
        } catch (ParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Map<String, Object> claims() {
        return claims;
    }

    /** A claim as the refusals show it: a list is joined, a missing one is empty. */
    String shown(String claim) {
        Object value = claims.get(claim);
        if (value instanceof Collection<?> list) {
            return String.join(", ", list.stream().map(String::valueOf).toList());
        }
        return value == null ? "" : String.valueOf(value);
    }

    /** When it ends; empty if it does not say so. */
    Optional<Instant> expiresAt() {
        return time("exp");
    }

    /** Whether it is valid at this time, to the second: a stand-in grants no leeway to hide behind. */
    boolean isValidAt(Instant now) {
        return expiresAt().filter(now::isBefore).isPresent() && hasBegun("nbf", now) && hasBegun("iat", now);
    }

    /** Whether one of the policy's keys signed it. */
    boolean isSignedFor(FederationPolicy policy, IssuerKeys keys) {
        List<JWK> candidates = keys.candidates(policy, jwt.getHeader());
        return candidates.stream().anyMatch(this::isSignedBy);
    }

    private boolean isSignedBy(JWK key) {
        try {
            return jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.ES256)
                    ? jwt.verify(new ECDSAVerifier(key.toECKey()))
                    : jwt.verify(new RSASSAVerifier(key.toRSAKey()));
        } catch (JOSEException | ClassCastException e) {
            // A key of another type than the algorithm's.
            return false;
        }
    }

    private boolean hasBegun(String claim, Instant now) {
        return !claims.containsKey(claim)
                || time(claim).filter(begin -> !begin.isAfter(now)).isPresent();
    }

    private Optional<Instant> time(String claim) {
        return claims.get(claim) instanceof Number seconds
                ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                : Optional.empty();
    }
}
