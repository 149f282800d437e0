// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static io.tokenfederation.TestIssuer.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often signatures are checked where verified tokens are remembered, counted. */
final class VerifiedCallersTest {
    private final TestIssuer issuer = new TestIssuer();
    private final CallerVerifier remembering = issuer.verifier().keepVerified(3).build();

    @Test
    void nothingIsRememberedUnlessAskedFor() {
        CallerVerifier callers = issuer.verifier().build();
        String token = issuer.token();

        callers.verify(token);
        callers.verify(token);

        assertThat(issuer.signatureChecks).hasValue(2);
    }

    @Test
    void signatureOfARememberedTokenIsCheckedOnce() {
        String token = issuer.token();

        for (int i = 0; i < 1_000; i++) {
            assertThat(remembering.verify(token).subject()).isEqualTo("auth0|7");
        }

        assertThat(issuer.signatureChecks).hasValue(1);
    }

    @Test
    void tokenIsRememberedToItsEndAtMost() {
        String token = signed(issuer.claims("exp", issuer.seconds(Duration.ofSeconds(100))));
        remembering.verify(token);

        issuer.time.advance(Duration.ofSeconds(99));
        remembering.verify(token);
        assertThat(issuer.signatureChecks).hasValue(1);
        issuer.time.advance(Duration.ofSeconds(1));
        remembering.verify(token);
        assertThat(issuer.signatureChecks).hasValue(2);
        issuer.time.advance(Duration.ofSeconds(30));
        assertThatThrownBy(() -> remembering.verify(token)).hasMessageContaining("CALLER_TOKEN_EXPIRED");
    }

    /** So that a key the issuer withdrew is noticed as soon as without. */
    @Test
    void tokenIsRememberedFiveMinutesAtMost() {
        String token = issuer.token();
        remembering.verify(token);
        issuer.published.set(0, TestIssuer.NEXT_KEY);

        issuer.time.advance(Duration.ofMinutes(5));

        assertThatThrownBy(() -> remembering.verify(token)).hasMessageContaining("CALLER_SIGNATURE_INVALID");
    }

    @Test
    void leastRecentlyUsedGoesFirst() {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tokens.add(signed(issuer.claims("sub", "auth0|" + i)));
        }
        tokens.subList(0, 3).forEach(remembering::verify);
        remembering.verify(tokens.get(0));

        remembering.verify(tokens.get(3));

        assertThat(issuer.signatureChecks).hasValue(4);
        remembering.verify(tokens.get(0));
        remembering.verify(tokens.get(2));
        remembering.verify(tokens.get(3));
        assertThat(issuer.signatureChecks).hasValue(4);
        remembering.verify(tokens.get(1));
        assertThat(issuer.signatureChecks).hasValue(5);
    }

    @Test
    void oneTokenIsNeverTakenForAnother() {
        for (int i = 0; i < 100; i++) {
            String subject = "auth0|" + i % 5;
            assertThat(remembering.verify(signed(issuer.claims("sub", subject))).subject())
                    .isEqualTo(subject);
        }
    }

    @Test
    void refusedTokenIsNotRemembered() {
        String token = signed(issuer.claims("aud", "another"));

        for (int i = 0; i < 3; i++) {
            assertThat(catchThrowableOfType(CallerRejectedException.class, () -> remembering.verify(token))
                            .code())
                    .isEqualTo("CALLER_AUDIENCE_MISMATCH");
        }
        assertThat(issuer.signatureChecks).hasValue(3);
    }

    /** The same claims and key, and a signature that is cut: the whole token counts. */
    @Test
    void tamperedCopyOfARememberedTokenIsRefused() {
        String token = issuer.token();
        remembering.verify(token);

        assertThatThrownBy(() -> remembering.verify(token.substring(0, token.length() - 4)))
                .hasMessageContaining("CALLER_SIGNATURE_INVALID");
    }

    @Test
    void rememberedCallerHoldsNoToken() {
        String token = signed(Map.copyOf(issuer.claims()));

        Caller caller = remembering.verify(token);

        assertThat(caller.claims().names()).containsExactlyInAnyOrder("iss", "aud", "sub", "iat", "exp");
        assertThat(VerifiedCallers.keyOf(token)).hasSize(64).isNotEqualTo(VerifiedCallers.keyOf(token + " "));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1_000_001})
    void boundIsABound(int most) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallerVerifier.builder().keepVerified(most));
    }
}
