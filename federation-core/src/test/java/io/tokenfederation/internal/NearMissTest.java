// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearMissTest {
    @ParameterizedTest
    @CsvSource({
        "https://a.com, https://a.com/, a trailing slash",
        "abc, abc@clients, Auth0s suffix @clients",
        "https://A.com, https://a.com, upper and lower case",
        "'https://a.com ', https://a.com, white space around it",
        "http://a.com, https://a.com, the scheme at the start",
        "a.com, https://a.com, the scheme at the start"
    })
    void differenceIsNamedWhicheverSideHasIt(String one, String other, String how) {
        assertThat(NearMiss.between(one, other).map(said -> said.replace("'", "")))
                .contains(how);
        assertThat(NearMiss.between(other, one).map(said -> said.replace("'", "")))
                .contains(how);
    }

    @ParameterizedTest
    @CsvSource({"same, same", "https://a.com, https://b.com", "'', x", "http://a.com/, https://a.com"})
    void otherwiseNothingIsClaimed(String one, String other) {
        assertThat(NearMiss.between(one, other)).isEmpty();
    }
}
