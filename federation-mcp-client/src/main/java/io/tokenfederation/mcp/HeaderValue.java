// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A value of the body as a header carries it (2026-07-28, "Value Encoding"). */
final class HeaderValue {
    private static final String START = "=?base64?";
    private static final String END = "?=";
    private static final char DELETE = 0x7F;

    private HeaderValue() {}

    private static boolean plain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\t' && (c < ' ' || c >= DELETE)) {
                return false;
            }
        }
        return value.equals(value.strip()) && !(value.startsWith(START) && value.endsWith(END));
    }

    /** The value itself if a header can carry it and nobody can take it for an encoded one; encoded otherwise. */
    static String of(String value) {
        return plain(value)
                ? value
                : START + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + END;
    }
}
