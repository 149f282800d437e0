// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts a body into lines as it arrives. A line is bounded in length and in time; the body is not. */
final class LineReader {
    private final StreamedBody body;
    private final int limit;
    private final Duration patience;
    private final Deque<ByteBuffer> arrived = new ArrayDeque<>();
    private boolean endSeen;
    private boolean cutOff;

    /** @param patience how long to wait for one line; what its reader does in between does not count */
    LineReader(StreamedBody body, int limit, Duration patience) {
        this.body = body;
        this.limit = limit;
        this.patience = patience;
    }

    /** The next line that is not blank, without its end; null when there is none. */
    byte @Nullable [] next() throws IOException, InterruptedException {
        CallDeadline deadline = CallDeadline.in(patience);
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        while (true) {
            ByteBuffer bytes = arrived.peek();
            if (bytes == null) {
                if (!filled(deadline)) {
                    cutOff = !blank(line.toByteArray());
                    return cutOff ? line.toByteArray() : null;
                }
            } else if (taken(bytes, line)) {
                byte[] whole = line.toByteArray();
                if (!blank(whole)) {
                    return whole;
                }
                line.reset();
            }
        }
    }

    /** Whether the last line had no end, as where a body is cut off. */
    boolean cutOff() {
        return cutOff;
    }

    private boolean filled(CallDeadline deadline) throws IOException, InterruptedException {
        List<ByteBuffer> piece = endSeen ? null : body.next(deadline);
        if (piece == null) {
            endSeen = true;
            return false;
        }
        arrived.addAll(piece);
        return true;
    }

    /** Takes bytes up to the end of the line; whether it was there. */
    private boolean taken(ByteBuffer bytes, ByteArrayOutputStream line) throws LineTooLongException {
        int end = bytes.position();
        while (end < bytes.limit() && bytes.get(end) != '\n') {
            end++;
        }
        byte[] part = new byte[end - bytes.position()];
        if (line.size() + part.length > limit) {
            throw new LineTooLongException(limit);
        }
        bytes.get(part);
        line.write(part, 0, part.length);
        boolean whole = bytes.hasRemaining();
        if (whole) {
            bytes.get();
        }
        if (!bytes.hasRemaining()) {
            arrived.remove();
        }
        return whole;
    }

    private static boolean blank(byte[] line) {
        for (byte each : line) {
            if (each != ' ' && each != '\r' && each != '\t') {
                return false;
            }
        }
        return true;
    }

    /** A line is longer than any that describes a file. */
    static final class LineTooLongException extends IOException {
        private static final long serialVersionUID = 1;

        LineTooLongException(int limit) {
            super("a line is longer than " + limit + " bytes");
        }
    }
}
