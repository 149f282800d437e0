// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The program: {@code java -jar}. The one class of this library that writes to the console, because it is one's own. */
final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        boolean interactive = isTerminal(System.console());
        // A file and a pipe are read by programs, which expect UTF-8; a terminal shows what it is set up for.
        Charset charset = Optional.ofNullable(System.console())
                .filter(console -> interactive)
                .map(Console::charset)
                .orElse(StandardCharsets.UTF_8);
        PrintStream out = new PrintStream(System.out, true, charset);
        PrintStream err = new PrintStream(System.err, true, charset);
        Terminal terminal = new Terminal(System.in, out, err, interactive);
        int exitCode = new Program(System.getenv(), terminal).run(arguments);
        System.exit(exitCode);
    }

    /** From JDK 22 on there is a console also where input or output is none. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
