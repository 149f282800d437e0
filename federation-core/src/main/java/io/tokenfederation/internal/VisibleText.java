// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

/** Shows what a screen does not: blanks, line breaks and characters of no width, which a comparison sees. */
public final class VisibleText {
    private VisibleText() {}

    /**
     * Writes each character that cannot be seen as JSON, HCL and Java escape it.
     *
     * @param text a text
     * @return the text in one line; unchanged if all of it can be seen
     */
    public static String of(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point == ' ' || isSeen(point)) {
                visible.appendCodePoint(point);
            } else {
                for (char unit : Character.toChars(point)) {
                    visible.append(String.format("\\u%04X", (int) unit));
                }
            }
        });
        return visible.toString();
    }

    /** {@return a character in quotes if all can tell it from others, else its number and name in Unicode} */
    static String named(int point) {
        if (point == ' ') {
            return "a space";
        }
        if (point > ' ' && point < 0x7F) {
            return "'" + Character.toString(point) + "'";
        }
        String name = Character.getName(point);
        return String.format("U+%04X", point) + (name == null ? "" : " " + name);
    }

    private static boolean isSeen(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
