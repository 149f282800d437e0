// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How an application proves who it is with a signed JWT instead of a secret: {@code private_key_jwt} (RFC 7523 §2.2, OIDC
 * Core §9), or another issuer's JWT (a federated credential).
 *
 * <pre>{@code
 * ClientAssertion.signedBy(SigningKey.fromPem(pem)).audience("https://dev-1.us.auth0.com/")
 * ClientAssertion.issuedBy(() -> IdpToken.parse(Files.readString(projectedToken).strip()))
 * }</pre>
 *
 * <p>An assertion of one's own has {@code iss} and {@code sub} = the client id, {@code iat}, {@code nbf}, {@code exp}, and a
 * {@code jti} that is new in each request, because providers accept each only once. The modules for providers set what each
 * of them wants. Immutable and thread-safe; each method returns a changed copy.
 */
public final class ClientAssertion {
    /** As short as Auth0 advises; long enough for a slow connection and clocks that differ. */
    private static final Duration LIFETIME = Duration.ofMinutes(1);

    private static final Duration LONGEST = Duration.ofHours(1);

    private final @Nullable Supplier<SigningKey> key;
    private final @Nullable IdpTokenSource source;
    private final @Nullable String audience;
    private final Duration lifetime;
    private final String type;
    private final boolean namesClientBeside;

    private ClientAssertion(Supplier<SigningKey> key) {
        this.key = key;
        this.source = null;
        this.audience = null;
        this.lifetime = LIFETIME;
        this.type = "JWT";
        this.namesClientBeside = true;
    }

    private ClientAssertion(IdpTokenSource source) {
        this.key = null;
        this.source = source;
        this.audience = null;
        this.lifetime = LIFETIME;
        this.type = "JWT";
        this.namesClientBeside = true;
    }

    private ClientAssertion(ClientAssertion other, @Nullable String audience, Duration lifetime, String type) {
        this(other, audience, lifetime, type, other.namesClientBeside);
    }

    private ClientAssertion(
            ClientAssertion other,
            @Nullable String audience,
            Duration lifetime,
            String type,
            boolean namesClientBeside) {
        this.key = other.key;
        this.source = other.source;
        this.audience = audience;
        this.lifetime = lifetime;
        this.type = type;
        this.namesClientBeside = namesClientBeside;
    }

    /**
     * An assertion of one's own.
     *
     * @param key signs it
     * @return the assertion, meant for the token endpoint, living a minute
     */
    public static ClientAssertion signedBy(SigningKey key) {
        requireNonNull(key, "key");
        return signedBy(() -> key);
    }

    /**
     * An assertion of one's own, with a key that may change.
     *
     * @param key asked before each request; signs it
     * @return the assertion, meant for the token endpoint, living a minute
     */
    public static ClientAssertion signedBy(Supplier<SigningKey> key) {
        return new ClientAssertion(requireNonNull(key, "key"));
    }

    /**
     * Another issuer's JWT, which the identity provider has been told to trust: a Kubernetes token, a managed identity's.
     *
     * @param source asked before each request; its JWT is sent as it is
     * @return the assertion
     */
    public static ClientAssertion issuedBy(IdpTokenSource source) {
        return new ClientAssertion(requireNonNull(source, "source"));
    }

    /**
     * Sets whom an assertion of one's own is meant for. Default: the token endpoint's URL.
     *
     * @param audience its {@code aud}
     * @return a changed copy
     */
    public ClientAssertion audience(String audience) {
        return own(requireNonNull(audience, "audience"), lifetime, type);
    }

    /**
     * Sets how long an assertion of one's own lives. Default: a minute.
     *
     * @param lifetime more than zero, at most an hour
     * @return a changed copy
     */
    public ClientAssertion lifetime(Duration lifetime) {
        if (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "lifetime must be more than zero and at most an hour; it is " + lifetime);
        }
        return own(audience, lifetime, type);
    }

    /**
     * Sets the {@code typ} of an assertion of one's own. Default: {@code JWT}; newer providers may want
     * {@code client-authentication+jwt}.
     *
     * @param type the header's {@code typ}
     * @return a changed copy
     */
    public ClientAssertion type(String type) {
        return own(audience, lifetime, requireNonNull(type, "type"));
    }

    /**
     * Leaves {@code client_id} out of the form, as the assertion names the client already (RFC 7521 §4.2). Default: it is
     * sent. Okta refuses it, Entra ID requires it.
     *
     * @return a changed copy
     */
    public ClientAssertion withoutClientId() {
        return new ClientAssertion(this, audience, lifetime, type, false);
    }

    boolean namesClientBeside() {
        return namesClientBeside;
    }

    /**
     * Makes the JWT for one request: for token requests of your own. Its {@code jti} is new each time.
     *
     * @param clientId the client it speaks for
     * @param tokenEndpoint where it will be sent; its {@code aud}, unless another is {@linkplain #audience set}
     * @param now the time it begins
     * @return the JWT; keep it out of logs
     * @throws IdpTokenException if the key does not sign, or the other issuer's JWT cannot be had
     */
    public String mint(String clientId, URI tokenEndpoint, Instant now) {
        requireNonNull(clientId, "clientId");
        requireNonNull(tokenEndpoint, "tokenEndpoint");
        requireNonNull(now, "now");
        return source == null ? signed(clientId, tokenEndpoint, now) : issued(source);
    }

    private static String issued(IdpTokenSource source) {
        try {
            return source.mint().value();
        } catch (IOException e) {
            String file = e instanceof FileSystemException missing ? " (the file '" + missing.getFile() + "')" : "";
            throw new IdpTokenException(Problem.of(
                            ErrorCode.IDP_CREDENTIAL_UNREADABLE,
                            "the JWT that is to stand for the client could not be had from " + source + file)
                    .cause(e));
        }
    }

    private String signed(String clientId, URI tokenEndpoint, Instant now) {
        SigningKey signer = Credentials.read("signing key", requireNonNull(key, "key"));
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(clientId)
                .subject(clientId)
                .audience(audience == null ? tokenEndpoint.toString() : audience)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)))
                .build();
        return signer.sign(claims, type);
    }

    private ClientAssertion own(@Nullable String audience, Duration lifetime, String type) {
        if (source != null) {
            throw new IllegalStateException("another issuer's JWT is sent as it is; set this where it is issued");
        }
        return new ClientAssertion(this, audience, lifetime, type);
    }

    /** {@return where it comes from} */
    @Override
    public String toString() {
        return source == null
                ? "ClientAssertion[signed by the application]"
                : "ClientAssertion[issued by " + source + "]";
    }
}
