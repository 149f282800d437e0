// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.Problem;
import java.util.Base64;
import java.util.Optional;

/** A JWT of which only the beginning was pasted: a terminal, a log or a form cuts long lines. */
final class CutToken {
    /** How base64url of a JSON object begins. */
    private static final String BEGINNING = "eyJ";

    /** RFC 7518 §3.3: RSA keys have 2048 bits or more, and a signature is as long as its key. */
    private static final int SHORTEST_RSA = 256;

    /** RFC 7518 §3.4: two numbers of 32 bytes. */
    private static final int ES256 = 64;

    private CutToken() {}

    /** {@return what is missing of it; empty if nothing is, or it is no JWT at all} */
    static Optional<Problem> of(String token) {
        String[] parts = token.split("\\.", -1);
        if (!token.startsWith(BEGINNING) || parts.length > 3) {
            return Optional.empty();
        }
        if (parts.length < 3) {
            return Optional.of(problem("it begins as a JWT does, and has " + parts.length + " of its three parts"));
        }
        int bytes = bytes(parts[2]);
        String algorithm =
                DecodedToken.of(token).map(known -> known.headerText("alg")).orElse("");
        boolean rsa = algorithm.startsWith("RS") || algorithm.startsWith("PS");
        boolean whole = rsa ? bytes >= SHORTEST_RSA : !algorithm.equals("ES256") || bytes == ES256;
        return whole
                ? Optional.empty()
                : Optional.of(problem("its signature has " + bytes + " bytes, too few for " + algorithm));
    }

    private static Problem problem(String what) {
        return Problem.of(ErrorCode.IDP_TOKEN_MALFORMED, what + ": it was cut off")
                .fix(
                        "Copy the whole token, best through a file: a terminal takes no more than 4095 characters of a line.");
    }

    private static int bytes(String part) {
        try {
            return Base64.getUrlDecoder().decode(part).length;
        } catch (IllegalArgumentException e) {
            // One character too many for the last byte: cut in the middle of it.
            return part.length() * 3 / 4;
        }
    }
}
