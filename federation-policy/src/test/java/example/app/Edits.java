// SPDX-License-Identifier: Apache-2.0
package example.app;

import io.tokenfederation.MismatchCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Every edit of one character, with the name it ought to get; the name follows from the edit alone. */
final class Edits {
    /** Where a key slips, or a word processor helps; what looks the same must be told apart all the same. */
    private static final Map<Character, Character> TWINS = Map.of(
            'a', '\u0430', 'e', '\u0435', 'o', '\u043e', 'c', '\u0441', 'p', '\u0440', '-', '\u2013', '/', '\uff0f',
            ':', '\uff1a', '.', '\uff0e');

    private static final String ALIKE = "0Oo 1lI|";
    private final Random random = new Random(4711);
    private final List<Edit> edits = new ArrayList<>();
    private final String original;

    private Edits(String original) {
        this.original = original;
    }

    /**
     * One changed value.
     *
     * @param kind what was done, for the message of a failed test
     * @param changed the value after it
     * @param cause the name it ought to get
     */
    record Edit(String kind, String changed, MismatchCause cause) {}

    static List<Edit> of(String original) {
        Edits edits = new Edits(original);
        for (int at = 0; at <= original.length(); at++) {
            edits.insert(at);
        }
        for (int at = 0; at < original.length(); at++) {
            edits.delete(at);
            edits.substitute(at);
            edits.swap(at);
        }
        return List.copyOf(edits.edits);
    }

    private void insert(int at) {
        String letters = "Z.-@" + (char) ('a' + random.nextInt(26)) + (char) ('0' + random.nextInt(10));
        letters.chars().forEach(letter -> add("insert", inserted(at, (char) letter), MismatchCause.ONE_CHARACTER));
        for (char white : new char[] {' ', '\n', '\u00a0'}) {
            add("insert white space", inserted(at, white), MismatchCause.WHITE_SPACE);
        }
        for (char hidden : new char[] {'\u200b', '\ufeff', '\ufe0f'}) {
            add("insert invisible", inserted(at, hidden), MismatchCause.INVISIBLE_CHARACTER);
        }
        boolean end = original.substring(at).isEmpty() || original.substring(at).equals("/");
        boolean beside = is(at, '/') || is(at - 1, '/');
        MismatchCause slash = beside ? MismatchCause.DOUBLE_SLASH : MismatchCause.ONE_CHARACTER;
        add("insert slash", inserted(at, '/'), end ? MismatchCause.TRAILING_SLASH_MISSING : slash);
    }

    private void delete(int at) {
        char gone = original.charAt(at);
        boolean beside = gone == '/' && (is(at - 1, '/') || is(at + 1, '/'));
        boolean last = at == original.length() - 1;
        MismatchCause cause = MismatchCause.ONE_CHARACTER;
        if (gone == '/' && last) {
            cause = MismatchCause.TRAILING_SLASH_EXTRA;
        } else if (beside) {
            cause = MismatchCause.DOUBLE_SLASH;
        } else if (at == 4 && original.startsWith("https://")) {
            cause = MismatchCause.SCHEME;
        }
        add("delete", original.substring(0, at) + original.substring(at + 1), cause);
    }

    private void substitute(int at) {
        char was = original.charAt(at);
        String letters = "a./-0Ol|" + (char) ('a' + random.nextInt(26)) + (char) ('A' + random.nextInt(26));
        letters.chars().forEach(letter -> replace(at, was, (char) letter));
        add("space for letter", substituted(at, ' '), MismatchCause.ONE_CHARACTER);
        if (Character.isLetter(was)) {
            char other = Character.isUpperCase(was) ? Character.toLowerCase(was) : Character.toUpperCase(was);
            add("case", substituted(at, other), MismatchCause.LETTER_CASE);
        }
        if (TWINS.containsKey(was)) {
            add("twin", substituted(at, TWINS.get(was)), MismatchCause.LOOK_ALIKE);
        }
    }

    private void replace(int at, char was, char letter) {
        MismatchCause alike = alike(was, letter) ? MismatchCause.LOOK_ALIKE : MismatchCause.ONE_CHARACTER;
        boolean cased = Character.toLowerCase(was) == Character.toLowerCase(letter);
        add("substitute", substituted(at, letter), cased ? MismatchCause.LETTER_CASE : alike);
    }

    private void swap(int at) {
        if (at + 1 < original.length()) {
            char one = original.charAt(at);
            char other = original.charAt(at + 1);
            boolean cased = Character.toLowerCase(one) == Character.toLowerCase(other);
            MismatchCause alike = alike(one, other) ? MismatchCause.LOOK_ALIKE : MismatchCause.ONE_CHARACTER;
            String changed = original.substring(0, at) + other + one + original.substring(at + 2);
            add("swap", changed, cased ? MismatchCause.LETTER_CASE : alike);
        }
    }

    private static boolean alike(char one, char other) {
        int first = ALIKE.indexOf(one);
        int second = ALIKE.indexOf(other);
        return one != ' ' && other != ' ' && first >= 0 && second >= 0 && first / 4 == second / 4;
    }

    private boolean is(int at, char letter) {
        return at >= 0 && at < original.length() && original.charAt(at) == letter;
    }

    private String inserted(int at, char letter) {
        return original.substring(0, at) + letter + original.substring(at);
    }

    private String substituted(int at, char letter) {
        return original.substring(0, at) + letter + original.substring(at + 1);
    }

    private void add(String kind, String changed, MismatchCause cause) {
        if (!changed.equals(original)) {
            edits.add(new Edit(kind, changed, cause));
        }
    }
}
