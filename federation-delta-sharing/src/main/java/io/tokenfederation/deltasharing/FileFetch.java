// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import io.tokenfederation.internal.HttpTransport;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Fetches files by their presigned addresses: without the token, which is the sharing server's business alone, and without
 * following redirects. No message holds an address.
 *
 * @param transport how they are fetched
 * @param patience how long to wait for the beginning, and for each next part
 * @param here whether the server itself is on this machine: another one must not send its readers to what listens here
 */
record FileFetch(HttpTransport transport, Duration patience, boolean here) {
    private static final int TRIES = 3;

    InputStream open(DataFile file) {
        CallDeadline deadline = CallDeadline.in(patience);
        return new Repetition(deadline).of(() -> opened(file, deadline));
    }

    /** A file that broke off or stalled half-way is fetched again from its beginning. */
    Path download(DataFile file, Path target) {
        for (int tries = 1; ; tries++) {
            try {
                return fetched(file, target);
            } catch (SharingException e) {
                if (tries == TRIES || !brokeOff(e) || !Repetition.paused(tries, e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean brokeOff(SharingException e) {
        return SharingErrorCode.SHARING_ANSWER_LOST.is(e)
                || SharingErrorCode.SHARING_TIMED_OUT.is(e)
                || (SharingErrorCode.SHARING_FILE_INCOMPLETE.is(e) && e.retryable());
    }

    private Path fetched(DataFile file, Path target) {
        @Nullable Path part = null;
        try (InputStream in = open(file)) {
            Path folder = target.toAbsolutePath().getParent();
            part = Files.createTempFile(folder == null ? Path.of(".") : folder, ".fetching-", ".part");
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            return Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw SharingErrorCode.SHARING_FILE_NOT_WRITTEN.exception(
                    file + " cannot be written to '" + target + "': "
                            + e.getClass().getSimpleName(),
                    e);
        } finally {
            remove(part);
        }
    }

    /** What is left of a file that was not fetched whole; after a move there is nothing. */
    private static void remove(@Nullable Path part) {
        try {
            if (part != null) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            // The failure that led here says more; the part stays behind under a name that tells what it is.
        }
    }

    private InputStream opened(DataFile file, CallDeadline deadline) {
        URI address = address(file);
        String asked = file + " at " + address.getHost();
        if (deadline.passed()) {
            throw SharingErrorCode.SHARING_TIMED_OUT.exception(asked + ": not asked for, no time was left");
        }
        StreamedBody body = new StreamedBody();
        boolean begun = false;
        try {
            HttpRequest request = HttpTransport.request(address).GET().build();
            HttpResponse<StreamedBody> response = transport.send(request, info -> body, deadline.left());
            if (response.statusCode() != 200) {
                throw StorageRefusal.of(file, asked, response, deadline);
            }
            begun = true;
            return new FileStream(body, asked, file.size(), patience);
        } catch (IOException e) {
            throw IoFailure.of(asked, e);
        } catch (InterruptedException e) {
            throw IoFailure.interrupted(asked, e);
        } finally {
            if (!begun) {
                body.close();
            }
        }
    }

    private URI address(DataFile file) {
        try {
            URI address = HttpTransport.requireSecure(HttpTransport.parse(file.url(), "the address"), "the address");
            if (!here && !"https".equalsIgnoreCase(address.getScheme())) {
                throw new IllegalArgumentException("http to this machine, from another one");
            }
            return address;
        } catch (IllegalArgumentException e) {
            // Not the cause: it quotes the address.
            throw SharingErrorCode.SHARING_FILE_ADDRESS.exception("the address of " + file + " cannot be used");
        }
    }
}
