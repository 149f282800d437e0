// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.time.Duration;

/** Times for people: two figures at most. */
final class Times {
    private static final long MINUTE = 60;
    private static final long HOUR = 3_600;

    private Times() {}

    /** {@return such as 45 s, 5 min, 1 h 30 min, 24 h; minutes are rounded} */
    static String inWords(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 2 * MINUTE) {
            return seconds + " s";
        }
        long minutes = (seconds + MINUTE / 2) / MINUTE;
        if (minutes < HOUR / MINUTE) {
            return minutes + " min";
        }
        long rest = minutes % (HOUR / MINUTE);
        return minutes / (HOUR / MINUTE) + " h" + (rest == 0 ? "" : " " + rest + " min");
    }
}
