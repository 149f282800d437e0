// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import io.tokenfederation.internal.SafeText;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a token was issued as. All kinds of JWT of one issuer are signed with the same keys, so one can be passed off as
 * another (RFC 8725 §2.8); what tells them apart is read here.
 */
enum TokenKind {
    /** Says who logged in, to the application they logged in to. */
    ID,
    /** Opens an API; not marked by the type of RFC 9068. */
    ACCESS,
    /** Opens an API, and says so: {@code typ} is {@code at+jwt}. */
    TYPED_ACCESS,
    /** Could be either; many issuers mark neither. */
    UNSAID;

    private static final Set<String> PLAIN = Set.of("", "jwt");
    private static final String ACCESS_TYPE = "at+jwt";

    /**
     * Says what a token was issued as.
     *
     * @throws CallerRejectedException if it is a JWT of another kind, such as a logout token
     */
    static TokenKind of(PresentedToken token) {
        JOSEObjectType header = token.jwt().getHeader().getType();
        // RFC 7515 §4.1.9: "application/" may be left out, and media types know no letter case.
        String type =
                header == null ? "" : header.getType().toLowerCase(Locale.ROOT).replaceFirst("^application/", "");
        JWTClaimsSet claims = token.claims();
        if (!PLAIN.contains(type) && !type.equals(ACCESS_TYPE)) {
            throw other("its typ is '" + SafeText.of(type) + "'");
        }
        if (claims.getClaim("events") != null) {
            // RFC 8417 §2.2; OpenID Connect Back-Channel Logout §2.4: has iss, aud and sub like an ID token.
            throw other("it is a security event or logout token");
        }
        if (claims.getClaim("cnf") != null) {
            // RFC 7800, RFC 9449: worth nothing without proof of the key, which a bearer does not give.
            throw other("it is bound to a key (cnf), and so no bearer token");
        }
        return type.equals(ACCESS_TYPE) ? TYPED_ACCESS : byItsClaims(claims);
    }

    /** Keycloak names the kind in a claim; {@code at_hash} is an ID token's, {@code scope} an access token's. */
    private static TokenKind byItsClaims(JWTClaimsSet claims) {
        Object named = claims.getClaim("typ");
        if ("Bearer".equals(named) || "ID".equals(named)) {
            return named.equals("ID") ? ID : ACCESS;
        }
        if (named != null && !"JWT".equals(named)) {
            throw other("its claim typ is '" + SafeText.of(named.toString()) + "'");
        }
        if (hasAny(claims, "at_hash", "c_hash", "s_hash")) {
            return ID;
        }
        if (hasAny(claims, "scope", "scp")) {
            return ACCESS;
        }
        return hasAny(claims, "nonce") ? ID : UNSAID;
    }

    private static boolean hasAny(JWTClaimsSet claims, String... names) {
        return Stream.of(names).anyMatch(name -> claims.getClaim(name) != null);
    }

    private static CallerRejectedException other(String why) {
        return CallerRejectedException.of(
                ErrorCode.CALLER_KIND_MISMATCH, "the token is neither an ID token nor an access token: " + why);
    }
}
