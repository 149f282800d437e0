// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class VisibleTextTest {
    @Test
    void whatIsSeenStaysAndWhatIsNotIsEscaped() {
        assertThat(VisibleText.of("repo:o/r Ä \ud83d\ude00 'x'")).isEqualTo("repo:o/r Ä \ud83d\ude00 'x'");
        assertThat(VisibleText.of("a\u200bb\u00a0c\nd\u2028\ufeff\u202e\ud83d"))
                .isEqualTo("a\\u200Bb\\u00A0c\\u000Ad\\u2028\\uFEFF\\u202E\\uD83D");
        assertThat(VisibleText.of(Character.toString(0xE0001))).isEqualTo("\\uDB40\\uDC01");
    }

    @Test
    void charactersAreNamedWhereTheyCouldBeTakenForOthers() {
        assertThat(VisibleText.named('x')).isEqualTo("'x'");
        assertThat(VisibleText.named(' ')).isEqualTo("a space");
        assertThat(VisibleText.named(0x430)).isEqualTo("U+0430 CYRILLIC SMALL LETTER A");
        assertThat(VisibleText.named(0xFDD0)).isEqualTo("U+FDD0");
    }
}
