// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReplyDatesTest {
    private static final List<String> DATE = List.of("Sun, 22 Nov 2026 02:00:00 GMT");

    @Test
    void theServersTimeIsTold() {
        assertThat(heard(Map.of("Date", DATE))).containsExactly(Instant.parse("2026-11-22T02:00:00Z"));
        assertThat(heard(Map.of("Date", DATE, "Age", List.of("0")))).hasSize(1);
    }

    @Test
    void aCachesDateOfLongAgoIsNoClock() {
        assertThat(heard(Map.of("Date", DATE, "Age", List.of("3000")))).isEmpty();
    }

    @Test
    void whatIsNoDateIsNotTold() {
        assertThat(heard(Map.of("Date", List.of("yesterday")))).isEmpty();
        assertThat(heard(Map.of())).isEmpty();
    }

    private static List<Instant> heard(Map<String, List<String>> headers) {
        List<Instant> heard = new ArrayList<>();
        ReplyDates.observing(heard::add, () -> {
            ReplyDates.heard(HttpHeaders.of(headers, (name, value) -> true));
            return "";
        });
        return heard;
    }
}
