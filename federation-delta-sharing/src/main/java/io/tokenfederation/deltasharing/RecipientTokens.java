// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The tokens of a recipient, as its profile says: the provider's bearer token, or the JWTs of an identity provider, whoever
 * manages that.
 *
 * <pre>{@code
 * DatabricksTokenSource tokens = RecipientTokens.builder(profile)
 *     .clientSecret(() -> vault.read("sharing-client"))
 *     .audience("https://sharing.example.com") // Auth0 issues no JWT without
 *     .build();
 * }</pre>
 *
 * <p>A JWT is the bearer token as it is; nothing is exchanged. It is kept, and renewed when most of its life is over: one
 * call to the identity provider, however many requests it serves. A JWT the server refused is dropped.
 *
 * @see <a href="https://docs.databricks.com/aws/en/delta-sharing/sharing-over-oidc-m2m">Databricks: OIDC federation in a
 *     machine-to-machine flow</a>
 */
public final class RecipientTokens {
    private RecipientTokens() {}

    /**
     * The tokens of a profile that says all that is needed.
     *
     * @param profile the profile
     * @return the tokens; thread-safe, to be kept
     * @throws SharingException {@code SHARING_PROFILE_INVALID} if client id or secret are missing or have not been filled in
     */
    public static DatabricksTokenSource of(SharingProfile profile) {
        return builder(profile).build();
    }

    /**
     * The tokens of a profile that does not say everything, or not everything right.
     *
     * @param profile the profile
     * @return a builder
     */
    public static RecipientTokensBuilder builder(SharingProfile profile) {
        return new RecipientTokensBuilder(profile);
    }

    /** The provider's own token: there is no other, so it is not worth a request once it has ended. */
    static DatabricksTokenSource standing(SharingCredential.BearerToken bearer, InstantSource clock) {
        Instant end = bearer.expiresAt().orElse(Instant.MAX);
        DatabricksToken token = DatabricksToken.of(bearer.token(), end);
        return () -> {
            if (!clock.instant().isBefore(end)) {
                throw SharingErrorCode.SHARING_TOKEN_EXPIRED.exception("the profile's bearer token ended at " + end);
            }
            return token;
        };
    }
}
