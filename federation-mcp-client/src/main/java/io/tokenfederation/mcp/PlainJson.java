// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Writes what most arguments are, the JDK's maps and lists of short texts, integers and truths, as Jackson would. Jackson is
 * made for every type there is: for a map of one text it costs more than all else that goes into a request, above all while
 * the JVM has not compiled it yet. What is not plain is left to {@link Binding}, whole.
 */
final class PlainJson {
    /** Deeper there is no end, or hardly one. */
    private static final int DEEPEST = 8;

    private final StringBuilder out = new StringBuilder();

    private PlainJson() {}

    /** The map as JSON, as Jackson writes it if nobody has taught it otherwise; null if Jackson must. */
    static byte @Nullable [] object(Object value) {
        PlainJson json = new PlainJson();
        try {
            return value instanceof Map<?, ?> && json.value(value, 0)
                    ? json.out.toString().getBytes(StandardCharsets.ISO_8859_1)
                    : null;
        } catch (RuntimeException e) {
            // A map that changes meanwhile, or a view that fails: Jackson says at what place.
            return null;
        }
    }

    /** Whether the text stands in JSON as it is, between quotation marks; in ASCII, too. */
    static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private boolean value(@Nullable Object value, int depth) {
        if (value instanceof String text) {
            return text(text);
        }
        if (value == null || value instanceof Integer || value instanceof Long || value instanceof Boolean) {
            out.append(value);
            return true;
        }
        if (depth == DEEPEST || !isOfTheJdk(value)) {
            return false;
        }
        if (value instanceof Map<?, ?> map) {
            return object(map, depth + 1);
        }
        return value instanceof List<?> list && array(list, depth + 1);
    }

    /** One of somebody else's may be written in a way of its own, and properties are texts alone. */
    private static boolean isOfTheJdk(Object value) {
        return value.getClass().getModule() == Object.class.getModule() && !(value instanceof Properties);
    }

    private boolean text(String text) {
        if (!isPlain(text)) {
            return false;
        }
        out.append('"').append(text).append('"');
        return true;
    }

    private boolean object(Map<?, ?> map, int depth) {
        out.append('{');
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            comma();
            if (!(entry.getKey() instanceof String name) || !text(name)) {
                return false;
            }
            out.append(':');
            if (!value(entry.getValue(), depth)) {
                return false;
            }
        }
        out.append('}');
        return true;
    }

    private boolean array(List<?> list, int depth) {
        out.append('[');
        for (Object value : list) {
            comma();
            if (!value(value, depth)) {
                return false;
            }
        }
        out.append(']');
        return true;
    }

    /** No value ends in a bracket that opens. */
    private void comma() {
        char last = out.charAt(out.length() - 1);
        if (last != '{' && last != '[') {
            out.append(',');
        }
    }
}
