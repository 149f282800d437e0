// SPDX-License-Identifier: Apache-2.0
package example.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the quoted strings of HCL strictly, by the specification of its native syntax: a line break in a string, an escape it
 * does not know, and the beginning of a template are errors.
 */
final class Hcl {
    private static final Pattern ATTRIBUTE = Pattern.compile("(?m)^ *([a-z_]+) *= (\\[?)(?=\")");

    private final String text;
    private int at;

    private Hcl(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** {@return the attributes that are strings or lists of them} */
    static Map<String, List<String>> attributes(String block) {
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(block);
        while (matcher.find()) {
            Hcl hcl = new Hcl(block, matcher.end());
            List<String> values = new ArrayList<>(List.of(hcl.string()));
            while (!matcher.group(2).isEmpty() && hcl.text.startsWith(", ", hcl.at)) {
                hcl.at += 2;
                values.add(hcl.string());
            }
            hcl.expect(matcher.group(2).isEmpty() ? "\n" : "]\n");
            attributes.put(matcher.group(1), values);
        }
        return attributes;
    }

    private String string() {
        expect("\"");
        StringBuilder value = new StringBuilder();
        while (text.charAt(at) != '"') {
            value.append(next());
        }
        expect("\"");
        return value.toString();
    }

    private String next() {
        char unit = text.charAt(at);
        if (unit == '\\') {
            return escape();
        }
        if ((unit == '$' || unit == '%') && text.charAt(at + 1) == '{') {
            throw new AssertionError("a template begins at " + at + " of " + text);
        }
        if ((unit == '$' || unit == '%') && text.startsWith(unit + "{", at + 1)) {
            at += 3;
            return unit + "{";
        }
        if (unit == '\n' || unit == '\r') {
            throw new AssertionError("a line ends within a string at " + at + " of " + text);
        }
        at++;
        return String.valueOf(unit);
    }

    private String escape() {
        char kind = text.charAt(at + 1);
        int length = kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
        String code = text.substring(at + 2, at + 2 + length);
        at += 2 + length;
        return switch (kind) {
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case '"' -> "\"";
            case '\\' -> "\\";
            case 'u', 'U' -> Character.toString(Integer.parseInt(code, 16));
            default -> throw new AssertionError("no escape of HCL: \\" + kind);
        };
    }

    private void expect(String literal) {
        if (!text.startsWith(literal, at)) {
            throw new AssertionError("expected " + literal + " at " + at + " of " + text);
        }
        at += literal.length();
    }
}
