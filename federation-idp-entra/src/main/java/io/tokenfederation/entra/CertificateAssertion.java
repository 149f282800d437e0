// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import io.tokenfederation.ClientAssertion;
import io.tokenfederation.SigningKey;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The assertion Entra ID wants of an application with a certificate: PS256, {@code x5t#S256}, meant for the token endpoint.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/certificate-credentials">Certificate credentials</a>
 */
final class CertificateAssertion {
    /** What Microsoft documents: five to ten minutes. */
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private CertificateAssertion() {}

    static ClientAssertion signedBy(Supplier<SigningKey> key) {
        return ClientAssertion.signedBy(() -> forEntra(key.get())).lifetime(LIFETIME);
    }

    static SigningKey forEntra(SigningKey key) {
        String algorithm = key.algorithm();
        if (!algorithm.startsWith("RS") && !algorithm.startsWith("PS")) {
            throw new IllegalArgumentException(
                    "Entra ID takes certificates with an RSA key only; this key signs with " + algorithm);
        }
        if (!key.hasCertificate() && key.keyId().isEmpty()) {
            throw new IllegalArgumentException(
                    "the key comes without its certificate, by which Entra ID knows it: put the"
                            + " CERTIFICATE into the PEM file beside the PRIVATE KEY, or take it from a key store");
        }
        return key.algorithm("PS256");
    }
}
