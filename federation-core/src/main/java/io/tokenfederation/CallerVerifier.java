// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jwt.JWTClaimsSet;
import io.tokenfederation.internal.SafeText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the token a caller presents, and says who the caller is.
 *
 * <pre>{@code
 * CallerVerifier callers = CallerVerifier.builder().issuer("https://dev-1.us.auth0.com/").audience("my-backend").build();
 * Caller caller = callers.verify(bearerTokenOfTheRequest);
 * }</pre>
 *
 * <p>A token is accepted if it is signed by a key of the issuer with an RSA or EC algorithm, names this issuer and one of
 * the audiences character for character, and is in its time; 30 seconds of clock difference are allowed. An ID token
 * must besides be meant for nobody else, and its {@code azp}, if it has one, must be the application's own client.
 * Logout tokens, refresh tokens and tokens that are bound to a key are refused. By default the audience decides which
 * kind of token is taken: an API's identifier lets access tokens in, a client id ID tokens; {@code accessTokens()} and
 * {@code idTokens()} of the builder say it outright.
 *
 * <p>The issuer's keys are found by OpenID Connect Discovery, kept for five minutes, fetched again ahead of that in the
 * background and at once when a token names an unknown key (twice in 30 seconds at most), and used on for four hours
 * when the issuer cannot be reached.
 *
 * <p>Thread-safe. Create one per issuer and kind of token and keep it; it needs no closing. It does not ask the issuer
 * whether a token was revoked.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation">OpenID Connect Core 3.1.3.7</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068#section-4">RFC 9068 §4</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725</a>
 */
public final class CallerVerifier {
    static final Duration SKEW = Duration.ofSeconds(30);

    private final String issuer;
    private final CallerRules rules;
    private final SignatureCheck signatures;
    private final @Nullable VerifiedCallers kept;
    private final String emailClaim;
    private final String companyClaim;
    private final InstantSource clock;

    CallerVerifier(CallerVerifierBuilder settings, String issuer, CallerRules rules) {
        this.issuer = issuer;
        this.rules = rules;
        this.signatures = settings.signatures(issuer);
        this.kept = settings.keptVerified == 0 ? null : new VerifiedCallers(settings.keptVerified);
        this.emailClaim = settings.emailClaim;
        this.companyClaim = settings.companyClaim;
        this.clock = settings.clock;
    }

    /** {@return a builder; issuer and audience are required} */
    public static CallerVerifierBuilder builder() {
        return new CallerVerifierBuilder();
    }

    /**
     * Verifies a token.
     *
     * @param token the JWT the caller presented, without {@code Bearer}; an empty text if there was none
     * @return who is calling
     * @throws CallerRejectedException if the token is not acceptable, or, with {@link FederationException#retryable()},
     *     if the issuer's keys could not be had
     */
    public Caller verify(String token) {
        requireNonNull(token, "token");
        if (kept == null) {
            return verified(PresentedToken.read(token));
        }
        String key = VerifiedCallers.keyOf(token);
        Caller known = kept.get(key, clock.instant());
        if (known != null) {
            return known;
        }
        PresentedToken presented = PresentedToken.read(token);
        Caller caller = verified(presented);
        kept.put(key, caller, presented.claims().getExpirationTime().toInstant(), clock.instant());
        return caller;
    }

    /**
     * Verifies the ID token that ends a login which this application began: it must hold the nonce the login began with,
     * so that an ID token of another login cannot be put in its place.
     *
     * @param idToken the ID token
     * @param nonce the nonce of the authorization request, from the session of the browser that comes back; not blank
     * @return who has logged in
     * @throws CallerRejectedException as {@link #verify(String)}, and if the nonce is another or missing
     * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#NonceNotes">OpenID Connect Core 15.5.2</a>
     */
    public Caller verify(String idToken, String nonce) {
        if (requireNonNull(nonce, "nonce").isBlank()) {
            throw new IllegalArgumentException("nonce is blank: the session holds none, so no login began in it");
        }
        Caller caller = verify(idToken);
        byte[] found = caller.claims().text("nonce").orElse("").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(found, nonce.getBytes(StandardCharsets.UTF_8))) {
            throw CallerRejectedException.of(
                    ErrorCode.CALLER_NONCE_MISMATCH,
                    found.length == 0 ? "the ID token has no nonce" : "the ID token's nonce is another one");
        }
        return caller;
    }

    private Caller verified(PresentedToken token) {
        JWTClaimsSet claims = token.claims();
        // Before the signature: a token of another issuer must not make us fetch keys.
        String named = String.valueOf(claims.getIssuer());
        if (!issuer.equals(named)) {
            throw CallerRejectedException.of(
                    ErrorCode.CALLER_ISSUER_MISMATCH,
                    "the token's iss is '" + SafeText.of(named) + "', expected is '" + issuer + "'"
                            + CallerRules.nearMiss(List.of(named), Set.of(issuer)));
        }
        signatures.requireSigned(token.jwt());
        rules.require(token);
        requireInTime(claims);
        if (claims.getSubject() == null || claims.getSubject().isBlank()) {
            throw CallerRejectedException.of(ErrorCode.CALLER_TOKEN_MALFORMED, "the token has no sub");
        }
        return Caller.of(VerifiedClaims.alreadyVerified(claims.toJSONObject()), emailClaim, companyClaim);
    }

    private void requireInTime(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Date end = claims.getExpirationTime();
        if (end == null || !now.isBefore(end.toInstant().plus(SKEW))) {
            throw outOfTime(end == null ? "the token has no exp" : "the token expired at " + end.toInstant());
        }
        requireBegun(claims.getNotBeforeTime(), "is not valid before", now);
        Date issued = claims.getIssueTime();
        requireBegun(issued, "was issued in the future, at", now);
        if (issued != null && issued.toInstant().isAfter(end.toInstant().plus(SKEW))) {
            throw outOfTime("the token was issued at " + issued.toInstant() + ", after its end");
        }
        if (issued == null && rules.expected() == CallerRules.Expected.ID_TOKENS) {
            throw CallerRejectedException.of(ErrorCode.CALLER_TOKEN_MALFORMED, "the ID token has no iat");
        }
    }

    private static void requireBegun(@Nullable Date start, String what, Instant now) {
        if (start != null && now.plus(SKEW).isBefore(start.toInstant())) {
            throw outOfTime("the token " + what + " " + start.toInstant());
        }
    }

    private static CallerRejectedException outOfTime(String message) {
        return CallerRejectedException.of(ErrorCode.CALLER_TOKEN_EXPIRED, message);
    }
}
