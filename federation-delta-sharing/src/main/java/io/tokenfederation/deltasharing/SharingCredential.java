// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a recipient shows the sharing server who it is, as its profile says: by a token the provider issued, or by a JWT of an
 * identity provider. What is secret in it is not printed. {@link RecipientTokens} turns it into tokens.
 */
public sealed interface SharingCredential {
    /**
     * A token of the provider's, good until it is rotated: version 1 profiles, and {@code bearer_token}.
     *
     * @param token the token
     * @param expiresAt when it ends; empty if the profile does not say
     */
    record BearerToken(String token, Optional<Instant> expiresAt) implements SharingCredential {
        /**
         * Checks that nothing is missing.
         *
         * @param token the token
         * @param expiresAt when it ends
         */
        public BearerToken {
            requireNonNull(token, "token");
            requireNonNull(expiresAt, "expiresAt");
        }

        /** {@return when it ends, nothing of the token} */
        @Override
        public String toString() {
            return "BearerToken[redacted, expiresAt="
                    + expiresAt.map(Instant::toString).orElse("never") + "]";
        }
    }

    /**
     * The client credentials grant at an identity provider (RFC 6749 §4.4): {@code oauth_client_credentials}. The JWT it
     * issues is the bearer token as it is; nothing is exchanged.
     *
     * @param tokenEndpoint where the identity provider issues JWTs
     * @param clientId the application's client id there
     * @param clientSecret its secret; empty if the profile holds none, which is the better profile, or a placeholder
     * @param scopes what to ask for; empty for nothing in particular
     */
    record ClientCredentials(URI tokenEndpoint, String clientId, Optional<String> clientSecret, List<String> scopes)
            implements SharingCredential {
        /**
         * Copies the scopes.
         *
         * @param tokenEndpoint where the identity provider issues JWTs
         * @param clientId the application's client id there
         * @param clientSecret its secret
         * @param scopes what to ask for
         */
        public ClientCredentials {
            requireNonNull(tokenEndpoint, "tokenEndpoint");
            requireNonNull(clientId, "clientId");
            requireNonNull(clientSecret, "clientSecret");
            scopes = List.copyOf(scopes);
        }

        /** {@return everything but the secret} */
        @Override
        public String toString() {
            return "ClientCredentials[tokenEndpoint=" + tokenEndpoint + ", clientId=" + clientId + ", clientSecret="
                    + (clientSecret.isPresent() ? "redacted" : "none") + ", scopes=" + scopes + "]";
        }
    }

    /**
     * The JWT bearer grant (RFC 7523 §2.1), signed with the application's own key:
     * {@code oauth_jwt_bearer_private_key_jwt}. No secret leaves the machine.
     *
     * @param tokenEndpoint where the identity provider issues JWTs
     * @param claims what the signed grant says
     * @param privateKey the key it is signed with
     */
    record PrivateKeyJwt(URI tokenEndpoint, GrantClaims claims, PrivateKeyFile privateKey)
            implements SharingCredential {
        /**
         * Checks that nothing is missing.
         *
         * @param tokenEndpoint where the identity provider issues JWTs
         * @param claims what the signed grant says
         * @param privateKey the key it is signed with
         */
        public PrivateKeyJwt {
            requireNonNull(tokenEndpoint, "tokenEndpoint");
            requireNonNull(claims, "claims");
            requireNonNull(privateKey, "privateKey");
        }
    }

    /**
     * What a signed grant says, in the profile's words.
     *
     * @param issuer the identity provider's identifier: the grant's {@code aud}
     * @param clientId the application's client id: the grant's {@code iss}
     * @param audience what the issued JWT is to be meant for, as the recipient's policy lists it: the grant's {@code resource}
     * @param scopes what to ask for; empty for nothing in particular
     */
    record GrantClaims(String issuer, String clientId, String audience, List<String> scopes) {
        /**
         * Copies the scopes.
         *
         * @param issuer the identity provider's identifier
         * @param clientId the application's client id
         * @param audience what the issued JWT is to be meant for
         * @param scopes what to ask for
         */
        public GrantClaims {
            requireNonNull(issuer, "issuer");
            requireNonNull(clientId, "clientId");
            requireNonNull(audience, "audience");
            scopes = List.copyOf(scopes);
        }
    }

    /**
     * Where the key lies; it is read when a grant is signed, not before.
     *
     * @param file a PEM file with a {@code PRIVATE KEY} (PKCS #8); a relative path counts from the working directory
     * @param keyId the key's name at the identity provider ({@code kid}); empty if it has none
     * @param algorithm how it signs, such as {@code RS256}; empty for the key's usual one
     */
    record PrivateKeyFile(Path file, Optional<String> keyId, Optional<String> algorithm) {
        /**
         * Checks that nothing is missing.
         *
         * @param file a PEM file
         * @param keyId the key's name at the identity provider
         * @param algorithm how it signs
         */
        public PrivateKeyFile {
            requireNonNull(file, "file");
            requireNonNull(keyId, "keyId");
            requireNonNull(algorithm, "algorithm");
        }
    }
}
