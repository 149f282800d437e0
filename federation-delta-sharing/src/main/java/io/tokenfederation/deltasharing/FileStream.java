// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import static java.util.Objects.checkFromIndexSize;

import io.tokenfederation.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A file's bytes as they come, counted: a file that is cut off is not taken for whole. For one thread. */
final class FileStream extends InputStream {
    private final StreamedBody body;
    private final String asked;
    private final OptionalLong size;
    private final Duration patience;
    private final Deque<ByteBuffer> arrived = new ArrayDeque<>();
    private long count;
    private boolean ended;
    private @Nullable SharingException failure;

    FileStream(StreamedBody body, String asked, OptionalLong size, Duration patience) {
        this.body = body;
        this.asked = asked;
        this.size = size;
        this.patience = patience;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        checkFromIndexSize(offset, length, target.length);
        if (failure != null) {
            throw failure;
        }
        if (length == 0) {
            return 0;
        }
        while (arrived.isEmpty() && !ended) {
            arriveOrFail();
        }
        ByteBuffer bytes = arrived.peek();
        if (bytes == null) {
            return -1;
        }
        int taken = Math.min(length, bytes.remaining());
        bytes.get(target, offset, taken);
        if (!bytes.hasRemaining()) {
            arrived.remove();
        }
        return taken;
    }

    /** What failed goes on failing: a file that broke off does not look like one that has come to its end. */
    private void arriveOrFail() {
        try {
            arrive();
        } catch (SharingException e) {
            failure = e;
            arrived.clear();
            close();
            throw e;
        }
    }

    private void arrive() {
        try {
            List<ByteBuffer> piece = body.next(CallDeadline.in(patience));
            ended = piece == null;
            if (piece != null) {
                for (ByteBuffer bytes : piece) {
                    count += bytes.remaining();
                    if (bytes.hasRemaining()) {
                        arrived.add(bytes);
                    }
                }
            }
        } catch (IOException e) {
            throw IoFailure.of(asked, e);
        } catch (InterruptedException e) {
            throw IoFailure.interrupted(asked, e);
        }
        if (size.isPresent() && (count > size.getAsLong() || (ended && count < size.getAsLong()))) {
            Problem problem = SharingErrorCode.SHARING_FILE_INCOMPLETE.problem(
                    asked + ": " + (ended ? "only " : "more than the size, ") + count + " bytes have come");
            // A file that is longer is another one, and stays so.
            throw new SharingException(problem.retryable(ended));
        }
    }

    @Override
    public void close() {
        body.close();
    }
}
