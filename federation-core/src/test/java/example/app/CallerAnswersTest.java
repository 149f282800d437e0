// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.CallerRejectedException;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.Problem;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a remote caller learns when a token is not accepted: RFC 6750 §3. */
final class CallerAnswersTest {
    @Test
    void everyRefusedTokenGetsTheSameAnswer() {
        Set<String> answers = Arrays.stream(ErrorCode.values())
                .filter(code -> code.name().startsWith("CALLER_"))
                .filter(code -> !code.retryable() && code != ErrorCode.CALLER_TOKEN_MISSING)
                .map(CallerAnswersTest::rejected)
                .map(rejected -> rejected.challenge() + " / " + rejected.publicMessage())
                .collect(Collectors.toSet());

        assertThat(answers)
                .containsExactly("Bearer error=\"invalid_token\" / The token is not accepted; log in again.");
    }

    @Test
    void whoPresentedNothingIsAskedForAToken() {
        CallerRejectedException rejected = rejected(ErrorCode.CALLER_TOKEN_MISSING);

        assertThat(rejected.challenge()).isEqualTo("Bearer");
        assertThat(rejected.publicMessage()).isEqualTo("A token is required.");
    }

    @Test
    void outageIsNotBlamedOnTheToken() {
        CallerRejectedException rejected = rejected(ErrorCode.CALLER_KEYS_UNAVAILABLE);

        assertThat(rejected.challenge()).isEqualTo("Bearer");
        assertThat(rejected.publicMessage()).contains("try again later");
    }

    private static CallerRejectedException rejected(ErrorCode code) {
        return new CallerRejectedException(Problem.of(code, "canary"));
    }
}
