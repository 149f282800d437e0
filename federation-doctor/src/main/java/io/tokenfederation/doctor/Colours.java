// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

/** Escape codes of terminals, or none. */
enum Colours {
    ON,
    OFF;

    private static final String RESET = "\u001b[0m";

    String mark(Outcome outcome) {
        String mark = "[" + outcome.mark() + "]";
        return outcome instanceof Outcome.Passed
                ? in("\u001b[32m", mark)
                : outcome instanceof Outcome.Failed
                        ? in("\u001b[31m", mark)
                        : outcome instanceof Outcome.Warned ? in("\u001b[33m", mark) : in("\u001b[2m", mark);
    }

    String strong(String text) {
        return in("\u001b[1m", text);
    }

    String result(String text, boolean good) {
        return in(good ? "\u001b[1;32m" : "\u001b[1;31m", text);
    }

    private String in(String code, String text) {
        return this == ON ? code + text + RESET : text;
    }
}
