// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What came of a request that the server took.
 *
 * @param <T> what it was to bring
 */
sealed interface Outcome<T> {
    /** It was carried out. */
    record Complete<T>(T value) implements Outcome<T> {
        /** {@return what it is; not the data} */
        @Override
        public String toString() {
            return "Complete[]";
        }
    }

    /**
     * It goes on when it is sent again with these questions answered (2026-07-28, "Multi Round-Trip Requests").
     *
     * @param <T> what it was to bring
     * @param questions the questions by the server's names for them; null if there are none
     * @param state what to send back as it is, in JSON; null if nothing
     */
    record InputRequired<T>(
            @Nullable Slice questions, @Nullable Slice state) implements Outcome<T> {
        private static final Pattern NOTHING = Pattern.compile("\\{\\s*}");

        /** Whether the server says no more than: come again. */
        boolean asksNothing() {
            return questions == null || NOTHING.matcher(questions.text()).matches();
        }

        /** {@return what it is; not what is asked} */
        @Override
        public String toString() {
            return "InputRequired[]";
        }
    }
}
