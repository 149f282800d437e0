// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code check}: makes the check and shows it while it is made. */
final class CheckCommand {
    private final Terminal terminal;
    private final Arguments arguments;
    private final Settings settings;

    CheckCommand(Map<String, String> environment, Terminal terminal, Arguments arguments) {
        this.terminal = terminal;
        this.arguments = arguments;
        this.settings = new Settings(CommandSettings.of(environment, arguments));
    }

    int run() {
        // Now, and not after minutes of checking.
        arguments.find(Option.JUNIT).ifPresent(file -> write(file, ""));
        Settings.Read read = settings.read(arguments.find(Option.ROLE));
        Map<String, String> principals = new LinkedHashMap<>();
        read.roles()
                .forEach(role ->
                        principals.put(role.name(), role.servicePrincipal().toString()));
        Colours colours = CommandSettings.colours(terminal, arguments, settings.environment());
        TextReport text = new TextReport(colours, principals);
        ProgressLine line = new ProgressLine(terminal, arguments.has(Option.JSON) ? null : text);
        arguments.find(Option.TIMEOUT).ifPresent(seconds -> read.doctor().requestTimeout(seconds(seconds)));
        Report report = read.doctor().progress(line).build().check();
        line.end();
        if (arguments.has(Option.JSON)) {
            terminal.out().println(report.toJson());
        } else {
            terminal.out().print(text.summary(report));
        }
        arguments.find(Option.JUNIT).ifPresent(file -> write(file, report.toJUnitXml()));
        return report.passed() ? Program.ALL_PASSED : Program.FAILED;
    }

    private static Duration seconds(String text) {
        if (!text.matches("[1-9][0-9]{0,3}")) {
            throw new UsageException("--timeout needs a number of seconds, 1 to 9999");
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private static void write(String file, String xml) {
        try {
            Files.writeString(Path.of(file), xml, StandardCharsets.UTF_8);
        } catch (IOException | InvalidPathException e) {
            throw new UsageException("the JUnit report cannot be written to " + file + ": "
                    + e.getClass().getSimpleName());
        }
    }
}
