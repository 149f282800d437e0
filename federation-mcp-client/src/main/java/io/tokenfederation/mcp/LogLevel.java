// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

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
    EMERGENCY
}
