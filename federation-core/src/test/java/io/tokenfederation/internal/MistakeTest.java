// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.MismatchCause;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MistakeTest {
    @Test
    void everyMistakeHasItsPublicNameAndTheSameRank() {
        List<String> known = Arrays.stream(Mistake.values()).map(Enum::name).toList();
        List<String> published = Arrays.stream(MismatchCause.values())
                .map(Enum::name)
                .filter(known::contains)
                .toList();

        assertThat(published).isEqualTo(known);
    }
}
