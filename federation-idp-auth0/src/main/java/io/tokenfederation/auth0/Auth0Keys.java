// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.auth0;

import io.tokenfederation.ClientAssertion;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.SigningKey;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What Auth0 takes as {@code private_key_jwt}: https://auth0.com/docs/get-started/authentication-and-authorization-flow/authenticate-with-private-key-jwt
 */
final class Auth0Keys {
    private static final Set<String> ALGORITHMS = Set.of("RS256", "RS384", "PS256");

    /** Of {@code iss}, {@code sub} and {@code jti}. */
    private static final int LONGEST_CLAIM = 64;

    /**
     * An assertion may have 2048 bytes. With a client id of 64 characters, a domain of 253 and an RSA key of 4096 bits, this
     * leaves room; Auth0's own key ids have 43.
     */
    private static final int LONGEST_KEY_ID = 128;

    private Auth0Keys() {}

    /** Throws IllegalArgumentException for a key whose assertions Auth0 would refuse. */
    static SigningKey require(SigningKey key) {
        Optional<String> wrong = flaw(key);
        if (wrong.isPresent()) {
            throw new IllegalArgumentException(wrong.get());
        }
        return key;
    }

    static void requireClientId(String clientId) {
        if (clientId.length() > LONGEST_CLAIM) {
            throw new IllegalArgumentException("the client id has " + clientId.length()
                    + " characters; with a private key," + " Auth0 takes at most " + LONGEST_CLAIM);
        }
    }

    /** An assertion for the tenant's issuer, with the slash; it lives a minute, of the five Auth0 takes at most. */
    static ClientAssertion assertion(Supplier<SigningKey> key, String issuer) {
        return ClientAssertion.signedBy(() -> checked(key.get())).audience(issuer);
    }

    private static SigningKey checked(@Nullable SigningKey key) {
        if (key == null) {
            throw new IllegalStateException("the supplier gave null");
        }
        Optional<String> wrong = flaw(key);
        if (wrong.isPresent()) {
            throw new IdpTokenException(Problem.of(
                    ErrorCode.IDP_CREDENTIAL_UNREADABLE, "the supplier gave a signing key of no use: " + wrong.get()));
        }
        return key;
    }

    private static Optional<String> flaw(SigningKey key) {
        if (!ALGORITHMS.contains(key.algorithm())) {
            return Optional.of("the key signs with " + key.algorithm() + "; Auth0 takes RS256, RS384 and PS256");
        }
        return key.keyId()
                .filter(id -> id.length() > LONGEST_KEY_ID)
                .map(id -> "the key's keyId has " + id.length() + " characters; more than " + LONGEST_KEY_ID
                        + " make an assertion longer than the 2048 bytes Auth0 takes");
    }
}
