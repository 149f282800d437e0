// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A value of the body as a header carries it (2026-07-28, "Value Encoding"). */
final class HeaderValue {
    private static final String START = "=?base64?";
    private static final String END = "?=";

    private HeaderValue() {}

    /** The value itself if a header can carry it and nobody can take it for an encoded one; encoded otherwise. */
    static String of(String value) {
        boolean plain = value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7F))
                && value.equals(value.strip())
                && !(value.startsWith(START) && value.endsWith(END));
        return plain ? value : START + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + END;
    }
}
