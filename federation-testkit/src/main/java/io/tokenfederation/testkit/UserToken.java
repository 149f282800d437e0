// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.PlainObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A person's token in the making, as the browser of a test would hold it.
 *
 * <pre>{@code
 * String jwt = idp.userToken("auth0|7").audience("https://api.example.com").claim("https://example.com/role", "sales").sign();
 * }</pre>
 *
 * <p>Each of the last methods gives a JWT; all but {@link #sign()} give one that must be refused. Not thread-safe.
 */
public final class UserToken {
    private final String issuer;
    private final Tenant tenant;
    private final Map<String, Object> claims = new LinkedHashMap<>();
    private final List<String> audiences = new ArrayList<>();
    private Duration lifetime = Duration.ofHours(1);

    UserToken(String issuer, Tenant tenant, String subject) {
        this.issuer = issuer;
        this.tenant = tenant;
        claims.put("sub", requireNonNull(subject, "subject"));
    }

    /**
     * Adds an audience. Default: none.
     *
     * @param audience the audience
     * @return this
     */
    public UserToken audience(String audience) {
        audiences.add(requireNonNull(audience, "audience"));
        return this;
    }

    /**
     * Sets a claim, also one this builder would set itself.
     *
     * @param name the claim's name
     * @param value a JSON value
     * @return this
     */
    public UserToken claim(String name, Object value) {
        claims.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
        return this;
    }

    /**
     * Sets a verified e-mail address.
     *
     * @param email the address
     * @return this
     */
    public UserToken email(String email) {
        return claim("email", email).claim("email_verified", true);
    }

    /**
     * How long it is valid. Default: one hour.
     *
     * @param lifetime the time from now; negative for a token that has expired
     * @return this
     */
    public UserToken expiresIn(Duration lifetime) {
        this.lifetime = requireNonNull(lifetime, "lifetime");
        return this;
    }

    /** {@return the JWT, signed with RS256 and the key the identity provider signs with now} */
    public String sign() {
        return tenant.keys().sign(SigningAlgorithm.RS256, allClaims());
    }

    /**
     * Signs in another way.
     *
     * @param algorithm the algorithm
     * @return the JWT, signed with this algorithm and the identity provider's own key for it
     */
    public String sign(SigningAlgorithm algorithm) {
        return tenant.keys().sign(algorithm, allClaims());
    }

    /** {@return a JWT that names the identity provider's key, but is signed with another} */
    public String signedWithUnknownKey() {
        return tenant.keys().signWithUnknownKey(allClaims());
    }

    /** {@return a JWT with {@code alg} none and no signature} */
    public String unsigned() {
        PlainHeader header = new PlainHeader.Builder().type(JOSEObjectType.JWT).build();
        return new PlainObject(header, new Payload(allClaims())).serialize();
    }

    /** {@return a JWT whose HS256 secret is the identity provider's public key in PEM form} */
    public String hs256WithPublicKey() {
        return tenant.keys().signWithPublicKeyAsSecret(allClaims());
    }

    private Map<String, Object> allClaims() {
        long now = tenant.now().getEpochSecond();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("iss", issuer);
        if (!audiences.isEmpty()) {
            all.put("aud", audiences.size() == 1 ? audiences.get(0) : List.copyOf(audiences));
        }
        all.put("iat", now);
        all.put("exp", now + lifetime.toSeconds());
        all.putAll(claims);
        return all;
    }
}
