// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server said, made fit for a message: no token, no secret, no control character, no HTML, at most 300 characters.
 */
public final class SafeText {
    private static final int MOST = 300;

    /** Longer than any text worth reading; bounds the work of the patterns below. */
    private static final int READ = 4_096;

    private static final Pattern TAGS = Pattern.compile("<(script|style)[^>]*>.*?</\\1>|<[^>]*>", Pattern.DOTALL);
    /** User name and password in a URL, or where somebody left out the scheme. */
    private static final Pattern USER_INFO = Pattern.compile("(?<=//)[^/\\s@]+@|^[^/\\s@:'\"]+:[^/\\s@'\"]+@");

    private static final Pattern JWT_LIKE = Pattern.compile("eyJ[A-Za-z0-9_\\-]+(?:\\.[A-Za-z0-9_\\-]*)*");
    private static final Pattern NAMED_SECRET = Pattern.compile(
            "(?i)\\b(client_secret|client_assertion|subject_token|actor_token|access_token|refresh_token|id_token|"
                    + "assertion|password|code_verifier|authorization)\\b([\"']?\\s*[=:]\\s*[\"']?)"
                    + "(?:(?:bearer|basic)\\s+)?[^\\s\"'&,;}]{4,}");
    /** Long enough not to take the next word of a sentence about bearer tokens for one. */
    private static final Pattern AUTHORIZATION =
            Pattern.compile("(?i)\\b(bearer|basic)(\\s+)[A-Za-z0-9\\-._~+/=]{16,}");

    /** A Databricks personal access token, or an opaque run too long to be a word, an id or a URL's path. */
    private static final Pattern LONG_RUN = Pattern.compile("\\bdapi[0-9a-f]{8,}\\b|[A-Za-z0-9_\\-+/=]{64,}");

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Z}]+");

    private SafeText() {}

    /**
     * Makes a text fit for a message.
     *
     * @param text what the server said
     * @return the text, scrubbed and cut
     */
    public static String of(String text) {
        String safe = scrubbed(text);
        return safe.length() > MOST ? safe.substring(0, MOST - 1) + "…" : safe;
    }

    /**
     * Takes out of a name that the application itself has set what looks like a credential, and nothing else: tokens, and
     * runs of 64 characters and more that hold a digit. One without is a long name.
     *
     * @param name the name, such as one part of a URL's path
     * @return the name, never cut
     */
    public static String withoutCredentials(String name) {
        String safe = JWT_LIKE.matcher(name).replaceAll("[token removed]");
        return LONG_RUN.matcher(safe)
                .replaceAll(run -> run.group().chars().anyMatch(Character::isDigit)
                        ? "[removed]"
                        : Matcher.quoteReplacement(run.group()));
    }

    /**
     * Scrubs a text that is still to be looked into; cut it by {@link #of} before it is shown.
     *
     * @param text what the server said
     * @return the text, scrubbed but whole up to 4096 characters
     */
    public static String scrubbed(String text) {
        String safe = text.length() > READ ? text.substring(0, READ) : text;
        safe = TAGS.matcher(safe).replaceAll(" ");
        safe = CONTROL.matcher(safe).replaceAll(" ").strip();
        safe = USER_INFO.matcher(safe).replaceAll("[removed]@");
        safe = JWT_LIKE.matcher(safe).replaceAll("[token removed]");
        safe = NAMED_SECRET.matcher(safe).replaceAll("$1$2[removed]");
        safe = AUTHORIZATION.matcher(safe).replaceAll("$1$2[removed]");
        return LONG_RUN.matcher(safe).replaceAll("[removed]");
    }
}
