// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import com.nimbusds.jwt.JWTClaimsSet;
import io.tokenfederation.internal.NearMiss;
import io.tokenfederation.internal.SafeText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * For whom a token must be meant, and as what it must have been issued (OpenID Connect Core 3.1.3.7, RFC 9068 §4).
 *
 * @param expected what tokens must be
 * @param audiences whom they must be meant for: one of these
 * @param trusted whom an ID token may be meant for besides
 * @param parties who must have asked for them: one of these; empty if that is not to be looked at
 */
record CallerRules(Expected expected, Set<String> audiences, Set<String> trusted, Set<String> parties) {
    /** The client a token was issued to: OpenID Connect and Entra ID v2.0, RFC 9068, Okta, Entra ID v1.0. */
    private static final List<String> PARTY_CLAIMS = List.of("azp", "client_id", "cid", "appid");

    private static final NearMiss NEAR_MISS = new NearMiss("the configuration", "the token");

    /** What a verifier takes. */
    enum Expected {
        /** Both kinds: the audience decides. */
        EITHER("an ID token or an access token"),
        /** ID tokens. */
        ID_TOKENS("an ID token"),
        /** Access tokens, also of issuers that do not mark them. */
        ACCESS_TOKENS("an access token"),
        /** Access tokens marked as such. */
        TYPED_ACCESS_TOKENS("an access token with typ at+jwt");

        private final String words;

        Expected(String words) {
            this.words = words;
        }

        private boolean takes(TokenKind kind) {
            return switch (this) {
                case EITHER -> true;
                case ID_TOKENS -> kind == TokenKind.ID || kind == TokenKind.UNSAID;
                case ACCESS_TOKENS -> kind != TokenKind.ID;
                case TYPED_ACCESS_TOKENS -> kind == TokenKind.TYPED_ACCESS;
            };
        }
    }

    void require(PresentedToken token) {
        TokenKind kind = TokenKind.of(token);
        if (!expected.takes(kind)) {
            throw CallerRejectedException.of(
                    ErrorCode.CALLER_KIND_MISMATCH, "the token is not what is expected, " + expected.words);
        }
        JWTClaimsSet claims = token.claims();
        if (claims.getAudience().stream().noneMatch(audiences::contains)) {
            throw CallerRejectedException.of(
                    ErrorCode.CALLER_AUDIENCE_MISMATCH,
                    "the token's aud is " + SafeText.of(claims.getAudience().toString()) + ", expected is "
                            + (audiences.size() == 1 ? "" : "one of ") + quoted(audiences)
                            + nearMiss(claims.getAudience(), audiences));
        }
        if (kind == TokenKind.ID || expected == Expected.ID_TOKENS) {
            requireIdTokenOfOurs(claims);
        }
        if (!parties.isEmpty()) {
            requirePartyOfOurs(claims);
        }
    }

    private void requireIdTokenOfOurs(JWTClaimsSet claims) {
        List<String> strangers = claims.getAudience().stream()
                .filter(audience -> !audiences.contains(audience) && !trusted.contains(audience))
                .toList();
        if (!strangers.isEmpty()) {
            throw CallerRejectedException.of(
                    ErrorCode.CALLER_AUDIENCE_MISMATCH,
                    "the ID token is also meant for " + SafeText.of(strangers.toString())
                            + ", which trustedAudience(...) does not name");
        }
        Object party = claims.getClaim("azp");
        if (party == null) {
            if (claims.getAudience().stream().distinct().count() > 1) {
                throw mismatch("the ID token has several audiences and no azp");
            }
        } else if (!audiences.contains(party) && !parties.contains(party)) {
            throw mismatch("the ID token's azp is '" + SafeText.of(party.toString()) + "'");
        }
    }

    private void requirePartyOfOurs(JWTClaimsSet claims) {
        Optional<Object> party = PARTY_CLAIMS.stream()
                .flatMap(name -> Stream.ofNullable(claims.getClaim(name)))
                .findFirst();
        if (party.filter(parties::contains).isEmpty()) {
            throw mismatch(party.map(found -> "the token was issued to '" + SafeText.of(found.toString()) + "'")
                    .orElse("the token does not say to whom it was issued"));
        }
    }

    private CallerRejectedException mismatch(String what) {
        Set<String> ours = parties.isEmpty() ? audiences : parties;
        return CallerRejectedException.of(
                ErrorCode.CALLER_PARTY_MISMATCH, what + "; the application's own client is " + quoted(ours));
    }

    /** {@return how the values came to differ, to be put at the end of a message; empty if in no known way} */
    static String nearMiss(List<String> found, Set<String> expected) {
        return found.stream()
                .flatMap(one -> expected.stream().flatMap(other -> NEAR_MISS.between(other, one).stream()))
                .findFirst()
                .map(near -> " (" + near.hint() + ")")
                .orElse("");
    }

    private static String quoted(Set<String> names) {
        return "'" + String.join("', '", names) + "'";
    }
}
