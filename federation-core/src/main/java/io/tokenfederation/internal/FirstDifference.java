// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.util.Arrays;

/** Where two texts begin to differ, in words: an eye finds the eleventh of forty characters badly, and a blank never. */
final class FirstDifference {
    private FirstDifference() {}

    /** {@return where it is and what stands there, such as {@code at character 5 the policy has 'x', the token 'X'}} */
    static String words(NearMiss sides, String mine, String theirs) {
        int[] one = mine.codePoints().toArray();
        int[] other = theirs.codePoints().toArray();
        int at = Math.max(0, common(one, other));
        return "at character " + (at + 1) + " " + sides.one() + " has " + named(one, at) + ", " + sides.other() + " "
                + named(other, at);
    }

    /** {@return whether one character changed, added, dropped or exchanged with its neighbour is all that differs} */
    static boolean isAll(String mine, String theirs) {
        int[] one = mine.codePoints().toArray();
        int[] other = theirs.codePoints().toArray();
        int at = common(one, other);
        if (Math.abs(one.length - other.length) > 1) {
            return false;
        }
        if (one.length != other.length) {
            boolean added = one.length < other.length;
            return restEquals(one, added ? at : at + 1, other, added ? at + 1 : at);
        }
        return restEquals(one, at + 1, other, at + 1)
                || (at + 1 < one.length
                        && one[at] == other[at + 1]
                        && one[at + 1] == other[at]
                        && restEquals(one, at + 2, other, at + 2));
    }

    private static int common(int[] one, int[] other) {
        int at = Arrays.mismatch(one, other);
        return at < 0 ? one.length : at;
    }

    private static boolean restEquals(int[] one, int from, int[] other, int otherFrom) {
        return Arrays.equals(one, from, one.length, other, otherFrom, other.length);
    }

    private static String named(int[] text, int at) {
        return at < text.length ? VisibleText.named(text[at]) : "its end";
    }
}
