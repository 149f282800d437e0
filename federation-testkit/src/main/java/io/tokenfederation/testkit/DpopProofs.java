// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks proofs of possession (RFC 9449 §4.3) as Okta does: it hands out a nonce and wants it back. */
final class DpopProofs {
    private static final Set<String> ALGORITHMS = Set.of("RS256", "RS384", "RS512", "ES256", "ES384", "ES512");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Tenant tenant;
    private final String nonce = UUID.randomUUID().toString().replace("-", "");

    DpopProofs(Tenant tenant) {
        this.tenant = tenant;
    }

    /** The thumbprint of the key that was proved to be at hand; throws a {@link Refusal} for anything less. */
    String verify(HttpCall call, URI base) {
        String header = call.header("DPoP").orElseThrow(OktaReplies::noDpopProof);
        try {
            SignedJWT proof = SignedJWT.parse(header);
            JWK key = verifiedKey(proof);
            JWTClaimsSet claims = proof.getJWTClaimsSet();
            if (!call.method().equals(claims.getStringClaim("htm"))
                    || !List.of(base + call.path(), call.origin() + call.path())
                            .contains(orEmpty(claims.getStringClaim("htu")))) {
                throw OktaReplies.badDpopProof("'htm' and 'htu' must be the request's");
            }
            Date issuedAt = claims.getIssueTime();
            if (issuedAt == null || outOfTime(issuedAt)) {
                throw OktaReplies.badDpopProof("'iat' must be the present");
            }
            if (!nonce.equals(claims.getStringClaim("nonce"))) {
                throw OktaReplies.useDpopNonce(nonce);
            }
            String id = orEmpty(claims.getJWTID());
            if (id.isEmpty()
                    || !tenant.firstUse("DPoP", id, issuedAt.toInstant().plus(PATIENCE))) {
                throw OktaReplies.badDpopProof("'jti' must be new");
            }
            return key.computeThumbprint().toString();
        } catch (ParseException | JOSEException e) {
            throw OktaReplies.badDpopProof("it cannot be read");
        }
    }

    private static JWK verifiedKey(SignedJWT proof) {
        JWK key = proof.getHeader().getJWK();
        boolean typed = proof.getHeader().getType() != null
                && proof.getHeader().getType().getType().equals("dpop+jwt");
        if (!typed || key == null || key.isPrivate()) {
            throw OktaReplies.badDpopProof("its header needs 'typ' dpop+jwt and a public 'jwk'");
        }
        if (!ALGORITHMS.contains(proof.getHeader().getAlgorithm().getName())
                || !new ClientKey(key, Optional.empty()).verifies(proof)) {
            throw OktaReplies.badDpopProof("the signature does not verify");
        }
        return key;
    }

    private boolean outOfTime(Date issuedAt) {
        return Duration.between(issuedAt.toInstant(), tenant.now()).abs().compareTo(PATIENCE) > 0;
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}
