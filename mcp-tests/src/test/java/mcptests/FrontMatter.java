// SPDX-License-Identifier: Apache-2.0
package mcptests;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields at the head of a SKILL.md: lines of {@code key: value} between two lines of three dashes. Whatever else YAML can
 * be there is refused, so that nothing is compared that another reader of YAML would read as something else.
 */
record FrontMatter(Map<String, String> fields) {
    private static final String FENCE = "---\n";

    /** A value that YAML reads as this very text: one line of printable characters, beginning with no indicator. */
    private static final Pattern FIELD = Pattern.compile(
            "([A-Za-z][A-Za-z0-9_-]*): ([^\\s\\p{Cntrl}?:,\\[\\]{}#&*!|>'\"%@`-][^\\p{Cntrl}\\u0085\\u2028\\u2029\\uFEFF]*)");

    /** What would end a plain value, or begin a comment. */
    private static final Pattern NOT_PLAIN = Pattern.compile(": |:$| #| $");

    /** What YAML 1.1 or 1.2 reads as no text: null, truth, number, date. */
    private static final Pattern NO_TEXT = Pattern.compile(
            "(?i)~|null|true|false|yes|no|on|off|y|n|=|<<|[+.]?[0-9][0-9a-fox_.,:+TZ\\s/-]*|[+.]+(inf|nan|[0-9].*)");

    static FrontMatter of(String document) {
        int end = document.indexOf("\n" + FENCE, FENCE.length() - 1);
        if (!document.startsWith(FENCE) || end < 0) {
            throw new IllegalArgumentException("the file has no front matter");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : document.substring(FENCE.length(), Math.max(end, FENCE.length()))
                .split("\n", -1)) {
            Matcher field = FIELD.matcher(line);
            if (!field.matches() || !isPlainText(field.group(2))) {
                throw new IllegalArgumentException("the front matter holds more than plain fields");
            }
            if (fields.put(field.group(1), field.group(2)) != null) {
                throw new IllegalArgumentException("the front matter has a field twice");
            }
        }
        return new FrontMatter(fields);
    }

    private static boolean isPlainText(String value) {
        return !NOT_PLAIN.matcher(value).find() && !NO_TEXT.matcher(value).matches();
    }
}
