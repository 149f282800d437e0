// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.Header;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import io.tokenfederation.internal.BearerValue;
import io.tokenfederation.internal.SecretHash;
import java.text.ParseException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JWT the identity provider issued to the application itself, as it is decoded: {@code iss}, {@code aud}, {@code sub}
 * are what a federation policy must match, character for character.
 *
 * <p>The signature is not verified here; Databricks does that. Immutable. {@link #toString()} does not show the token.
 */
public final class IdpToken {
    private final String value;
    private final String algorithm;
    private final Optional<String> keyId;
    private final String issuer;
    private final List<String> audiences;
    private final String subject;
    private final Instant expiresAt;
    private final Map<String, Object> claims;

    private IdpToken(String value, Header header, JWTClaimsSet claims) {
        this.value = value;
        this.algorithm = header.getAlgorithm().getName();
        this.keyId = header instanceof JWSHeader jws ? Optional.ofNullable(jws.getKeyID()) : Optional.empty();
        this.claims = Collections.unmodifiableMap(claims.toJSONObject());
        this.issuer = required("iss", claims.getIssuer());
        this.audiences = claims.getAudience().stream().filter(Objects::nonNull).toList();
        this.subject = required("sub", claims.getSubject());
        this.expiresAt = required("exp", claims.getExpirationTime()).toInstant();
        if (audiences.isEmpty()) {
            throw missing("aud");
        }
    }

    /**
     * Decodes a JWT.
     *
     * @param jwt the JWT in its compact form, nothing around it
     * @return the token
     * @throws IdpTokenException if it is opaque, encrypted or malformed, or has no {@code iss}, {@code aud}, {@code sub}
     *     or {@code exp}
     */
    public static IdpToken parse(String jwt) {
        requireNonNull(jwt, "jwt");
        long dots = jwt.chars().filter(c -> c == '.').count();
        if (dots != 2 && dots != 4) {
            throw new IdpTokenException(Problem.of(
                    ErrorCode.IDP_TOKEN_OPAQUE,
                    "the token is not a JWT: a JWT has three parts, this has " + (dots + 1)));
        }
        try {
            // The parser skips white space and more, which would then be sent.
            JWT decoded = JWTParser.parse(BearerValue.require(jwt, "the token"));
            if (decoded instanceof EncryptedJWT) {
                throw new IdpTokenException(Problem.of(ErrorCode.IDP_TOKEN_ENCRYPTED, "the token is a JWE"));
            }
            return new IdpToken(jwt, decoded.getHeader(), decoded.getJWTClaimsSet());
        } catch (ParseException | IllegalArgumentException e) {
            // Not the cause: the parser's message quotes what it could not read.
            throw new IdpTokenException(Problem.of(
                    ErrorCode.IDP_TOKEN_MALFORMED, "the token has the parts of a JWT but cannot be decoded"));
        }
    }

    /** {@return the JWT itself: keep it out of logs} */
    public String value() {
        return value;
    }

    /** {@return the algorithm it is signed with, such as {@code RS256}; {@code none} if it is not signed} */
    public String algorithm() {
        return algorithm;
    }

    /** {@return the id of the key it is signed with, where the header names one} */
    public Optional<String> keyId() {
        return keyId;
    }

    /** {@return who issued it: {@code iss}} */
    public String issuer() {
        return issuer;
    }

    /** {@return whom it is meant for: {@code aud}, one or more} */
    public List<String> audiences() {
        return audiences;
    }

    /** {@return whom it speaks for: {@code sub}} */
    public String subject() {
        return subject;
    }

    /** {@return when it ends: {@code exp}; the Databricks token ends at the same time} */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** {@return all claims, as JSON values} */
    public Map<String, Object> claims() {
        return claims;
    }

    /** {@return whose token it is, until when, and a short hash of it} */
    @Override
    public String toString() {
        return "IdpToken[" + SecretHash.of(value) + ", iss=" + issuer + ", aud=" + audiences + ", sub=" + subject
                + ", exp=" + expiresAt + "]";
    }

    private <T> T required(String claim, @Nullable T value) {
        if (value == null) {
            throw missing(claim);
        }
        return value;
    }

    private IdpTokenException missing(String claim) {
        Object named = claims.getOrDefault("iss", "an issuer it does not name");
        Problem problem =
                Problem.of(ErrorCode.IDP_TOKEN_CLAIM_MISSING, "the JWT of issuer '" + named + "' has no " + claim);
        return new IdpTokenException(TokenOrigin.advised(problem, claims, claim));
    }
}
