// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The program, run in this process: what it was given, and what came of it. */
record Started(int exitCode, String out, String err) {
    static Started with(Map<String, String> environment, String input, String... arguments) {
        return start(environment, input, false, arguments);
    }

    /** As with a person before it. */
    static Started atTerminal(Map<String, String> environment, String... arguments) {
        return start(environment, "", true, arguments);
    }

    private static Started start(
            Map<String, String> environment, String input, boolean interactive, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                interactive);
        int exitCode = new Program(environment, terminal).run(arguments);
        return new Started(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** What is another at each run: ports, ids, keys, and how long it took. */
    String outAlways() {
        return out.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT")
                .replaceAll("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}", "UUID")
                .replaceAll("key \\p{XDigit}{8,}", "key KID")
                .replaceAll("(?m) \\([0-9][^)]*\\)$", "");
    }

    String all() {
        return out + err;
    }
}
