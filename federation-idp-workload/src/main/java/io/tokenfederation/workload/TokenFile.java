// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.workload;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.RenewedFile;
import io.tokenfederation.internal.UnusableFileException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;

/** Finds the one line of a file that somebody else may be replacing just now. */
final class TokenFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path path;

    TokenFile(Path path) {
        this.path = path;
    }

    /** {@return the one line of the file, nothing around it} */
    String line() {
        try {
            return onlyLine(new RenewedFile(path).text());
        } catch (IOException e) {
            throw problem(e);
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
        if (failure instanceof UnusableFileException unusable) {
            WorkloadErrorCode code = unusable.changing()
                    ? WorkloadErrorCode.WORKLOAD_FILE_NO_JWT
                    : WorkloadErrorCode.WORKLOAD_FILE_UNREADABLE;
            problem = code.problem("the file " + path + " " + unusable.getMessage());
        } else if (failure instanceof NoSuchFileException) {
            problem = WorkloadErrorCode.WORKLOAD_FILE_MISSING.problem("there is no file " + path);
        } else if (failure instanceof AccessDeniedException) {
            problem = WorkloadErrorCode.WORKLOAD_FILE_FORBIDDEN.problem("this process may not read the file " + path);
        } else {
            problem = WorkloadErrorCode.WORKLOAD_FILE_UNREADABLE.problem(
                    "the file " + path + " cannot be read" + (Files.isDirectory(path) ? ": it is a directory" : ""));
        }
        return new IdpTokenException(problem.cause(failure));
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
