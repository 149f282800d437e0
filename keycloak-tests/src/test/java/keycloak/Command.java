// SPDX-License-Identifier: Apache-2.0
package keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A run of {@code kc.sh} that cannot outlive this JVM, however that ends: a shell stands between, reads from a pipe of
 * ours, and ends the whole process group when the pipe closes. A shutdown hook would not run in a JVM that was killed.
 */
final class Command {
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(40);
    private static final int SHOWN_LINES = 40;

    /** With job control each background job is a process group of its own; kc.sh starts a JVM below itself. */
    private static final String GUARD = """
            set -m
            exec 3<&0
            "$@" </dev/null 3<&- &
            command=$!
            { cat <&3 >/dev/null; kill -TERM -- -$command; sleep 20; kill -KILL -- -$command; } 2>/dev/null &
            guard=$!
            wait $command
            status=$?
            kill -KILL -- -$guard
            exit $status
            """;

    private final Process process;
    private final Path log;

    private Command(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Command start(Path home, Path log, Map<String, String> environment, List<String> arguments) {
        List<String> line = new ArrayList<>(
                List.of("bash", "-c", GUARD, "guard", home.resolve("bin/kc.sh").toString()));
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // What the machine has set for another Keycloak, or for its JVMs, is not meant for this one.
        builder.environment().keySet().removeIf(name -> name.startsWith("KC_") || name.startsWith("JAVA_"));
        builder.environment().putAll(environment);
        try {
            return new Command(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return whether it has ended by then} */
    boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Keycloak", e);
        }
    }

    int exitCode() {
        return process.exitValue();
    }

    void stop() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!endsWithin(STOPS_WITHIN)) {
            process.destroyForcibly();
            throw failure("Keycloak did not stop within " + STOPS_WITHIN);
        }
    }

    IllegalStateException failure(String what) {
        try {
            List<String> lines = Files.readAllLines(log);
            return new IllegalStateException(what + "; " + log + " ends with:\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size())));
        } catch (IOException e) {
            return new IllegalStateException(what + "; its log cannot be read", e);
        }
    }
}
