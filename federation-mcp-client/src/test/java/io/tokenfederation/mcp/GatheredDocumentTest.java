// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatheredDocumentTest {
    private static final int LIMIT = 64 * 1_024 * 1_024;

    private final ReplySource source = new ReplySource();

    @ParameterizedTest
    @ValueSource(longs = {0, 3, 1_000_000, Long.MAX_VALUE, -1})
    void documentTakesNoMoreRoomThanItHasWhateverWasAnnounced(long announced) {
        GatheredDocument document =
                new GatheredDocument(new ReplyStart(200, "application/json").announcing(announced), LIMIT);
        document.onSubscribe(source);
        document.onNext(ReplySource.piece("a", "b"));
        document.onNext(ReplySource.piece("c"));

        Slice all = document.take();

        assertThat(all.text()).isEqualTo("abc");
        assertThat(all.bytes()).hasSize(3);
    }

    @Test
    void allOfItIsAskedForAtOnce() {
        GatheredDocument document = new GatheredDocument(new ReplyStart(200, "application/json"), LIMIT);

        document.onSubscribe(source);

        assertThat(source.requested).isEqualTo(Long.MAX_VALUE);
    }
}
