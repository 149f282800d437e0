// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.workload;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file that somebody else may be replacing just now.
 *
 * <ol>
 *   <li>A file that is renamed into place is read whole, old or new.
 *   <li>The kubelet points the link {@code ..data} elsewhere and removes the old directory: the file may be gone between
 *       finding and opening it. It is looked for again.
 *   <li>A file that is written in place is empty for a moment, and is looked at again; it counts as read only if size and
 *       time are the same before and after, or if it is another file by then.
 * </ol>
 */
final class TokenFile {
    /** A JWT with many claims has a few kilobytes; 64 are far more than any header would carry. */
    private static final int LIMIT = 64 * 1024;

    private static final int LOOKS = 10;
    private static final long PAUSE_NANOS = 10_000_000;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path path;

    TokenFile(Path path) {
        this.path = path;
    }

    /** {@return the one line of the file, nothing around it} */
    String line() {
        for (int look = 1; ; look++) {
            try {
                String text = textIfStill();
                if (text != null && (!text.isBlank() || look == LOOKS)) {
                    return onlyLine(text);
                }
            } catch (NoSuchFileException e) {
                if (look == LOOKS) {
                    throw problem(e);
                }
            } catch (IOException e) {
                throw problem(e);
            }
            if (look == LOOKS) {
                throw WorkloadErrorCode.WORKLOAD_FILE_UNREADABLE.exception(
                        "the file " + path + " changed each of the " + LOOKS + " times it was read");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** {@return when the file was last written; the epoch if that cannot be had} */
    FileTime written() {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    /** {@return whether the kubelet keeps this file up to date: it does so by a link beside it} */
    boolean isKeptByKubelet() {
        Path directory = path.toAbsolutePath().getParent();
        return directory != null && Files.exists(directory.resolve("..data"), LinkOption.NOFOLLOW_LINKS);
    }

    /** What a failure to read means; package-private, because the super-user who runs a test is refused nothing. */
    IdpTokenException problem(IOException failure) {
        Problem problem;
        if (failure instanceof NoSuchFileException) {
            problem = WorkloadErrorCode.WORKLOAD_FILE_MISSING.problem("there is no file " + path);
        } else if (failure instanceof AccessDeniedException) {
            problem = WorkloadErrorCode.WORKLOAD_FILE_FORBIDDEN.problem("this process may not read the file " + path);
        } else {
            problem = WorkloadErrorCode.WORKLOAD_FILE_UNREADABLE.problem(
                    "the file " + path + " cannot be read" + (Files.isDirectory(path) ? ": it is a directory" : ""));
        }
        return new IdpTokenException(problem.cause(failure));
    }

    /** {@return the text; null if the file changed while it was read} */
    private @Nullable String textIfStill() throws IOException {
        BasicFileAttributes before = Files.readAttributes(path, BasicFileAttributes.class);
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(LIMIT + 1);
        }
        if (bytes.length > LIMIT) {
            throw WorkloadErrorCode.WORKLOAD_FILE_UNREADABLE.exception(
                    "the file " + path + " is larger than " + LIMIT + " bytes: it is no token");
        }
        BasicFileAttributes after = Files.readAttributes(path, BasicFileAttributes.class);
        // Another file by now, so each was whole; and what is no regular file, such as a pipe, has no size to compare
        // with.
        boolean whole = !after.isRegularFile() || !Objects.equals(after.fileKey(), before.fileKey());
        boolean still = whole
                || (after.size() == bytes.length && after.lastModifiedTime().equals(before.lastModifiedTime()));
        return still ? new String(bytes, StandardCharsets.UTF_8) : null;
    }

    private String onlyLine(String text) {
        String marked = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        if (marked.indexOf('\0') >= 0) {
            throw WorkloadErrorCode.WORKLOAD_FILE_NOT_ONE_LINE.exception(
                    "the file " + path + " is no UTF-8 text; it may be UTF-16, as some Windows shells write");
        }
        List<String> lines = marked.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.size() != 1) {
            throw WorkloadErrorCode.WORKLOAD_FILE_NOT_ONE_LINE.exception("the file " + path
                    + (lines.isEmpty() ? " is empty" : " has " + lines.size() + " lines that are not empty"));
        }
        return lines.get(0);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
