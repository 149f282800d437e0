// SPDX-License-Identifier: Apache-2.0
package samples.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What happened so far, a line of JSON each, sent as soon as it is known. */
final class Progress implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OutputStream out;

    Progress(OutputStream out) {
        this.out = out;
    }

    /** The browser went away, so nobody reads on. */
    static final class Gone extends UncheckedIOException {
        private static final long serialVersionUID = 1;

        private Gone(IOException cause) {
            super(cause);
        }
    }

    void done(String step, Map<String, ?> detail, long millis) {
        Map<String, Object> line = line(step, true);
        line.put("detail", detail);
        line.put("ms", millis);
        send(line);
    }

    void failed(String step, String code, String message, long millis) {
        Map<String, Object> line = line(step, false);
        line.put("code", code);
        line.put("message", message);
        line.put("ms", millis);
        send(line);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private static Map<String, Object> line(String step, boolean ok) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step);
        line.put("ok", ok);
        return line;
    }

    private void send(Map<String, Object> line) {
        try {
            out.write(JSON.writeValueAsBytes(line));
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw new Gone(e);
        }
    }
}
