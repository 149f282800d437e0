// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import com.nimbusds.jwt.JWTClaimsSet;
import io.tokenfederation.internal.TokenForm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * JWTs by the JWT bearer grant (RFC 7523 §2.1): the application signs a grant with its own key, and the provider issues a JWT
 * for it. Maskinporten and Delta Sharing profiles of the type {@code oauth_jwt_bearer_private_key_jwt} want it.
 *
 * <pre>{@code
 * IdpTokenSource idp = JwtBearerTokenSource.builder()
 *     .tokenEndpoint("https://maskinporten.no/token")
 *     .clientId(id)
 *     .audience("https://maskinporten.no/")
 *     .signingKey(() -> SigningKey.fromPem(Files.readString(pemFile)).keyId("2026-11"))
 *     .claim("scope", "skyporten:data.read")
 *     .claim("resource", List.of("https://adb-1234567890123456.7.azuredatabricks.net"))
 *     .build();
 * }</pre>
 *
 * <p>The grant has {@code iss} and {@code sub} = the client id, {@code iat}, {@code exp} a minute later, and a {@code jti}
 * that is new in each request. It is all there is of client authentication. This is not {@code private_key_jwt}, which is a
 * way to authenticate in the client credentials grant: for that, see {@link OidcTokenSource} and {@link ClientAssertion}.
 *
 * <p>Immutable and thread-safe. {@link #mint()} asks the provider each time and runs on the calling thread.
 */
public final class JwtBearerTokenSource implements IdpTokenSource {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /** Maskinporten takes two minutes at most. */
    private static final Duration LIFETIME = Duration.ofMinutes(1);

    private final TokenEndpoint endpoint;
    private final String clientId;
    private final String audience;
    private final Supplier<SigningKey> key;
    private final List<String> scopes;
    private final Map<String, Object> claims;
    private final InstantSource clock;

    JwtBearerTokenSource(JwtBearerTokenSourceBuilder settings, TokenEndpoint endpoint, Supplier<SigningKey> key) {
        this.endpoint = endpoint;
        this.key = key;
        this.clientId = settings.clientId;
        this.audience = settings.audience.isEmpty() ? endpoint.uri().toString() : settings.audience;
        this.scopes = List.copyOf(settings.scopes);
        this.claims = Map.copyOf(settings.claims);
        this.clock = settings.clock;
    }

    /** {@return a builder; token endpoint, client id and signing key are required} */
    public static JwtBearerTokenSourceBuilder builder() {
        return new JwtBearerTokenSourceBuilder();
    }

    /**
     * Gets a new JWT.
     *
     * @return the JWT
     * @throws IdpTokenException if the key cannot be had, or the provider cannot be asked, refuses, or answers with something
     *     that is no JWT
     */
    @Override
    public IdpToken mint() {
        TokenForm form = TokenForm.of(Map.of("grant_type", List.of(GRANT)));
        if (!scopes.isEmpty()) {
            form.with("scope", String.join(" ", scopes));
        }
        form.withSecret("assertion", grant());
        return IdpToken.parse(OidcTokenSource.issued(endpoint, endpoint.post(form), clientId));
    }

    private String grant() {
        Instant now = clock.instant();
        JWTClaimsSet.Builder grant = new JWTClaimsSet.Builder()
                .issuer(clientId)
                .subject(clientId)
                .audience(audience)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)));
        claims.forEach(grant::claim);
        return Credentials.read("signing key", key).sign(grant.build(), "JWT");
    }

    /** {@return token endpoint and client id} */
    @Override
    public String toString() {
        return "JwtBearerTokenSource[" + endpoint.uri() + ", client " + clientId + "]";
    }
}
