// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RenewedFileTest {
    @TempDir
    private Path directory;

    @Test
    void textIsReadAsItIs() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "jwt\n");

        assertThat(new RenewedFile(file).text()).isEqualTo("jwt\n");
    }

    @Test
    void fileThatStaysEmptyIsBlank() throws IOException {
        assertThat(new RenewedFile(Files.createFile(directory.resolve("token"))).text())
                .isEmpty();
    }

    @Test
    void fileThatDoesNotComeIsMissing() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> new RenewedFile(directory.resolve("token")).text());
    }

    @Test
    void fileThatIsTooLargeIsNotChanging() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "a".repeat(64 * 1024 + 1));

        assertThatExceptionOfType(UnusableFileException.class)
                .isThrownBy(() -> new RenewedFile(file).text())
                .satisfies(e -> assertThat(e.changing()).isFalse())
                .withMessageContaining("65536 bytes");
    }
}
