// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.util.regex.Pattern;

/**
 * What may follow {@code Bearer } in a header (RFC 6750 §2.1, {@code b64token}). Checked before the JDK sees the value,
 * because the JDK quotes a header value it refuses in its exception.
 */
public final class BearerValue {
    private static final Pattern B64TOKEN = Pattern.compile("[A-Za-z0-9\\-._~+/]+=*");

    private BearerValue() {}

    /**
     * Checks a token.
     *
     * @param value the token
     * @param what what it is, for the message
     * @return the token
     * @throws IllegalArgumentException if it cannot be sent; the message does not quote it
     */
    public static String require(String value, String what) {
        if (!B64TOKEN.matcher(value).matches()) {
            throw new IllegalArgumentException(what + " holds characters that RFC 6750 does not allow in a bearer token"
                    + " (is there a line break, a space or a quote around it?)");
        }
        return value;
    }
}
