// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static io.tokenfederation.TestIssuer.KEY;
import static io.tokenfederation.TestIssuer.header;
import static io.tokenfederation.TestIssuer.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are well signed, and are still not what they should be; and what is no token at all. */
final class PresentedTokenTest {
    private final TestIssuer issuer = new TestIssuer();
    private final CallerVerifier callers = issuer.verifier().build();

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void noTokenIsMissing(String token) {
        assertThat(refusalOf(token).code()).isEqualTo("CALLER_TOKEN_MISSING");
    }

    @Test
    void claimThatStandsTwiceIsRefused() {
        String claims = JSONObjectUtils.toJSONString(issuer.claims());
        String inner = claims.substring(1, claims.length() - 1);

        for (String twice : new String[] {
            "{" + inner + ",\"sub\":\"auth0|1\"}",
            "{\"sub\":\"auth0|1\"," + inner + "}",
            "{" + inner + ",\"s\\u0075b\":\"auth0|1\"}",
            "{" + inner + ",\"realm_access\":{\"roles\":[\"a\"],\"roles\":[\"admin\"]}}"
        }) {
            String token = signed(header().keyID("key-1"), new Payload(twice), KEY);

            assertThat(refusalOf(token).code()).isEqualTo("CALLER_TOKEN_MALFORMED");
        }
    }

    @Test
    void headerMemberThatStandsTwiceIsRefused() throws JOSEException {
        String header = "{\"alg\":\"RS256\",\"kid\":\"other\",\"kid\":\"key-1\"}";

        assertThat(refusalOf(signedWithHeader(header)).code()).isEqualTo("CALLER_TOKEN_MALFORMED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"text\"", "7", "{", "{} {}", "{\"a\":}", ""})
    void claimsThatAreNoObjectAreRefused(String payload) {
        assertThat(refusalOf(signed(header().keyID("key-1"), new Payload(payload), KEY))
                        .code())
                .isIn("CALLER_TOKEN_MALFORMED", "CALLER_ISSUER_MISMATCH");
    }

    @Test
    void moreBehindTheClaimsIsRefused() {
        String claims = JSONObjectUtils.toJSONString(issuer.claims());

        for (String more : new String[] {" {}", "x", ",", "\u0000"}) {
            String token = signed(header().keyID("key-1"), new Payload(claims + more), KEY);
            assertThat(refusalOf(token).code()).isEqualTo("CALLER_TOKEN_MALFORMED");
        }
    }

    @Test
    void signedTokenWithinASignedTokenIsRefused() {
        Payload nested = new Payload(issuer.token());

        assertThat(refusalOf(signed(header().keyID("key-1").contentType("JWT"), nested, KEY))
                        .code())
                .isEqualTo("CALLER_TOKEN_MALFORMED");
    }

    @Test
    void hugeTokenIsRefusedUnread() {
        String huge = signed(issuer.claims("padding", "x".repeat(PresentedToken.LONGEST)));

        assertThat(refusalOf(huge)).hasMessageContaining("longer than 65536");
        assertThat(issuer.signatureChecks).hasValue(0);
        assertThat(issuer.fetches).hasValue(0);
    }

    @Test
    void deepNestingIsRefusedBeforeItsSignatureIsLookedAt() {
        String deep = "{\"iss\":\"" + TestIssuer.ISSUER + "\",\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";

        assertThat(refusalOf(signed(header().keyID("key-1"), new Payload(deep), KEY))
                        .code())
                .isEqualTo("CALLER_TOKEN_MALFORMED");
        assertThat(issuer.signatureChecks).hasValue(0);
    }

    @Test
    void encryptedAndOpaqueTokensAreNamedAsSuch() {
        assertThat(refusalOf("a.b.c.d.e")).hasMessageContaining("encrypted");
        assertThat(refusalOf("opaque-canary")).hasMessageContaining("1 parts").hasMessageNotContaining("canary");
        assertThat(refusalOf("a.b.c.d")).hasMessageContaining("4 parts");
    }

    @Test
    void tokenWithPaddingOrWhiteSpaceIsAnotherToken() {
        String token = issuer.token();

        for (String other :
                new String[] {"\"" + token + "\"", "Bearer " + token, token + "=", token + "\n", token + "."}) {
            assertThat(refusalOf(other)).isNotNull();
        }
    }

    private static String signedWithHeader(String header) throws JOSEException {
        // A header as it stands: the library that signs would not write such a one.
        Payload payload = new Payload(new TestIssuer().claims());
        String input = Base64URL.encode(header) + "." + payload.toBase64URL();
        var signer = new RSASSASigner(KEY);
        Base64URL signature = signer.sign(new JWSHeader(JWSAlgorithm.RS256), input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + signature;
    }

    private CallerRejectedException refusalOf(String token) {
        CallerRejectedException refused =
                catchThrowableOfType(CallerRejectedException.class, () -> callers.verify(token));
        assertThat(refused).isNotNull();
        assertThat(refused).hasNoCause();
        return refused;
    }
}
