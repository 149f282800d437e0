// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A small text file that somebody else keeps renewing, and may be replacing just now.
 *
 * <ol>
 *   <li>A file that is renamed into place is read whole, old or new.
 *   <li>The kubelet points the link {@code ..data} elsewhere and removes the old directory: the file may be gone between
 *       finding and opening it. It is looked for again.
 *   <li>A file that is written in place is empty at first, and is looked at again. Where size or time change while it is
 *       read, it is read again, unless it is another file by then.
 *   <li>What nobody can see is a writer that stops half-way: its file stands still and is read as it is, cut off. Whoever
 *       reads a file must be ready for that, and try again later.
 * </ol>
 *
 * @param path where it is
 */
public record RenewedFile(Path path) {
    /** A JWT with many claims has a few kilobytes; 64 are far more than any header would carry. */
    private static final int LIMIT = 64 * 1024;

    private static final int LOOKS = 10;
    private static final long PAUSE_NANOS = 10_000_000;

    /**
     * A file.
     *
     * @param path where it is; it need not be there yet
     */
    public RenewedFile {
        requireNonNull(path, "path");
    }

    /**
     * Reads it, and looks again where it is being replaced; that takes a tenth of a second at most.
     *
     * @return the whole text; blank if it stays so
     * @throws UnusableFileException if it is too large, or changed each time
     * @throws IOException if it is not there or cannot be read
     */
    public String text() throws IOException {
        for (int look = 1; ; look++) {
            boolean last = look == LOOKS;
            try {
                Optional<String> text = textIfStill();
                if (text.isPresent() && (last || !text.get().isBlank())) {
                    return text.get();
                }
            } catch (NoSuchFileException e) {
                if (last) {
                    throw e;
                }
            }
            if (last) {
                throw new UnusableFileException("changed each of the " + LOOKS + " times it was read", true);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private Optional<String> textIfStill() throws IOException {
        BasicFileAttributes before = Files.readAttributes(path, BasicFileAttributes.class);
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(LIMIT + 1);
        }
        if (bytes.length > LIMIT) {
            throw new UnusableFileException("is larger than " + LIMIT + " bytes, larger than any JWT", false);
        }
        BasicFileAttributes after = Files.readAttributes(path, BasicFileAttributes.class);
        // Another file by now, so each was whole; and what is no regular file, such as a pipe, has no size to compare
        // with.
        boolean whole = !after.isRegularFile() || !Objects.equals(after.fileKey(), before.fileKey());
        boolean still = whole
                || (after.size() == bytes.length && after.lastModifiedTime().equals(before.lastModifiedTime()));
        return still ? Optional.of(new String(bytes, StandardCharsets.UTF_8)) : Optional.empty();
    }
}
