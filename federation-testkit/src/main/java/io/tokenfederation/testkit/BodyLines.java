// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Parts of a body that is made of lines. */
final class BodyLines {
    private BodyLines() {}

    /** The first lines, and half of the next one if that is wanted too. */
    static byte[] first(byte[] body, int lines, boolean halfOfTheNext) {
        if (lines < 0) {
            throw new IllegalArgumentException("a body has no " + lines + " lines");
        }
        int end = 0;
        for (int line = 0; line < lines; line++) {
            end = endOfLine(body, end);
        }
        return Arrays.copyOf(body, halfOfTheNext ? end + (endOfLine(body, end) - end) / 2 : end);
    }

    static byte[] joined(byte[] begin, byte[] end) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(begin);
        all.writeBytes(end);
        return all.toByteArray();
    }

    private static int endOfLine(byte[] body, int from) {
        int end = from;
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        return Math.min(end + 1, body.length);
    }
}
