// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of settings: Java properties, or one JSON object. The names are those of the environment variables. */
final class ConfigurationFile {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final List<String> NAMES =
            Arrays.stream(Variable.values()).map(Variable::name).toList();

    /** How the place of a properties file's entry begins; in JSON, quotes are JSON's. */
    private static final String LINE = "line ";

    private ConfigurationFile() {}

    /** @throws SettingsException if it cannot be read, or sets something nobody knows, or twice */
    static Map<Variable, String> read(Path file) {
        String text = text(file);
        List<Entry> given = text.stripLeading().startsWith("{") ? ofJson(text, file) : ofProperties(text, file);
        // A key or token of several lines looks like several names: one that cannot be a name makes all doubtful.
        boolean shown = given.stream().map(Entry::name).allMatch(PlainName::is);
        List<Mistake> mistakes = new ArrayList<>();
        Map<Variable, String> values = new EnumMap<>(Variable.class);
        for (Entry entry : given) {
            Optional<Mistake> shell = entry.writtenForAShell(file);
            if (shell.isPresent()) {
                mistakes.add(shell.get());
            } else if (!NAMES.contains(entry.name())) {
                mistakes.add(
                        new Mistake(
                                shown ? entry.name() : entry.place() + " (not shown)",
                                "in " + PlainName.of(file) + " is no setting" + Nearest.hint(entry.name(), NAMES),
                                "Correct its name, or remove it; a value of several lines needs a backslash at each line's end."));
            } else if (values.put(Variable.valueOf(entry.name()), entry.value()) != null) {
                mistakes.add(new Mistake(
                        entry.name(), "is twice in " + PlainName.of(file) + ", in " + entry.place(), "Remove one."));
            }
        }
        if (!mistakes.isEmpty()) {
            throw new SettingsException(mistakes);
        }
        return values;
    }

    /** What a file sets, and where in it. */
    private record Entry(String name, String value, String place) {
        private static final Pattern EXPORTED = Pattern.compile("([A-Z][A-Z0-9_]*)=.*", Pattern.DOTALL);
        private static final Pattern QUOTED = Pattern.compile("([\"']).*\\1", Pattern.DOTALL);

        /** A line that a shell would understand, and that is none of a properties file. */
        Optional<Mistake> writtenForAShell(Path file) {
            String where = " in " + PlainName.of(file) + ", in " + place;
            Matcher exported = EXPORTED.matcher(value);
            if (name.equals("export") && exported.matches() && NAMES.contains(exported.group(1))) {
                return Optional.of(new Mistake(
                        exported.group(1),
                        "has 'export' before it" + where,
                        "Remove 'export': a line is NAME=value, and no shell reads it."));
            }
            return NAMES.contains(name)
                            && place.startsWith(LINE)
                            && QUOTED.matcher(value).matches()
                    ? Optional.of(new Mistake(
                            name,
                            "is in quotes" + where,
                            "Remove the quotes: the value is all that stands behind the equals sign."))
                    : Optional.empty();
        }

        /** Without the value. */
        @Override
        public String toString() {
            return "Entry[" + place + "]";
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(
                    file, "cannot be read: " + e.getClass().getSimpleName(), "Check the path, and who may read it.");
        }
    }

    private static List<Entry> ofJson(String text, Path file) {
        List<Entry> entries = new ArrayList<>();
        try {
            JsonNode root = JSON.readTree(text);
            root.properties()
                    .forEach(field -> entries.add(
                            new Entry(field.getKey(), asText(field.getValue()), "name " + (entries.size() + 1))));
            return entries;
        } catch (JsonProcessingException e) {
            // Not the cause: it quotes the file, which holds a secret.
            long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw unreadable(
                    file,
                    "is no JSON, in line " + line,
                    "Look there for a missing comma, quote or bracket, a name that is there twice, or text behind the object.");
        }
    }

    /** A map or list stands for its JSON text, as a variable would hold it. */
    private static String asText(JsonNode value) {
        return value.isNull() ? "" : value.isValueNode() ? value.asText() : value.toString();
    }

    private static List<Entry> ofProperties(String text, Path file) {
        List<Entry> entries = new ArrayList<>();
        StringBuilder whole = new StringBuilder();
        int number = 0;
        int first = 1;
        for (String line : text.lines().toList()) {
            number++;
            whole.append(line).append('\n');
            if (!goesOn(line, whole.length() == line.length() + 1)) {
                entries.addAll(ofLine(whole.toString(), LINE + first, file));
                whole.setLength(0);
                first = number + 1;
            }
        }
        entries.addAll(ofLine(whole.toString(), LINE + first, file));
        return entries;
    }

    /** As {@link Properties#load} says: an odd number of backslashes at the end, but not of a comment. */
    private static boolean goesOn(String line, boolean begins) {
        String seen = line.stripLeading();
        if (begins && (seen.startsWith("#") || seen.startsWith("!"))) {
            return false;
        }
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\\') {
            end--;
        }
        return (line.length() - end) % 2 == 1;
    }

    private static List<Entry> ofLine(String line, String place, Path file) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(line));
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(
                    file,
                    "is no properties file, in " + place,
                    "Write NAME=value, one on each line; a backslash is written twice.");
        }
        return properties.stringPropertyNames().stream()
                .map(name -> new Entry(name, properties.getProperty(name), place))
                .toList();
    }

    private static SettingsException unreadable(Path file, String problem, String fix) {
        return new SettingsException(List.of(new Mistake(PlainName.of(file), problem, fix)));
    }
}
