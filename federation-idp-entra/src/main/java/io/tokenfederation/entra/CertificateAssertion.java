// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import io.tokenfederation.ClientAssertion;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.SigningKey;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The assertion Entra ID wants of an application with a certificate: PS256, {@code x5t#S256}, meant for the token endpoint.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/certificate-credentials">Certificate credentials</a>
 */
final class CertificateAssertion {
    /** What Microsoft documents: five to ten minutes. */
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final String ALGORITHM = "PS256";

    private CertificateAssertion() {}

    static ClientAssertion signedBy(Supplier<SigningKey> key) {
        return ClientAssertion.signedBy(() -> supplied(key.get())).lifetime(LIFETIME);
    }

    static SigningKey forEntra(SigningKey key) {
        Optional<Problem> unfit = unfit(key);
        if (unfit.isPresent()) {
            throw new IllegalArgumentException(
                    unfit.get().message() + ": " + unfit.get().fix());
        }
        return key.algorithm(ALGORITHM);
    }

    /** The supplier did its work, so what is wrong with its key is told as that. */
    private static SigningKey supplied(@Nullable SigningKey key) {
        if (key == null) {
            throw new IdpTokenException(Problem.of(
                    ErrorCode.IDP_CREDENTIAL_UNREADABLE, "the supplier of the certificate's key gave nothing"));
        }
        Optional<Problem> unfit = unfit(key);
        if (unfit.isPresent()) {
            throw new IdpTokenException(unfit.get());
        }
        return key.algorithm(ALGORITHM);
    }

    private static Optional<Problem> unfit(SigningKey key) {
        String algorithm = key.algorithm();
        if (!algorithm.startsWith("RS") && !algorithm.startsWith("PS")) {
            return Optional.of(unfit(
                    "Entra ID takes certificates with an RSA key only; this key signs with " + algorithm,
                    "Make a certificate with an RSA key, and upload it to the application."));
        }
        if (!key.hasCertificate() && key.keyId().isEmpty()) {
            return Optional.of(unfit(
                    "the key comes without its certificate, by which Entra ID knows it",
                    "Put the CERTIFICATE into the PEM file beside the PRIVATE KEY, or take both from a key store."));
        }
        return Optional.empty();
    }

    private static Problem unfit(String message, String fix) {
        return Problem.of(ErrorCode.IDP_CREDENTIAL_UNREADABLE, message).fix(fix).retryable(false);
    }
}
