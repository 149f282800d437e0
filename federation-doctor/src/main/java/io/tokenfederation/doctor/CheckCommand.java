// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
        Optional<JUnitFile> junit = arguments.find(Option.JUNIT).map(JUnitFile::open);
        try {
            Report report = check();
            junit.ifPresent(file -> file.replace(report.toJUnitXml()));
            return report.passed() ? Program.ALL_PASSED : Program.FAILED;
        } finally {
            junit.ifPresent(JUnitFile::discard);
        }
    }

    private Report check() {
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
        return report;
    }

    private static Duration seconds(String text) {
        if (!text.matches("[1-9][0-9]{0,3}")) {
            throw new UsageException("--timeout needs a number of seconds, 1 to 9999");
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }
}
