// SPDX-License-Identifier: Apache-2.0
package mcptests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that cannot outlive this JVM, however that ends: a shell stands between, reads from a pipe of ours, and ends the
 * whole process group when the pipe closes. A shutdown hook would not run in a JVM that was killed.
 */
final class Child implements AutoCloseable {
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);
    private static final int SHOWN_LINES = 40;

    /** With job control each background job is a process group of its own, with all that it starts in turn. */
    private static final String GUARD = """
            set -m
            exec 3<&0
            "$@" </dev/null 3<&- &
            command=$!
            { cat <&3 >/dev/null; kill -KILL -- -$command; } 2>/dev/null &
            guard=$!
            wait $command
            status=$?
            kill -KILL -- -$guard
            exit $status
            """;

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param directory where it runs
     * @param log where it prints to, both streams; begun anew
     * @param environment what it gets besides our own
     * @param command program and arguments
     */
    static Child start(Path directory, Path log, Map<String, String> environment, List<String> command) {
        List<String> line = new ArrayList<>(List.of("bash", "-c", GUARD, "guard"));
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(log.getParent());
            return new Child(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("bash cannot be started", e);
        }
    }

    /**
     * Starts it and waits for its end.
     *
     * @return its exit code
     * @throws IllegalStateException if it takes longer; it is ended then
     */
    static int run(Path directory, Path log, List<String> command, Duration within) {
        try (Child child = start(directory, log, Map.of(), command)) {
            if (!child.endsWithin(within)) {
                throw child.failure(command.get(0) + " took longer than " + within);
            }
            return child.process.exitValue();
        }
    }

    /** {@return whether it has ended by then} */
    boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a process", e);
        }
    }

    /** {@return what to throw: what happened, and the end of its log} */
    IllegalStateException failure(String what) {
        return failure(what, log);
    }

    /**
     * What to throw when a process failed.
     *
     * @param what what happened
     * @param log where it printed to
     */
    static IllegalStateException failure(String what, Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.toList();
            return new IllegalStateException(what + "; " + log + " ends with:\n"
                    + String.join("\n", all.subList(Math.max(0, all.size() - SHOWN_LINES), all.size())));
        } catch (IOException e) {
            return new IllegalStateException(what + "; its log cannot be read", e);
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!endsWithin(STOPS_WITHIN)) {
            process.destroyForcibly();
            throw failure("a process did not end within " + STOPS_WITHIN);
        }
    }
}
