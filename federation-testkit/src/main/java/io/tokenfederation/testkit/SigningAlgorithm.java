// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.nimbusds.jose.JWSAlgorithm;

/** How an API of the stand-in has its tokens signed; Databricks takes RS256 and ES256 only. */
public enum SigningAlgorithm {
    /** RSA with SHA-256, the default. */
    RS256,
    /** ECDSA on P-256. */
    ES256,
    /** RSA-PSS with SHA-256, by the same key as RS256. */
    PS256,
    /** HMAC, with a secret nobody can look up. */
    HS256;

    JWSAlgorithm jose() {
        return JWSAlgorithm.parse(name());
    }
}
