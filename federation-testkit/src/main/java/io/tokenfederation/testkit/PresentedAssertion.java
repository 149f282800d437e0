// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** A JWT by which a client wants to prove who it is (RFC 7523 §3), and what may be wrong with it. */
final class PresentedAssertion {
    static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /** What is wrong, in the order in which it is looked for. */
    enum Flaw {
        ALGORITHM,
        KEY,
        SIGNATURE,
        ISSUER_OR_SUBJECT,
        AUDIENCE,
        NO_EXPIRY,
        EXPIRED,
        TOO_LONG,
        NOT_YET_VALID,
        NO_ID,
        REPLAYED
    }

    /**
     * What a provider wants of an assertion. An expiry may be {@code longest} and {@code skew} away; the predicate tells
     * whether a registered key is the one that the assertion's header names.
     */
    record Rules(
            Set<String> algorithms,
            Set<String> audiences,
            Duration longest,
            Duration skew,
            BiPredicate<ClientKey, JWSHeader> named) {}

    private final SignedJWT jwt;
    private final JWTClaimsSet claims;

    private PresentedAssertion(SignedJWT jwt, JWTClaimsSet claims) {
        this.jwt = jwt;
        this.claims = claims;
    }

    /** The assertion in a request; empty if it is no JWT. */
    static Optional<PresentedAssertion> parse(String text) {
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            return Optional.of(new PresentedAssertion(jwt, jwt.getJWTClaimsSet()));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /** True for a key without a key id, and for one whose id the header repeats or leaves out. */
    static boolean sameKeyId(ClientKey key, JWSHeader header) {
        String registered = key.jwk().getKeyID();
        return registered == null || header.getKeyID() == null || registered.equals(header.getKeyID());
    }

    SignedJWT jwt() {
        return jwt;
    }

    String issuer() {
        return orEmpty(claims.getIssuer());
    }

    String subject() {
        return orEmpty(claims.getSubject());
    }

    List<String> audiences() {
        return claims.getAudience();
    }

    /** What is wrong with it as the proof of this client; an assertion without a flaw is used up by this. */
    Optional<Flaw> flaw(String clientId, List<ClientKey> keys, Rules rules, Tenant tenant) {
        Optional<Flaw> flaw = signatureFlaw(keys, rules);
        if (flaw.isPresent()) {
            return flaw;
        }
        if (!issuer().equals(clientId) || !subject().equals(clientId)) {
            return Optional.of(Flaw.ISSUER_OR_SUBJECT);
        }
        if (audiences().stream().noneMatch(rules.audiences()::contains)) {
            return Optional.of(Flaw.AUDIENCE);
        }
        return timeFlaw(rules.longest(), rules.skew(), tenant.now()).or(() -> idFlaw(clientId, tenant));
    }

    /** What is wrong with its times. */
    Optional<Flaw> timeFlaw(Duration longest, Duration skew, Instant now) {
        Date expiry = claims.getExpirationTime();
        if (expiry == null) {
            return Optional.of(Flaw.NO_EXPIRY);
        }
        if (!expiry.toInstant().plus(skew).isAfter(now)) {
            return Optional.of(Flaw.EXPIRED);
        }
        if (expiry.toInstant().isAfter(now.plus(longest).plus(skew))) {
            return Optional.of(Flaw.TOO_LONG);
        }
        Date start = claims.getNotBeforeTime();
        return start != null && start.toInstant().isAfter(now.plus(skew))
                ? Optional.of(Flaw.NOT_YET_VALID)
                : Optional.empty();
    }

    private Optional<Flaw> signatureFlaw(List<ClientKey> keys, Rules rules) {
        if (!rules.algorithms().contains(jwt.getHeader().getAlgorithm().getName())) {
            return Optional.of(Flaw.ALGORITHM);
        }
        List<ClientKey> named = keys.stream()
                .filter(key -> rules.named().test(key, jwt.getHeader()))
                .toList();
        if (named.isEmpty()) {
            return Optional.of(Flaw.KEY);
        }
        return named.stream().anyMatch(key -> key.verifies(jwt)) ? Optional.empty() : Optional.of(Flaw.SIGNATURE);
    }

    private Optional<Flaw> idFlaw(String clientId, Tenant tenant) {
        String id = orEmpty(claims.getJWTID());
        if (id.isEmpty()) {
            return Optional.of(Flaw.NO_ID);
        }
        boolean first = tenant.firstUse(clientId, id, claims.getExpirationTime().toInstant());
        return first ? Optional.empty() : Optional.of(Flaw.REPLAYED);
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}
