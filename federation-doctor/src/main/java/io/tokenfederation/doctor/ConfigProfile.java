// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One profile of the file that Databricks' CLI and SDKs keep their settings in. Its values may be secrets: they are
 * compared and never shown.
 *
 * @see <a href="https://docs.databricks.com/aws/en/dev-tools/auth/config-profiles">Databricks: configuration profiles</a>
 */
final class ConfigProfile {
    private static final String USUAL = "DEFAULT";

    /** A file of settings is never as large; whatever this is, it is none. */
    private static final long MOST_BYTES = 1 << 20;

    private final Path file;
    private final String name;
    private final Map<String, String> values;

    private ConfigProfile(Path file, String name, Map<String, String> values) {
        this.file = file;
        this.name = name;
        this.values = Map.copyOf(values);
    }

    /**
     * Reads the profile that the tools would read.
     *
     * @param environment the variables: {@code DATABRICKS_CONFIG_FILE}, {@code DATABRICKS_CONFIG_PROFILE}, {@code HOME}
     * @return the profile; empty if there is no such file or profile, or it cannot be read
     */
    static Optional<ConfigProfile> of(Map<String, String> environment) {
        String name = environment.getOrDefault("DATABRICKS_CONFIG_PROFILE", "").strip();
        String section = name.isEmpty() ? USUAL : name;
        try {
            Path file = file(environment);
            if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
                return Optional.empty();
            }
            Map<String, String> values = section(Files.readString(file), section);
            return values.isEmpty() ? Optional.empty() : Optional.of(new ConfigProfile(file, section, values));
        } catch (IOException | InvalidPathException e) {
            // Then the tools do not read it either.
            return Optional.empty();
        }
    }

    Optional<String> find(String field) {
        return Optional.ofNullable(values.get(field)).filter(value -> !value.isEmpty());
    }

    /** {@return the names of its settings} */
    Set<String> fields() {
        return values.keySet();
    }

    /** {@return which profile of which file} */
    @Override
    public String toString() {
        return "profile '" + name + "' of " + file;
    }

    private static Path file(Map<String, String> environment) {
        String named = environment.getOrDefault("DATABRICKS_CONFIG_FILE", "").strip();
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        return named.isEmpty() ? Path.of(home, ".databrickscfg") : Path.of(named);
    }

    private static Map<String, String> section(String text, String wanted) {
        Map<String, String> values = new LinkedHashMap<>();
        String section = "";
        for (String raw : text.lines().toList()) {
            String line = raw.strip();
            int equals = line.indexOf('=');
            if (line.startsWith("[") && line.endsWith("]")) {
                section = line.substring(1, line.length() - 1).strip();
            } else if (section.equals(wanted) && equals > 0 && !line.startsWith("#") && !line.startsWith(";")) {
                values.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        return values;
    }
}
