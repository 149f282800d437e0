// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import java.util.regex.Pattern;

/** Presigned addresses in what servers say: whoever has the whole of one can read the file. */
final class Addresses {
    private static final Pattern QUERY = Pattern.compile("(?i)(https?(?:://|:\\\\/\\\\/)[^\\s?\"'<>]*)\\?[^\\s\"'<>]*");

    private Addresses() {}

    static String withoutQueries(String text) {
        return QUERY.matcher(text).replaceAll("$1?[removed]");
    }
}
