// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.SafeText;
import io.tokenfederation.internal.Timeouts;
import java.net.URI;
import java.net.http.HttpClient;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the token a caller presents, and says who the caller is.
 *
 * <pre>{@code
 * CallerVerifier callers = CallerVerifier.builder().issuer("https://dev-1.us.auth0.com/").audience("my-backend").build();
 * Caller caller = callers.verify(bearerTokenOfTheRequest);
 * }</pre>
 *
 * <p>A token is accepted if it is signed by a key of the issuer with an RSA or EC algorithm, names this issuer and this
 * audience character for character, and has not expired; 30 seconds of clock difference are allowed. The issuer's keys
 * are found by OpenID Connect Discovery, kept, fetched again when a token names an unknown key (not more often than the
 * issuer can bear), and used on for a while when the issuer cannot be reached.
 *
 * <p>Thread-safe. Create one per issuer and audience and keep it; it needs no closing. It does not check nonces, and does
 * not ask the issuer whether a token was revoked.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation">OpenID Connect Core 3.1.3.7</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725</a>
 */
public final class CallerVerifier {
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final String issuer;
    private final String audience;
    private final String emailClaim;
    private final IssuerKeys keys;
    private final InstantSource clock;

    private CallerVerifier(Builder settings, String issuer, String audience) {
        HttpTransport transport = settings.httpClient == null
                ? HttpTransport.create(Builder.CONNECT_TIMEOUT, settings.requestTimeout)
                : HttpTransport.over(settings.httpClient, settings.requestTimeout);
        this.issuer = issuer;
        this.audience = audience;
        this.emailClaim = settings.emailClaim;
        this.keys = new IssuerKeys(new IssuerDocuments(transport, issuer));
        this.clock = settings.clock;
    }

    /** {@return a builder; issuer and audience are required} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Verifies a token.
     *
     * @param token the JWT the caller presented, without {@code Bearer}
     * @return who is calling
     * @throws CallerRejectedException if the token is not acceptable, or, with {@link FederationException#retryable()},
     *     if the issuer's keys could not be had
     */
    public Caller verify(String token) {
        SignedJWT jwt = parse(requireNonNull(token, "token"));
        JWTClaimsSet claims = claims(jwt);
        // Before the signature: a token of another issuer must not make us fetch keys.
        if (!issuer.equals(claims.getIssuer())) {
            throw rejected(
                    ErrorCode.CALLER_ISSUER_MISMATCH,
                    "the token's iss is '" + SafeText.of(String.valueOf(claims.getIssuer())) + "', expected is '"
                            + issuer + "'");
        }
        keys.requireSigned(jwt);
        if (!claims.getAudience().contains(audience)) {
            throw rejected(
                    ErrorCode.CALLER_AUDIENCE_MISMATCH,
                    "the token's aud is " + claims.getAudience() + ", expected is '" + audience + "'");
        }
        requireInTime(claims);
        if (claims.getSubject() == null) {
            throw rejected(ErrorCode.CALLER_TOKEN_MALFORMED, "the token has no sub");
        }
        Map<String, Object> verified = new LinkedHashMap<>(claims.toJSONObject());
        return Caller.of(VerifiedClaims.alreadyVerified(verified), emailClaim);
    }

    private void requireInTime(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Date end = claims.getExpirationTime();
        if (end == null || !now.isBefore(end.toInstant().plus(SKEW))) {
            throw rejected(
                    ErrorCode.CALLER_TOKEN_EXPIRED,
                    end == null ? "the token has no exp" : "the token expired at " + end.toInstant());
        }
        Date start = claims.getNotBeforeTime();
        if (start != null && now.plus(SKEW).isBefore(start.toInstant())) {
            throw rejected(ErrorCode.CALLER_TOKEN_EXPIRED, "the token is not valid before " + start.toInstant());
        }
    }

    private static SignedJWT parse(String token) {
        try {
            return SignedJWT.parse(token);
        } catch (ParseException | IllegalArgumentException e) {
            throw rejected(ErrorCode.CALLER_TOKEN_MALFORMED, "the caller's token is not a signed JWT");
        }
    }

    private static JWTClaimsSet claims(SignedJWT jwt) {
        try {
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (claims != null) {
                return claims;
            }
        } catch (ParseException e) {
            // Told below, without the parser's words: they quote the payload.
        }
        throw rejected(ErrorCode.CALLER_TOKEN_MALFORMED, "the payload of the caller's token is not a JSON object");
    }

    static CallerRejectedException rejected(ErrorCode code, String message) {
        return new CallerRejectedException(Problem.of(code, message));
    }

    /** Sets up a {@link CallerVerifier}. Not thread-safe. */
    public static final class Builder {
        private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

        private @Nullable String issuer;
        private @Nullable String audience;
        private String emailClaim = "email";
        private Duration requestTimeout = Duration.ofSeconds(5);
        private @Nullable HttpClient httpClient;
        private InstantSource clock = Clock.systemUTC();

        private Builder() {}

        /**
         * Who issues the callers' tokens: what {@code iss} must be, character for character. Required.
         *
         * @param issuer an https URL, with or without a slash at the end as the issuer writes it
         * @return this builder
         * @throws IllegalArgumentException if it is no https URL
         */
        public Builder issuer(String issuer) {
            URI uri = HttpTransport.parse(requireNonNull(issuer, "issuer"), "the issuer");
            HttpTransport.requireSecure(uri, "the issuer");
            this.issuer = issuer;
            return this;
        }

        /**
         * Whom the tokens must be meant for: one value of {@code aud}. Required.
         *
         * @param audience the identifier of this backend; for ID tokens, the client id of the browser application
         * @return this builder
         */
        public Builder audience(String audience) {
            if (requireNonNull(audience, "audience").isBlank()) {
                throw new IllegalArgumentException("audience is blank");
            }
            this.audience = audience;
            return this;
        }

        /**
         * The claim that holds the person's e-mail address. Default: {@code email}.
         *
         * @param name its literal name, such as {@code https://example.com/email}
         * @return this builder
         */
        public Builder emailClaim(String name) {
            this.emailClaim = requireNonNull(name, "name");
            return this;
        }

        /**
         * How long one request for keys may take. Default: 5 seconds.
         *
         * @param timeout more than zero, at most a day
         * @return this builder
         */
        public Builder requestTimeout(Duration timeout) {
            this.requestTimeout = Timeouts.require(timeout, "requestTimeout");
            return this;
        }

        /**
         * The client that fetches the keys: your proxy, trust store and executor. Default: a client of its own, with a
         * connect timeout of 5 seconds.
         *
         * @param client must not follow redirects
         * @return this builder
         */
        public Builder httpClient(HttpClient client) {
            this.httpClient = requireNonNull(client, "client");
            return this;
        }

        Builder clock(InstantSource clock) {
            this.clock = clock;
            return this;
        }

        /**
         * Builds the verifier. Nothing is fetched yet.
         *
         * @return the verifier
         * @throws IllegalStateException if a required setting is missing
         */
        public CallerVerifier build() {
            if (issuer == null) {
                throw new IllegalStateException("set issuer(url): who issues the callers' tokens");
            }
            if (audience == null) {
                throw new IllegalStateException("set audience(name): whom the callers' tokens are meant for");
            }
            return new CallerVerifier(this, issuer, audience);
        }
    }
}
