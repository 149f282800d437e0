// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static io.tokenfederation.TestIssuer.KEY;
import static io.tokenfederation.TestIssuer.header;
import static io.tokenfederation.TestIssuer.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.Payload;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One kind of token passed off as another: RFC 8725 §3.11, RFC 9068 §4. */
final class TokenKindTest {
    private final TestIssuer issuer = new TestIssuer();
    private final CallerVerifierBuilder verifier = issuer.verifier();

    @ParameterizedTest
    @ValueSource(strings = {"nonce", "at_hash", "c_hash", "s_hash"})
    void idTokenIsNoAccessToken(String mark) {
        verifier.accessTokens();

        assertRefused(issuer.claims(mark, "x"), "CALLER_KIND_MISMATCH");
    }

    @Test
    void kindThatKeycloakNamesIsHeeded() {
        CallerVerifierBuilder ids = issuer.verifier().idTokens();
        CallerVerifierBuilder access = issuer.verifier().accessTokens();

        assertThat(codeOf(ids, signed(issuer.claims("typ", "Bearer")))).isEqualTo("CALLER_KIND_MISMATCH");
        assertThat(codeOf(ids, signed(issuer.claims("typ", "ID")))).isEmpty();
        assertThat(codeOf(access, signed(issuer.claims("typ", "ID")))).isEqualTo("CALLER_KIND_MISMATCH");
        assertThat(codeOf(access, signed(issuer.claims("typ", "Bearer")))).isEmpty();
        assertRefused(issuer.claims("typ", "Refresh"), "CALLER_KIND_MISMATCH");
        assertRefused(issuer.claims("typ", "Logout"), "CALLER_KIND_MISMATCH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scope", "scp"})
    void accessTokenIsNoIdToken(String mark) {
        verifier.idTokens();

        assertRefused(issuer.claims(mark, "openid"), "CALLER_KIND_MISMATCH");
        assertThat(codeOf(verifier, typed("at+jwt"))).isEqualTo("CALLER_KIND_MISMATCH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt"})
    void typedAccessTokenIsAccepted(String type) {
        assertThat(codeOf(issuer.verifier(), typed(type))).isEmpty();
        assertThat(codeOf(issuer.verifier().accessTokens(), typed(type))).isEmpty();
        assertThat(codeOf(issuer.verifier().typedAccessTokens(), typed(type))).isEmpty();
    }

    @Test
    void whereTokensAreTypedAnUntypedOneIsRefused() {
        verifier.typedAccessTokens();

        assertRefused(issuer.claims(), "CALLER_KIND_MISMATCH");
        assertRefused(issuer.claims("scope", "read"), "CALLER_KIND_MISMATCH");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "logout+jwt",
                "secevent+jwt",
                "dpop+jwt",
                "rt+jwt",
                "JWE",
                "oauth-authz-req+jwt",
                "at+jwt2",
                "x/at+jwt"
            })
    void jwtOfAnotherKindIsRefusedByAll(String type) {
        assertThat(codeOf(issuer.verifier(), typed(type))).isEqualTo("CALLER_KIND_MISMATCH");
        assertThat(codeOf(issuer.verifier().idTokens(), typed(type))).isEqualTo("CALLER_KIND_MISMATCH");
        assertThat(codeOf(issuer.verifier().accessTokens(), typed(type))).isEqualTo("CALLER_KIND_MISMATCH");
    }

    /** A logout token has all an ID token needs, and many issuers do not type it. */
    @Test
    void logoutTokenIsNoIdToken() {
        verifier.idTokens();

        assertRefused(
                issuer.claims("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of())),
                "CALLER_KIND_MISMATCH");
    }

    @Test
    void tokenBoundToAKeyIsNoBearerToken() {
        assertRefused(issuer.claims("cnf", Map.of("jkt", "x")), "CALLER_KIND_MISMATCH");
        assertRefused(issuer.claims("cnf", Map.of("x5t#S256", "x")), "CALLER_KIND_MISMATCH");
    }

    private String typed(String type) {
        return signed(header().type(new JOSEObjectType(type)).keyID("key-1"), new Payload(issuer.claims()), KEY);
    }

    private void assertRefused(Map<String, Object> claims, String code) {
        assertThat(codeOf(verifier, signed(claims))).isEqualTo(code);
    }

    /** The code of the refusal; empty if the token is accepted. */
    private static String codeOf(CallerVerifierBuilder verifier, String token) {
        try {
            verifier.build().verify(token);
            return "";
        } catch (CallerRejectedException refused) {
            assertThat(refused.getMessage()).doesNotContain(token);
            return refused.code();
        }
    }
}
