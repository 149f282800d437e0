// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Which words may be repeated to whoever gave them: names only, as any word may be a secret in the wrong place. */
final class PlainName {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_-][A-Za-z0-9_-]{0,40}");
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,40}");

    /** The beginning of a JWT, and a Databricks token. */
    private static final Pattern TOKEN = Pattern.compile("eyJ|dapi\\p{XDigit}{8}");

    /** Names are seldom long with capitals, small letters and digits in them; generated secrets are always. */
    private static final Pattern GENERATED = Pattern.compile("(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9]).{16,}");

    private PlainName() {}

    static boolean is(String word) {
        return NAME.matcher(word).matches() && !isSecret(word);
    }

    /** {@return the word in quotes, or that it is not shown} */
    static String quoted(String word) {
        return is(word) ? "'" + word + "'" : "(not shown)";
    }

    /** {@return a file's own name, or that it is not shown} */
    static String of(Path file) {
        String name = String.valueOf(file.getFileName());
        return FILE_NAME.matcher(name).matches() && !isSecret(name) ? name : "(name not shown)";
    }

    private static boolean isSecret(String word) {
        return TOKEN.matcher(word).find() || GENERATED.matcher(word).matches();
    }
}
