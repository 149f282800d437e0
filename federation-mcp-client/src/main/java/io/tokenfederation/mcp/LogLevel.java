// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.util.Locale;

/** How grave a log message is, from the least on (RFC 5424 §6.2.1, as MCP has it). */
public enum LogLevel {
    /** For those who look for a fault. */
    DEBUG,
    /** What goes on. */
    INFO,
    /** What goes on and is worth a look. */
    NOTICE,
    /** What may become an error. */
    WARNING,
    /** What failed. */
    ERROR,
    /** A part that does not work. */
    CRITICAL,
    /** What somebody must see to at once. */
    ALERT,
    /** Nothing works. */
    EMERGENCY;

    /** As the protocol writes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a message of that word is as grave as this, or graver; of a word the protocol does not have nobody knows. */
    boolean covers(String word) {
        for (LogLevel level : values()) {
            if (level.word().equals(word)) {
                return level.compareTo(this) >= 0;
            }
        }
        return true;
    }
}
