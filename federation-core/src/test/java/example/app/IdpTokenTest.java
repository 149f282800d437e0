// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jwt.JWTClaimsSet;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IdpTokenTest {
    private static final Instant END = Instant.parse("2030-01-01T00:00:00Z");
    private static final String JWT = Jwts.endingAt(END);

    @Test
    void claimsAreReadAsTheyAre() {
        IdpToken token = IdpToken.parse(JWT);

        assertThat(token.value()).isEqualTo(JWT);
        assertThat(token.issuer()).isEqualTo(Jwts.ISSUER);
        assertThat(token.audiences()).containsExactly(Jwts.AUDIENCE);
        assertThat(token.subject()).isEqualTo(Jwts.SUBJECT);
        assertThat(token.expiresAt()).isEqualTo(END);
        assertThat(token.algorithm()).isEqualTo("ES256");
        assertThat(token.keyId()).contains("key-1");
    }

    @Test
    void audienceMayBeAnArray() {
        IdpToken token = IdpToken.parse(Jwts.signed(Jwts.claims(END).audience(List.of("one", "two"))));

        assertThat(token.audiences()).containsExactly("one", "two");
    }

    @Test
    void unsignedTokenIsDecodedAndSaysSo() {
        assertThat(IdpToken.parse(Jwts.unsigned(END)).algorithm()).isEqualTo("none");
    }

    @Test
    void printedFormShowsClaimsAndNoPartOfTheToken() {
        assertThat(IdpToken.parse(JWT).toString())
                .contains(Jwts.ISSUER, Jwts.AUDIENCE, Jwts.SUBJECT)
                .doesNotContain(JWT.split("\\."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "aud", "sub", "exp"})
    void missingClaimIsNamed(String claim) {
        JWTClaimsSet.Builder claims = Jwts.claims(END).claim(claim, null);

        IdpTokenException failure = refusalOf(Jwts.signed(claims));

        assertThat(failure.code()).isEqualTo("IDP_TOKEN_CLAIM_MISSING");
        assertThat(failure).hasMessageContaining(" has no " + claim);
    }

    @Test
    void audienceOfNothingIsMissing() {
        IdpTokenException failure = refusalOf(Jwts.signed(Jwts.claims(END).audience(List.of())));

        assertThat(failure.code()).isEqualTo("IDP_TOKEN_CLAIM_MISSING");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "canary|IDP_TOKEN_OPAQUE",
                "''|IDP_TOKEN_OPAQUE",
                "a.b|IDP_TOKEN_OPAQUE",
                "a.b.c.d|IDP_TOKEN_OPAQUE",
                "canary.canary.canary|IDP_TOKEN_MALFORMED",
                "..|IDP_TOKEN_MALFORMED",
                "....|IDP_TOKEN_MALFORMED",
                "eyJhbGciOiJFUzI1NiJ9.Y2FuYXJ5.c2ln|IDP_TOKEN_MALFORMED",
                "eyJhbGciOiJFUzI1NiJ9.W10.c2ln|IDP_TOKEN_CLAIM_MISSING",
                "eyJhbGciOiJFUzI1NiJ9.bnVsbA.c2ln|IDP_TOKEN_MALFORMED"
            })
    void whatIsNoJwtIsNamedAndNotQuoted(String value, String code) {
        IdpTokenException failure = refusalOf(value);

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure).hasMessageNotContaining("canary").hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"iss\":\"i\",\"sub\":\"s\",\"aud\":[null],\"exp\":2000000000}",
                "{\"iss\":\"i\",\"sub\":\"s\",\"aud\":[1],\"exp\":2000000000}",
                "{\"iss\":\"i\",\"sub\":\"s\",\"aud\":{},\"exp\":2000000000}",
                "{\"iss\":5,\"sub\":\"s\",\"aud\":\"a\",\"exp\":2000000000}",
                "{\"iss\":\"i\",\"sub\":[],\"aud\":\"a\",\"exp\":2000000000}",
                "{\"iss\":\"i\",\"sub\":\"s\",\"aud\":\"a\",\"exp\":\"soon\"}"
            })
    void claimOfAnotherTypeIsRefused(String payload) {
        IdpTokenException failure = refusalOf("eyJhbGciOiJFUzI1NiJ9." + base64(payload) + ".c2ln");

        assertThat(failure.code()).isIn("IDP_TOKEN_MALFORMED", "IDP_TOKEN_CLAIM_MISSING");
    }

    @Test
    void encryptedTokenIsNamed() {
        String header = base64("{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A256GCM\"}");

        IdpTokenException failure = refusalOf(header + ".a2V5.aXY.dGV4dA.dGFn");

        assertThat(failure.code()).isEqualTo("IDP_TOKEN_ENCRYPTED");
    }

    /** A file often ends in a line break; sent along, it makes the signature wrong at Databricks. */
    @ParameterizedTest
    @ValueSource(strings = {"%s\n", "\r\n%s", " %s", "%s ", "\t%s", "Bearer %s", "\"%s\""})
    void whatIsAroundTheJwtIsRefused(String around) {
        IdpTokenException failure = refusalOf(around.formatted(JWT));

        assertThat(failure.code()).isEqualTo("IDP_TOKEN_MALFORMED");
    }

    @Test
    void lineBreakWithinTheJwtIsRefused() {
        IdpTokenException failure = refusalOf(JWT.substring(0, 20) + "\n" + JWT.substring(20));

        assertThat(failure.code()).isEqualTo("IDP_TOKEN_MALFORMED");
    }

    @Test
    void cutJwtIsRefused() {
        assertThat(refusalOf(JWT.substring(0, 60)).code()).isIn("IDP_TOKEN_OPAQUE", "IDP_TOKEN_MALFORMED");
    }

    private static IdpTokenException refusalOf(String jwt) {
        return catchThrowableOfType(IdpTokenException.class, () -> IdpToken.parse(jwt));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
