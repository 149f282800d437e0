// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import io.tokenfederation.internal.SafeText;
import java.io.IOException;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of one issuer, kept, and whether a token is signed by one of them. */
final class IssuerKeys {
    /** Asymmetric only: with HS256 allowed, anybody could sign with the public key as the secret (RFC 8725 §2.1). */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final long KEPT = Duration.ofMinutes(5).toMillis();
    private static final long REFRESHED_AHEAD = Duration.ofMinutes(1).toMillis();
    private static final long REFRESH_TIMEOUT = Duration.ofSeconds(15).toMillis();
    private static final long BETWEEN_FETCHES = Duration.ofSeconds(30).toMillis();
    private static final long OUTAGE_SURVIVED = Duration.ofHours(4).toMillis();

    private final String issuer;
    private final JWSVerificationKeySelector<SecurityContext> selector;

    IssuerKeys(IssuerDocuments documents) {
        this.issuer = documents.issuer();
        JWKSource<SecurityContext> source = JWKSourceBuilder.create(new Fetching(documents))
                .cache(KEPT, REFRESH_TIMEOUT)
                // The default executor is a non-daemon thread, which keeps a finished program running.
                .refreshAheadCache(REFRESHED_AHEAD, null, Attempts.threads(1), false, null, false)
                .rateLimited(BETWEEN_FETCHES)
                .outageTolerant(OUTAGE_SURVIVED)
                .build();
        this.selector = new JWSVerificationKeySelector<>(ALGORITHMS, source);
    }

    void requireSigned(SignedJWT jwt) {
        JWSAlgorithm algorithm = jwt.getHeader().getAlgorithm();
        if (!ALGORITHMS.contains(algorithm)) {
            throw CallerVerifier.rejected(
                    ErrorCode.CALLER_SIGNATURE_INVALID,
                    "the token is signed with '" + SafeText.of(algorithm.getName()) + "', which is not accepted");
        }
        try {
            List<? extends Key> keys = selector.selectJWSKeys(jwt.getHeader(), null);
            for (Key key : keys) {
                JWSVerifier verifier = new DefaultJWSVerifierFactory().createJWSVerifier(jwt.getHeader(), key);
                if (jwt.verify(verifier)) {
                    return;
                }
            }
            throw CallerVerifier.rejected(
                    ErrorCode.CALLER_SIGNATURE_INVALID,
                    keys.isEmpty()
                            ? "the issuer has no key with the id the token names"
                            : "the token's signature is not by the key it names");
        } catch (RateLimitReachedException e) {
            // Anybody can make up key ids; that must neither burden the issuer nor look like its outage.
            throw CallerVerifier.rejected(
                    ErrorCode.CALLER_SIGNATURE_INVALID,
                    "the issuer had no key with the id the token names a short time ago, and is not asked again yet");
        } catch (KeySourceException e) {
            throw new CallerRejectedException(
                    Problem.of(ErrorCode.CALLER_KEYS_UNAVAILABLE, "the keys of '" + issuer + "' could not be had")
                            .cause(e));
        } catch (JOSEException e) {
            throw CallerVerifier.rejected(
                    ErrorCode.CALLER_SIGNATURE_INVALID, "the token's header and the issuer's key do not fit");
        }
    }

    private record Fetching(IssuerDocuments documents) implements JWKSetSource<SecurityContext> {
        @Override
        public JWKSet getJWKSet(
                JWKSetCacheRefreshEvaluator refresh, long currentTime, @Nullable SecurityContext context)
                throws KeySourceException {
            try {
                return documents.keys();
            } catch (IOException | IllegalArgumentException e) {
                throw new JWKSetRetrievalException(e.getMessage(), e);
            }
        }

        @Override
        public void close() {}
    }
}
