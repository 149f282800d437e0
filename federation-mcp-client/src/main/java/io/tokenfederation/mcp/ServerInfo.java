// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Map;

/**
 * What a server says of itself. Its own word: for people and logs, not to decide by.
 *
 * @param name its name; empty if it does not say
 * @param version its version; empty if it does not say
 * @param protocolVersion the protocol version client and server speak, such as {@code 2026-07-28}
 * @param instructions how to use it, for a model; empty if it does not say
 * @param capabilities what it offers, as JSON text
 */
public record ServerInfo(
        String name, String version, String protocolVersion, String instructions, String capabilities) {
    static final ServerInfo UNKNOWN = new ServerInfo("", "", "", "", "{}");

    /**
     * {@return the extensions of the protocol that the server says it has: their settings, a JSON object as text, by their
     * identifiers, such as {@code io.modelcontextprotocol/skills}}
     */
    public Map<String, String> extensions() {
        return Extensions.in(capabilities).settings();
    }

    boolean logs() {
        return capability("/logging");
    }

    /** Whether a tool can be called as a task (2025-11-25, "Tasks: Capabilities"). */
    boolean runsToolsAsTasks() {
        return capability("/tasks/requests/tools/call");
    }

    private boolean capability(String path) {
        try {
            return Json.read(capabilities).at(path).isObject();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Checks that nothing is missing.
     *
     * @param name its name
     * @param version its version
     * @param protocolVersion the protocol version
     * @param instructions how to use it
     * @param capabilities what it offers
     */
    public ServerInfo {
        requireNonNull(name, "name");
        requireNonNull(version, "version");
        requireNonNull(protocolVersion, "protocolVersion");
        requireNonNull(instructions, "instructions");
        requireNonNull(capabilities, "capabilities");
    }
}
