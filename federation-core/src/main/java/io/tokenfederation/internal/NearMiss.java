// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.util.Locale;
import java.util.Optional;

/** Names the difference between two values that should have been the same, where it is one people make. */
public final class NearMiss {
    private static final String AUTH0_SUFFIX = "@clients";

    private NearMiss() {}

    /**
     * Compares.
     *
     * @param a one value
     * @param b the other
     * @return how they differ, to follow "they differ by"; empty if they are equal or differ in no known way
     */
    public static Optional<String> between(String a, String b) {
        if (a.equals(b)) {
            return Optional.empty();
        }
        if ((a + "/").equals(b) || (b + "/").equals(a)) {
            return Optional.of("a trailing slash");
        }
        if ((a + AUTH0_SUFFIX).equals(b) || (b + AUTH0_SUFFIX).equals(a)) {
            return Optional.of("Auth0's suffix " + AUTH0_SUFFIX);
        }
        if (a.strip().equals(b.strip())) {
            return Optional.of("white space around it");
        }
        if (a.toLowerCase(Locale.ROOT).equals(b.toLowerCase(Locale.ROOT))) {
            return Optional.of("upper and lower case");
        }
        if (schemeless(a).equals(schemeless(b))) {
            return Optional.of("the scheme at the start");
        }
        return Optional.empty();
    }

    private static String schemeless(String value) {
        return value.replaceFirst("^https?://", "");
    }
}
