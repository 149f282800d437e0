// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.jdbc;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether an exception of the driver speaks of a refused token. It has only words to go by; a wrong guess costs one
 * exchange in half a minute, and nothing is repeated because of it but a login.
 */
final class RefusedToken {
    private static final Pattern WORDS = Pattern.compile(
            "(?i)invalid access token|token is expiring within|token (is |has )?expired|jwt has expired|expiredjwt"
                    + "|\\b(code|status|http)\\W{0,3}401\\b");

    /** Chains of causes may be circles. */
    private static final int DEEPEST = 16;

    private RefusedToken() {}

    static boolean in(Throwable failure) {
        @Nullable Throwable link = failure;
        for (int depth = 0; link != null && depth < DEEPEST; depth++) {
            String said = link.getMessage();
            if (said != null && WORDS.matcher(said).find()) {
                return true;
            }
            link = link.getCause();
        }
        return false;
    }
}
