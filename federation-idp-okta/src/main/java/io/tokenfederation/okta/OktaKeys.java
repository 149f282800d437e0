// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.okta;

import io.tokenfederation.ClientAssertion;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.SigningKey;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What Okta takes as {@code private_key_jwt}: https://developer.okta.com/docs/api/openapi/okta-oauth/guides/client-auth/ */
final class OktaKeys {
    /** Okta takes up to an hour and each assertion once; this leaves room for a clock that is a little behind. */
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private OktaKeys() {}

    /** Throws IllegalArgumentException for a key whose assertions Okta would refuse. */
    static SigningKey require(SigningKey key) {
        Optional<String> wrong = flaw(key);
        if (wrong.isPresent()) {
            throw new IllegalArgumentException(wrong.get());
        }
        return key;
    }

    /** For the token endpoint, which is the default; and without the client id beside it, which Okta refuses. */
    static ClientAssertion assertion(Supplier<SigningKey> key) {
        return ClientAssertion.signedBy(() -> checked(key.get()))
                .lifetime(LIFETIME)
                .withoutClientId();
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

    /** Okta takes none of the PS family. */
    private static Optional<String> flaw(SigningKey key) {
        return key.algorithm().matches("[RE]S(256|384|512)")
                ? Optional.empty()
                : Optional.of("the key signs with " + key.algorithm()
                        + "; Okta takes RS256, RS384, RS512, ES256, ES384 and ES512");
    }
}
