// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static io.tokenfederation.TestIssuer.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From when to when a token is good, to the second, with 30 seconds of difference between two clocks. */
final class CallerTimesTest {
    private final TestIssuer issuer = new TestIssuer();
    private final CallerVerifier callers = issuer.verifier().build();

    @ParameterizedTest
    @CsvSource({"exp,-29,true", "exp,-30,false", "nbf,30,true", "nbf,31,false", "iat,30,true", "iat,31,false"})
    void skewIsThirtySeconds(String claim, int secondsFromNow, boolean good) {
        Map<String, Object> claims = issuer.claims("iat", issuer.seconds(Duration.ofHours(-2)));
        claims.put(claim, issuer.seconds(Duration.ofSeconds(secondsFromNow)));

        if (good) {
            assertThat(callers.verify(signed(claims)).subject()).isEqualTo("auth0|7");
        } else {
            assertThat(refusalOf(claims).code()).isEqualTo("CALLER_TOKEN_EXPIRED");
        }
    }

    @Test
    void tokenWithoutEndIsRefused() {
        Map<String, Object> endless = issuer.claims();
        endless.remove("exp");

        assertThat(refusalOf(endless)).hasMessageContaining("no exp");
    }

    @Test
    void tokenIssuedAfterItsEndIsRefused() {
        Map<String, Object> claims = issuer.claims("exp", issuer.seconds(Duration.ofSeconds(-20)));
        claims.put("iat", issuer.seconds(Duration.ofSeconds(20)));

        assertThat(refusalOf(claims)).hasMessageContaining("after its end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "nbf", "iat"})
    void timeThatIsATextIsRefused(String claim) {
        assertThat(refusalOf(issuer.claims(claim, "9999999999")).code()).isEqualTo("CALLER_TOKEN_MALFORMED");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0, 1e300, -1e300, 9.3e15})
    void endOutOfTimeIsNoForever(double end) {
        assertThat(refusalOf(issuer.claims("exp", end)).retryable()).isFalse();
    }

    @Test
    void idTokenSaysWhenItWasIssued() {
        Map<String, Object> claims = issuer.claims();
        claims.remove("iat");
        CallerVerifier idTokens = issuer.verifier().idTokens().build();

        assertThat(callers.verify(signed(claims)).subject()).isEqualTo("auth0|7");
        assertThat(catchThrowableOfType(CallerRejectedException.class, () -> idTokens.verify(signed(claims))))
                .hasMessageContaining("no iat");
    }

    private CallerRejectedException refusalOf(Map<String, Object> claims) {
        CallerRejectedException refused =
                catchThrowableOfType(CallerRejectedException.class, () -> callers.verify(signed(claims)));
        assertThat(refused).isNotNull();
        return refused;
    }
}
