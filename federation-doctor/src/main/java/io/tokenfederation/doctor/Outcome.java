// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.internal.VisibleText;
import java.util.Optional;

/** How a check ended. */
public sealed interface Outcome {
    /** {@return the word it is reported by: PASS, WARN, FAIL or SKIP} */
    String mark();

    /** {@return what was found to be wrong; empty after a pass and a skip} */
    default Optional<Finding> finding() {
        return Optional.empty();
    }

    /**
     * All is well.
     *
     * @param detail what was seen; may be empty
     */
    record Passed(String detail) implements Outcome {
        /**
         * Checks that there is a detail, and makes what cannot be seen in it visible.
         *
         * @param detail what was seen
         */
        public Passed {
            // It holds claims of the JWT and names of others, which must not move a terminal's cursor.
            detail = VisibleText.of(requireNonNull(detail, "detail"));
        }

        @Override
        public String mark() {
            return "PASS";
        }
    }

    /**
     * It works, and something is to be looked at. Counts as passed.
     *
     * @param what what is to be looked at
     */
    record Warned(Finding what) implements Outcome {
        /**
         * Checks that there is a finding.
         *
         * @param what what is to be looked at
         */
        public Warned {
            requireNonNull(what, "what");
        }

        @Override
        public String mark() {
            return "WARN";
        }

        @Override
        public Optional<Finding> finding() {
            return Optional.of(what);
        }
    }

    /**
     * It does not work.
     *
     * @param what what is wrong
     */
    record Failed(Finding what) implements Outcome {
        /**
         * Checks that there is a finding.
         *
         * @param what what is wrong
         */
        public Failed {
            requireNonNull(what, "what");
        }

        @Override
        public String mark() {
            return "FAIL";
        }

        @Override
        public Optional<Finding> finding() {
            return Optional.of(what);
        }
    }

    /**
     * It could not be looked at, or was not asked for.
     *
     * @param because why not
     */
    record Skipped(String because) implements Outcome {
        /**
         * Checks that there is a reason.
         *
         * @param because why not
         */
        public Skipped {
            requireNonNull(because, "because");
        }

        @Override
        public String mark() {
            return "SKIP";
        }
    }
}
