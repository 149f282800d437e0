// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.tokenfederation.IdpTokenException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenFileTest {
    private static final String LINE = "eyJ" + "a".repeat(4_000);

    @TempDir
    private Path directory;

    @Test
    void fileOfAnotherUserNamesFsGroup() {
        TokenFile file = new TokenFile(directory.resolve("token"));

        IdpTokenException failure = file.problem(new AccessDeniedException(directory.toString()));

        assertThat(failure.code()).isEqualTo("WORKLOAD_FILE_FORBIDDEN");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.fix()).contains("fsGroup");
    }

    @Test
    void fileOfModeZeroIsForbidden() throws IOException {
        Path path = Files.writeString(directory.resolve("token"), LINE);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(path), "the super-user is refused nothing");

        assertThatExceptionOfType(IdpTokenException.class)
                .isThrownBy(() -> new TokenFile(path).line())
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("WORKLOAD_FILE_FORBIDDEN"));
    }

    @Test
    void otherFailureOfTheDiskIsUnreadable() {
        IdpTokenException failure =
                new TokenFile(directory.resolve("token")).problem(new FileSystemException("x", null, "I/O error"));

        assertThat(failure.code()).isEqualTo("WORKLOAD_FILE_UNREADABLE");
        assertThat(failure).hasCauseInstanceOf(FileSystemException.class);
    }

    /** Writers that rewrite the file in place leave it empty for moments. */
    @Test
    void fileThatIsRewrittenInPlaceIsReadWholeOrNotAtAll() throws Exception {
        Path path = Files.writeString(directory.resolve("token"), LINE);
        AtomicBoolean stop = new AtomicBoolean();
        Thread writer = new Thread(() -> rewrite(path, stop));
        writer.start();
        TokenFile file = new TokenFile(path);
        int whole = 0;
        try {
            while (whole < 200) {
                try {
                    assertThat(file.line().equals(LINE)).as("read whole").isTrue();
                    whole++;
                } catch (IdpTokenException e) {
                    // A writer that never rests may be met each time it is looked at: an error, but never half a token.
                    assertThat(e.code()).isIn("WORKLOAD_FILE_NO_JWT", "WORKLOAD_FILE_NOT_ONE_LINE");
                }
            }
        } finally {
            stop.set(true);
            writer.join();
        }
        assertThat(whole).isEqualTo(200);
    }

    private static void rewrite(Path path, AtomicBoolean stop) {
        byte[] bytes = LINE.getBytes(StandardCharsets.UTF_8);
        while (!stop.get()) {
            try (FileChannel out =
                    FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                out.write(ByteBuffer.wrap(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
