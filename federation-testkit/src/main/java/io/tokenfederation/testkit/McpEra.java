// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

/** The two eras of the Model Context Protocol, which an MCP server may speak one of or both. */
public enum McpEra {
    /** The versions up to 2025-11-25: a handshake, sessions, streams that are resumed. */
    LEGACY,
    /** The versions from 2026-07-28 on: no session, and everything said with each request. */
    MODERN
}
