// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.util.regex.Pattern;

/**
 * How servers say that they do not know the session. The request is sent again on the strength of it, so the words must
 * begin with that and be few: whatever a tool reports of a session of its own does not.
 */
final class LostSession {
    private static final int LONGEST = 200;
    private static final String BEFORE = "\\s*(?:(?:bad request|not found|invalid request|error)\\s*[:.-]\\s*)?";
    private static final String NAMED = "(?:mcp[ -])?session(?:[ -]id)?(?: header)?";
    private static final String GONE = "(?:not found|expired|terminated|missing|required|invalid|unknown|closed)";

    /** "Session not found: 7f3c", "Session with ID 7f3c not found". */
    private static final Pattern NOT_FOUND = words(NAMED + "(?: with id)?(?: \\S{1,128})? (?:was )?not found");

    /**
     * As seen: the TypeScript, Python, Java and Go servers and their examples ("Bad Request: No valid session ID provided",
     * "Invalid or missing session ID", "Mcp-Session-Id header is required", "Server not initialized").
     */
    private static final Pattern LOST = words("(?:" + NAMED + " (?:is |was |has |has been )?" + GONE
            + "|no (?:valid |active |such )?" + NAMED
            + "|(?:invalid|unknown|missing|expired)(?: or (?:invalid|unknown|missing|expired))? " + NAMED
            + "|server not initialized)");

    private LostSession() {}

    static boolean notFound(String words) {
        return words.length() <= LONGEST && NOT_FOUND.matcher(words).lookingAt();
    }

    static boolean in(String words) {
        return notFound(words)
                || (words.length() <= LONGEST && LOST.matcher(words).lookingAt());
    }

    private static Pattern words(String words) {
        return Pattern.compile(BEFORE + words + "\\b", Pattern.CASE_INSENSITIVE);
    }
}
