// SPDX-License-Identifier: Apache-2.0
package mcptests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No process is left behind. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ChildTest {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    /** Starts a process that would last, tells its id, and waits to be killed. */
    static final class Parent {
        public static void main(String[] arguments) throws Exception {
            Child child = Child.start(
                    TARGET, Path.of(arguments[0]), Map.of(), List.of("sh", "-c", "echo $$; exec sleep 600"));
            child.endsWithin(Duration.ofMinutes(10));
        }
    }

    @Test
    void childEndsWithAJvmThatIsKilled() throws Exception {
        Path log = TARGET.resolve("child-of-killed.log");
        Files.deleteIfExists(log);
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Parent.class.getName(),
                        log.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        ProcessHandle child = ProcessHandle.of(firstLine(
                        log,
                        () -> !parent.onExit()
                                .completeOnTimeout(parent, 50, TimeUnit.MILLISECONDS)
                                .join()
                                .isAlive()))
                .orElseThrow();

        parent.destroyForcibly();

        child.onExit().get();
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void closingEndsIt() throws Exception {
        Path log = TARGET.resolve("child-closed.log");
        Files.deleteIfExists(log);
        Child child = Child.start(TARGET, log, Map.of(), List.of("sh", "-c", "echo $$; exec sleep 600"));
        ProcessHandle process = ProcessHandle.of(firstLine(log, () -> child.endsWithin(Duration.ofMillis(50))))
                .orElseThrow();

        child.close();

        process.onExit().get();
        assertThat(process.isAlive()).isFalse();
    }

    /** What the process has printed, once it has; a look every moment, until it ends. */
    private static long firstLine(Path log, BooleanSupplier ended) throws Exception {
        while (!ended.getAsBoolean()) {
            String text = Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
            if (text.endsWith("\n")) {
                return Long.parseLong(text.strip());
            }
        }
        throw new IllegalStateException("it ended before it had started anything");
    }
}
