// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Texts that people choose, on their way into a header: nothing in them can end it. Checked before the JDK sees them, because
 * the JDK quotes a header value it refuses in its exception.
 */
public final class HeaderText {
    private static final int DELETE = 0x7F;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7E]([\\x20-\\x7E]*[\\x21-\\x7E])?");

    private HeaderText() {}

    /**
     * Writes a text in visible ASCII without its percent sign, and every byte of anything else, in UTF-8, as {@code %XX}. So
     * a server that decodes gets what was there.
     *
     * @param text any text
     * @return what can be sent; empty if the text is
     */
    public static String encoded(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < DELETE && b != '%') {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    /**
     * Checks a text that is sent as it is.
     *
     * @param text the text
     * @param what what it is, for the message
     * @param header the header it is for, for the message
     * @return the text
     * @throws IllegalArgumentException if it cannot be sent; the message does not quote it
     */
    public static String require(String text, String what, String header) {
        if (!SENDABLE.matcher(text).matches()) {
            throw new IllegalArgumentException(what + " cannot be sent in the header " + header
                    + ": it is empty, starts or ends with a space, or holds a line break or a character outside ASCII");
        }
        return text;
    }
}
