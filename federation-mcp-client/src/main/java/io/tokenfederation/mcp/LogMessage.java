// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

/**
 * What a server logged while it carried out a call. The server's words: they may hold anything.
 *
 * @param level how grave, in the server's word, such as {@code warning}
 * @param logger who logged; empty if the server does not say
 * @param data what, as the JSON the server wrote; of a plain text its words alone
 */
public record LogMessage(String level, String logger, String data) {
    /**
     * Checks that nothing is missing.
     *
     * @param level how grave
     * @param logger who logged
     * @param data what
     */
    public LogMessage {
        requireNonNull(level, "level");
        requireNonNull(logger, "logger");
        requireNonNull(data, "data");
    }

    /** {@return level and size; not the words} */
    @Override
    public String toString() {
        return "LogMessage[" + level + ", " + data.length() + " characters]";
    }
}
