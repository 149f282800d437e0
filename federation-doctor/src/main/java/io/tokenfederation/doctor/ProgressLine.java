// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Shows each check when it has ended; and, at a terminal, what is being waited for in a line that is overwritten, which
 * belongs to no result and so goes to the other stream.
 */
final class ProgressLine implements Consumer<Progress> {
    /** Back to the margin, and clear to the end of the line. */
    private static final String CLEAR = "\r\u001b[K";

    private final Terminal terminal;
    private final @Nullable TextReport text;
    private boolean begun;

    /** @param text the report that is shown as it grows; null if it is not */
    ProgressLine(Terminal terminal, @Nullable TextReport text) {
        this.terminal = terminal;
        this.text = text;
    }

    @Override
    public void accept(Progress progress) {
        if (progress instanceof Progress.Started started) {
            show(started.role().map(role -> role + ": ").orElse("") + started.check() + " …");
        } else if (progress instanceof Progress.Waiting waiting) {
            show(waiting.role().map(role -> role + ": ").orElse("") + waiting.check() + ": " + waiting.what() + " …");
        } else if (progress instanceof Progress.Finished finished) {
            end();
            if (text != null) {
                terminal.out().print(text.lines(finished.result()));
            }
        }
    }

    void end() {
        if (begun) {
            terminal.err().print(CLEAR);
            terminal.err().flush();
            begun = false;
        }
    }

    private void show(String what) {
        if (terminal.interactive()) {
            terminal.err().print(CLEAR + what);
            terminal.err().flush();
            begun = true;
        }
    }
}
