// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import io.tokenfederation.internal.SafeText;
import java.security.Key;
import java.util.List;
import java.util.Set;

/**
 * Whether a token is signed by one of an issuer's keys. Which key is the issuer's is never read from the token: a key or
 * the address of one in its header ({@code jwk}, {@code jku}, {@code x5u}) is not looked at (RFC 8725 §3.10).
 */
final class IssuerKeys implements SignatureCheck {
    /** Asymmetric only: with HS256 allowed, anybody could sign with the public key as the secret (RFC 8725 §2.1). */
    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final String issuer;
    private final Set<JWSAlgorithm> algorithms;
    private final KeptKeys kept;
    private final JWSVerificationKeySelector<SecurityContext> selector;

    /** @param algorithms those a token may be signed with, some of {@link #ALGORITHMS} */
    IssuerKeys(String issuer, Set<JWSAlgorithm> algorithms, KeptKeys kept) {
        this.issuer = issuer;
        this.algorithms = algorithms;
        this.kept = kept;
        this.selector = new JWSVerificationKeySelector<>(algorithms, kept);
    }

    @Override
    public void requireSigned(SignedJWT jwt) {
        JWSHeader header = jwt.getHeader();
        if (!algorithms.contains(header.getAlgorithm())) {
            throw invalid("the token is signed with '"
                    + SafeText.of(header.getAlgorithm().getName()) + "', which is not accepted");
        }
        try {
            List<? extends Key> keys = selector.selectJWSKeys(header, null);
            for (Key key : keys) {
                JWSVerifier verifier = new DefaultJWSVerifierFactory().createJWSVerifier(header, key);
                if (jwt.verify(verifier)) {
                    return;
                }
            }
            throw keys.isEmpty()
                    ? unknownKey("the issuer has no key with the id the token names")
                    : invalid("the token's signature is not by the key it names");
        } catch (RateLimitReachedException e) {
            throw unknownKey(
                    "the issuer had no key with the id the token names a short time ago, and is not asked again yet");
        } catch (KeySourceException e) {
            throw unavailable(e);
        } catch (JOSEException e) {
            throw invalid("the token's header and the issuer's key do not fit");
        }
    }

    /**
     * Anybody can make up key ids; that must neither burden the issuer nor look like its outage. Only while the issuer
     * does not answer may the key be one that it made meanwhile.
     */
    private CallerRejectedException unknownKey(String message) {
        return kept.failure().map(this::unavailable).orElseGet(() -> invalid(message));
    }

    private CallerRejectedException unavailable(Exception cause) {
        return new CallerRejectedException(
                Problem.of(ErrorCode.CALLER_KEYS_UNAVAILABLE, "the keys of '" + issuer + "' could not be had")
                        .cause(cause));
    }

    private static CallerRejectedException invalid(String message) {
        return CallerRejectedException.of(ErrorCode.CALLER_SIGNATURE_INVALID, message);
    }
}
