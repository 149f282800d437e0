// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BearerValueTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "eyJ.a-b_c.d", "dapi123", "a+/b==", "~"})
    void tokenPasses(String value) {
        assertThat(BearerValue.require(value, "the token")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "canary\r\nX-Admin: 1", "canary\n", " canary", "\"canary\"", "canary=a", "canar\u00fd"})
    void whatCannotBeSentIsRefusedAndNotQuoted(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BearerValue.require(value, "the token"))
                .withMessageStartingWith("the token holds characters")
                .withMessageNotContaining("canar");
    }
}
