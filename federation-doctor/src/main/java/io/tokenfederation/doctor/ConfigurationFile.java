// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A file of settings: Java properties, or one JSON object. The names are those of the environment variables. */
final class ConfigurationFile {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final List<String> NAMES =
            Arrays.stream(Variable.values()).map(Variable::name).toList();

    private ConfigurationFile() {}

    /** @throws SettingsException if it cannot be read, or sets something nobody knows */
    static Map<Variable, String> read(Path file) {
        String text = text(file);
        Map<String, String> given = text.stripLeading().startsWith("{") ? ofJson(text, file) : ofProperties(text, file);
        List<Mistake> unknown = new ArrayList<>();
        Map<Variable, String> values = new EnumMap<>(Variable.class);
        given.forEach((name, value) -> {
            if (NAMES.contains(name)) {
                values.put(Variable.valueOf(name), value);
            } else {
                unknown.add(new Mistake(
                        name,
                        "in " + file + " is no setting" + Nearest.hint(name, NAMES),
                        "Correct its name, or remove it."));
            }
        });
        if (!unknown.isEmpty()) {
            throw new SettingsException(unknown);
        }
        return values;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(
                    file, "cannot be read: " + e.getClass().getSimpleName(), "Check the path, and who may read it.");
        }
    }

    private static Map<String, String> ofJson(String text, Path file) {
        Map<String, String> values = new LinkedHashMap<>();
        try {
            JsonNode root = JSON.readTree(text);
            root.properties().forEach(field -> values.put(field.getKey(), asText(field.getValue())));
            return values;
        } catch (JsonProcessingException e) {
            // Not the cause: it quotes the file, which holds a secret.
            long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw unreadable(
                    file,
                    "is no JSON, in line " + line,
                    "Look there for a missing comma, quote or bracket, or a name that is there twice.");
        }
    }

    /** A map or list stands for its JSON text, as a variable would hold it. */
    private static String asText(JsonNode value) {
        return value.isNull() ? "" : value.isValueNode() ? value.asText() : value.toString();
    }

    private static Map<String, String> ofProperties(String text, Path file) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(
                    file, "is no properties file", "Write NAME=value, one on each line; a backslash is written twice.");
        }
        Map<String, String> values = new LinkedHashMap<>();
        properties.stringPropertyNames().stream()
                .sorted()
                .forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }

    private static SettingsException unreadable(Path file, String problem, String fix) {
        return new SettingsException(List.of(new Mistake(file.toString(), problem, fix)));
    }
}
