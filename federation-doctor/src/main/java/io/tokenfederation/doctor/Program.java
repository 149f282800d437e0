// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command line: which command, with which options. Every way out is an exit code. */
final class Program {
    static final int ALL_PASSED = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private final Map<String, String> environment;
    private final Terminal terminal;

    Program(Map<String, String> environment, Terminal terminal) {
        this.environment = environment;
        this.terminal = terminal;
    }

    int run(String... arguments) {
        try {
            Arguments given = Arguments.parse(List.of(arguments));
            return run(given);
        } catch (UsageException e) {
            terminal.err().println("federation-doctor: " + e.getMessage());
            return WRONG_USAGE;
        } catch (SettingsException e) {
            report(e.mistakes());
            return WRONG_USAGE;
        } catch (RuntimeException e) {
            // The last net: a stack trace, or a message nobody has looked at, could show what was read.
            terminal.err()
                    .println("federation-doctor: stopped by an error of its own, "
                            + e.getClass().getName() + "; please report it.");
            return WRONG_USAGE;
        }
    }

    private int run(Arguments given) {
        if (given.has(Option.VERSION)) {
            terminal.out().println("federation-doctor " + version());
            return ALL_PASSED;
        }
        if (given.command() == Command.HELP || given.has(Option.HELP)) {
            terminal.out().print(Help.of(given.topic()));
            return ALL_PASSED;
        }
        return switch (given.command()) {
            case CHECK -> new CheckCommand(environment, terminal, given).run();
            case EXPLAIN -> new ExplainCommand(terminal, given).run();
            case POLICY -> new PolicyCommand(environment, terminal, given).run();
            case HELP -> ALL_PASSED;
        };
    }

    private void report(List<Mistake> mistakes) {
        String things = mistakes.size() == 1 ? "one setting is" : mistakes.size() + " settings are";
        terminal.err().println("federation-doctor: " + things + " missing or wrong.\n");
        mistakes.forEach(mistake -> terminal.err().println("  " + mistake.inWords()));
        terminal.err()
                .println("\nAll settings: 'help check'. They are environment variables, or lines of a --config file.");
    }

    private static String version() {
        return Optional.ofNullable(Program.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }
}
