// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** What the commands that need settings have in common. */
final class CommandSettings {
    private CommandSettings() {}

    static Configuration of(Map<String, String> environment, Arguments arguments) {
        return new Configuration(
                environment,
                arguments
                        .find(Option.CONFIG)
                        .map(CommandSettings::path)
                        .map(ConfigurationFile::read)
                        .orElse(Map.of()));
    }

    /** See https://no-color.org: the variable counts if it is there and not empty. */
    static Colours colours(Terminal terminal, Arguments arguments, Map<String, String> environment) {
        boolean off = !terminal.interactive()
                || arguments.has(Option.NO_COLOR)
                || !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        return off ? Colours.OFF : Colours.ON;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("what --config names is no path");
        }
    }
}
