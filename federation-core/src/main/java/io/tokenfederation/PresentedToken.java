// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.text.ParseException;
import java.util.regex.Pattern;

/**
 * What a caller presented, read strictly and not verified yet.
 *
 * <p>A member that stands twice in a JSON object is refused (RFC 7519 §4 leaves that open): two readers that choose
 * differently would see two tokens under one signature.
 *
 * @param jwt the signed JWT
 * @param claims what it says
 */
record PresentedToken(SignedJWT jwt, JWTClaimsSet claims) {
    /** More than any server takes in a header; the work before a signature is checked must have an end. */
    static final int LONGEST = 65_536;

    private static final Pattern ALPHABET = Pattern.compile("[A-Za-z0-9_.-]*+");

    static PresentedToken read(String token) {
        if (token.isBlank()) {
            throw CallerRejectedException.of(ErrorCode.CALLER_TOKEN_MISSING, "the caller presented no token");
        }
        if (token.length() > LONGEST) {
            throw malformed("the caller's token is longer than " + LONGEST + " characters");
        }
        long parts = token.chars().filter(letter -> letter == '.').count() + 1;
        if (parts == 5) {
            throw malformed("the caller's token is encrypted (JWE)");
        }
        if (parts != 3) {
            throw malformed("the caller's token is no JWT: it has " + parts + " parts instead of 3");
        }
        if (!ALPHABET.matcher(token).matches()) {
            // RFC 7515 §2; the decoder would pass over them, and one token could be written in many ways.
            throw malformed("the caller's token has characters that no JWT has, such as quotes or white space");
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            StrictJson.requireEachMemberOnce(jwt.getParsedParts()[0].decode());
            StrictJson.requireEachMemberOnce(jwt.getPayload().toBytes());
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (claims != null) {
                return new PresentedToken(jwt, claims);
            }
        } catch (ParseException | IOException | IllegalArgumentException e) {
            // Told below, without the parser's words: they quote the token.
        }
        throw malformed("the caller's token is not a signed JWT whose header and claims are JSON objects");
    }

    private static CallerRejectedException malformed(String message) {
        return CallerRejectedException.of(ErrorCode.CALLER_TOKEN_MALFORMED, message);
    }

    @Override
    public String toString() {
        return "PresentedToken[redacted]";
    }
}
