// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import com.nimbusds.jwt.SignedJWT;

/** Whether a token's signature is the issuer's. The one costly step of a verification, so the one that tests count. */
@FunctionalInterface
interface SignatureCheck {
    /**
     * Checks the signature.
     *
     * @throws CallerRejectedException if it is not the issuer's, or the issuer's keys could not be had
     */
    void requireSigned(SignedJWT jwt);
}
