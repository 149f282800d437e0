// SPDX-License-Identifier: Apache-2.0
package benchmarks.mcp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The requests of one connection. Looks at many bytes at a time, so that a longer request costs the server hardly more. */
final class RequestReader {
    private static final int END = 4;

    private final InputStream in;
    private byte[] bytes = new byte[16_384];
    private int from;
    private int to;

    RequestReader(InputStream in) {
        this.in = in;
    }

    /** Request line and headers; empty at the end. */
    String head() throws IOException {
        int at = from;
        while (true) {
            for (; at + END <= to; at++) {
                if (bytes[at + 3] == '\n' && bytes[at + 2] == '\r' && bytes[at + 1] == '\n' && bytes[at] == '\r') {
                    return take(at + END - from);
                }
            }
            at -= from;
            if (!more()) {
                return "";
            }
            at += from;
        }
    }

    String body(int length) throws IOException {
        while (to - from < length) {
            if (!more()) {
                return "";
            }
        }
        return take(length);
    }

    private String take(int length) {
        String taken = new String(bytes, from, length, ISO_8859_1);
        from += length;
        return taken;
    }

    private boolean more() throws IOException {
        System.arraycopy(bytes, from, bytes, 0, to - from);
        to -= from;
        from = 0;
        if (to == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * to);
        }
        int read = in.read(bytes, to, bytes.length - to);
        to += Math.max(0, read);
        return read > 0;
    }
}
