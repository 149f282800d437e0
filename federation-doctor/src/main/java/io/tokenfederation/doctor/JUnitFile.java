// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Where the JUnit report goes. The old report stays until the new one is whole, as it may be all there is. */
final class JUnitFile {
    private final Path file;
    private final Path beside;

    private JUnitFile(Path file, Path beside) {
        this.file = file;
        this.beside = beside;
    }

    /** @throws UsageException if nothing can be written there; better now than after minutes of checking */
    static JUnitFile open(String name) {
        try {
            Path given = Path.of(name);
            // A link stays one; a pipe or terminal cannot be replaced, so it is written to.
            Path file = Files.exists(given) ? given.toRealPath() : given.toAbsolutePath();
            if (Files.isDirectory(file)) {
                throw unwritable(given, "it is a directory");
            }
            boolean replaced = !Files.exists(file) || Files.isRegularFile(file);
            String temporary =
                    file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp";
            // No createTempFile: the report is to be as readable as any other new file here.
            return new JUnitFile(file, replaced ? Files.writeString(file.resolveSibling(temporary), "") : file);
        } catch (IOException | InvalidPathException e) {
            throw new UsageException("the JUnit report cannot be written: "
                    + e.getClass().getSimpleName() + "; check that its directory is there and may be written to");
        }
    }

    void replace(String xml) {
        try {
            if (beside.equals(file)) {
                Files.writeString(file, xml, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
                return;
            }
            Files.writeString(beside, xml, StandardCharsets.UTF_8);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unwritable(file, e.getClass().getSimpleName());
        }
    }

    /** Takes away what has not become the report. */
    void discard() {
        try {
            if (!beside.equals(file)) {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            // An empty file stays behind: no reason to call the check failed.
        }
    }

    private static UsageException unwritable(Path file, String why) {
        return new UsageException("the JUnit report cannot be written to " + PlainName.of(file) + ": " + why);
    }
}
