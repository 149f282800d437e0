// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What catches what nobody thought of, and what is written where. */
class LastNetTest {
    @TempDir
    Path directory;

    /** Its message, and the stack below it, could show what was read. */
    @Test
    void errorOfItsOwnIsNamedByItsClassAlone() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        InputStream broken = new ByteArrayInputStream(new byte[0]) {
            @Override
            public byte[] readNBytes(int most) {
                throw new IllegalStateException("canary of what was read");
            }
        };
        Terminal terminal = new Terminal(
                broken,
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);

        int exitCode = new Program(Map.of(), terminal).run("explain");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("federation-doctor: stopped by an error of its own, java.lang.IllegalStateException; please"
                        + " report it." + System.lineSeparator());
    }

    @Test
    void whatCannotBeSeenInADetailIsMadeVisible() {
        Outcome.Passed passed = new Outcome.Passed("ab\u001b[2Jc\nd\u202ee");

        assertThat(passed.detail()).startsWith("ab").endsWith("e");
        assertThat(passed.detail().chars()).noneMatch(c -> c < ' ' || c == 0x202e);
    }

    @Test
    void reportThatIsALinkStaysOne() throws IOException {
        Path kept = Files.writeString(directory.resolve("kept.xml"), "<old/>");
        Path link = Files.createSymbolicLink(directory.resolve("link.xml"), kept);

        JUnitFile.open(link.toString()).replace("<new/>");

        assertThat(link).isSymbolicLink();
        assertThat(kept).hasContent("<new/>");
        assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void reportThatIsNoFileIsWrittenToAndNotReplaced() {
        JUnitFile.open("/dev/null").replace("<new/>");

        assertThat(Path.of("/dev/null")).exists();
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
        assertThat(Path.of("/dev/null." + ProcessHandle.current().pid() + ".tmp"))
                .doesNotExist();
    }

    @Test
    void reportThatWasNotWrittenLeavesTheOldOneAndNothingElse() throws IOException {
        Path old = Files.writeString(directory.resolve("report.xml"), "<old/>");

        JUnitFile.open(old.toString()).discard();

        assertThat(old).hasContent("<old/>");
        assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void reportCannotBeADirectory() {
        assertThatThrownBy(() -> JUnitFile.open(directory.toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("it is a directory");
    }
}
