// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A token as people paste it, with what they paste around it taken away. {@link #toString()} does not show it. */
final class PastedToken {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern HEADER = Pattern.compile("(?is)(?:proxy-)?authorization\\s*[:=]\\s*(.*)");
    private static final Pattern SCHEME = Pattern.compile("(?is)bearer[\\s:]+(.*)");
    private static final Pattern QUOTED = Pattern.compile("(?s)([\"'`])(.*)\\1[,;]?");

    private final String value;
    private final List<String> removed;

    private PastedToken(String value, List<String> removed) {
        this.value = value;
        this.removed = List.copyOf(removed);
    }

    static PastedToken read(String input) {
        List<String> removed = new ArrayList<>();
        String text = input.startsWith("\ufeff") ? input.substring(1) : input;
        text = text.strip();
        Optional<String> member = ofJson(text, removed);
        if (member.isPresent()) {
            return new PastedToken(member.get(), removed);
        }
        text = unquoted(text, removed);
        text = without(HEADER, text, "the header's name", removed);
        text = without(SCHEME, text, "'Bearer' in front of it", removed);
        text = unquoted(text, removed);
        String joined = text.replaceAll("\\s+", "");
        if (!joined.equals(text)) {
            removed.add("line breaks or spaces in it");
        }
        return new PastedToken(joined, removed);
    }

    /** {@return the token itself: keep it to yourself} */
    String value() {
        return value;
    }

    /** {@return what was around it} */
    List<String> removed() {
        return removed;
    }

    @Override
    public String toString() {
        return "PastedToken[" + value.length() + " characters]";
    }

    /** What a token endpoint answers, or a runtime. */
    private static Optional<String> ofJson(String text, List<String> removed) {
        if (!text.startsWith("{")) {
            return Optional.empty();
        }
        try {
            JsonNode root = JSON.readTree(text);
            Optional<String> name = Stream.of("access_token", "id_token", "oidcToken", "value", "token")
                    .filter(member -> root.path(member).isTextual())
                    .findFirst();
            name.ifPresent(member -> removed.add("the JSON document it stood in, as '" + member + "'"));
            return name.map(member -> root.path(member).textValue().strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String unquoted(String text, List<String> removed) {
        return without(QUOTED, text, "quotes around it", removed);
    }

    private static String without(Pattern pattern, String text, String what, List<String> removed) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            return text;
        }
        removed.add(what);
        return matcher.group(matcher.groupCount()).strip();
    }
}
