// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of a schema (ECMA-262, unanchored), as far as it can be trusted with a thread: characters, classes
 * and counts in a row, with {@code ^} and {@code $} at the ends. One with groups, alternatives, back references or a meaning
 * Java does not share is not understood, and one that takes long is given up.
 */
final class SchemaPattern {
    private static final int LONGEST = 256;

    /** For each character of the text; without groups there is no way to go astray but by looking at one. */
    private static final long LOOKS_FOR_EACH = 64;

    /** For short ones. */
    private static final long LOOKS_AT_LEAST = 1_000;

    private static final String ESCAPED = "\\\\[dDwW.\\-/^$*+?()\\[\\]{}|\\\\]";
    private static final String COUNT = "(?:[*+?]|\\{\\d{1,3}(?:,(?:\\d{1,3})?)?})?";

    /** One character, escaped or not, or a class of them, and how often. */
    private static final Pattern STEP = Pattern.compile("(?:[A-Za-z0-9 _/:@#%,;=!<>~'\"&\\-]|(\\.)|" + ESCAPED
            + "|\\[\\^?(?!])-?(?:[A-Za-z0-9]-[A-Za-z0-9]|" + ESCAPED + "|[A-Za-z0-9 _/:@#%,;=!<>~'\".+*?$(){}|])*-?])"
            + COUNT);

    /** Java's own dot and dollar know more ends of lines. */
    private static final String ANY = "[^\\n\\r\\u2028\\u2029]";

    private static final String END = "\\z";

    private final Pattern pattern;

    private SchemaPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** Empty if it is not understood. */
    static Optional<SchemaPattern> of(String ecma) {
        if (ecma.length() > LONGEST) {
            return Optional.empty();
        }
        int from = ecma.startsWith("^") ? 1 : 0;
        StringBuilder java = new StringBuilder(from == 1 ? "^" : "");
        Matcher step = STEP.matcher(ecma);
        int at = from;
        while (at < ecma.length() && step.region(at, ecma.length()).lookingAt()) {
            String text = step.group();
            java.append(step.group(1) == null ? text : ANY + text.substring(1));
            at = step.end();
        }
        if (ecma.startsWith("$", at) && at == ecma.length() - 1) {
            java.append(END);
            at++;
        }
        try {
            return at < ecma.length()
                    ? Optional.empty()
                    : Optional.of(new SchemaPattern(Pattern.compile(java.toString())));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    /** Whether it is somewhere in the text; also if that takes too long to find out. */
    boolean foundIn(String text) {
        try {
            return pattern.matcher(new Watched(text)).find();
        } catch (TooLongException e) {
            return true;
        }
    }

    /** May be looked at so often and no more; for one search. */
    private static final class Watched implements CharSequence {
        private final String text;
        private long looks;

        Watched(String text) {
            this.text = text;
            this.looks = LOOKS_AT_LEAST + LOOKS_FOR_EACH * text.length();
        }

        @Override
        public char charAt(int index) {
            if (--looks < 0) {
                throw new TooLongException();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Leaves the search; nobody sees it. */
    private static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLongException() {
            super(null, null, false, false);
        }
    }
}
