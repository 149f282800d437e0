// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearMissTest {
    private static final NearMiss POLICY_AND_TOKEN = new NearMiss("the policy", "the token");

    @ParameterizedTest
    @CsvSource({
        "https://a.com, https://a.com/, the policy lacks the trailing slash",
        "https://a.com/, https://a.com, the policy has a trailing slash too many",
        "abc, abc@clients, the policy lacks the suffix @clients that Auth0 gives to client ids",
        "https://A.com, https://a.com, they differ only in letter case",
        "'https://a.com ', https://a.com, they differ only in white space at an end",
        "a.com, https://a.com, 'they differ only in the scheme, such as https://'"
    })
    void mistakeIsNamedWithTheSideThatMadeIt(String policy, String token, String said) {
        assertThat(POLICY_AND_TOKEN.between(policy, token)).contains(said);
    }

    @ParameterizedTest
    @CsvSource({"same, same", "https://a.com, https://b.com", "'', x"})
    void otherwiseNothingIsClaimed(String policy, String token) {
        assertThat(POLICY_AND_TOKEN.between(policy, token)).isEmpty();
    }
}
