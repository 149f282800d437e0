// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", "ann@example.com", "jürgen@example.com", "a b%41", "a\r\nX-Evil: 1", "\u0000\u007F", "名"})
    void encodedTextIsVisibleAsciiAndDecodesToItself(String text) {
        String encoded = HeaderText.encoded(text);

        assertThat(encoded).matches("[\\x21-\\x7E]*");
        assertThat(URLDecoder.decode(encoded, StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"west", "west sales", "a%20b", "x"})
    void sendableTextIsSentAsItIs(String text) {
        assertThat(HeaderText.require(text, "the role's name", "X-Caller-Role")).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " canary", "canary ", "canary\nX-Evil: 1", "canary\u007F", "canärie"})
    void textThatCouldEndTheHeaderIsRefusedAndNotQuoted(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeaderText.require(text, "the role's name", "X-Caller-Role"))
                .withMessageContaining("X-Caller-Role")
                .withMessageNotContaining("canary");
    }
}
