// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server says of itself, to {@code initialize} or to {@code server/discover}.
 *
 * @param version the version it has chosen; empty in the modern era
 * @param versions those it speaks; empty in the legacy era
 * @param implementation its name and version
 * @param instructions how to use it
 * @param capabilities what it offers
 * @param hint how long that may be taken for granted, in the modern era
 */
record Discovery(
        String version,
        List<String> versions,
        JsonNode implementation,
        String instructions,
        String capabilities,
        KeepHint hint) {
    static final Discovery NOTHING = new Discovery("", List.of(), Json.object(), "", "{}", new KeepHint());

    ServerInfo server(String protocolVersion) {
        return new ServerInfo(
                ContentReader.text(implementation, "name"),
                ContentReader.text(implementation, "version"),
                protocolVersion,
                instructions,
                capabilities);
    }

    /** {@return which versions; not the rest} */
    @Override
    public String toString() {
        return "Discovery[" + version + versions + "]";
    }

    /** Reads it. */
    static final class Reader implements ResultReader<Discovery> {
        private String version = "";
        private final List<String> versions = new ArrayList<>();
        private JsonNode implementation = Json.object();
        private String instructions = "";
        private String capabilities = "{}";
        private final KeepHint hint = new KeepHint();

        @Override
        public void field(String name, JsonParser json, Slice message) throws IOException {
            switch (name) {
                case "protocolVersion" -> version = Json.tree(json).asText();
                case "supportedVersions" -> Json.tree(json).forEach(one -> versions.add(one.asText()));
                case "serverInfo" -> implementation = Json.tree(json);
                case "instructions" -> instructions = Json.tree(json).asText("");
                case "capabilities" -> capabilities = Json.skip(json, message).text();
                case "_meta" -> {
                    JsonNode info = Json.tree(json).path("io.modelcontextprotocol/serverInfo");
                    implementation = info.isObject() ? info : implementation;
                }
                default -> {
                    if (!hint.read(name, json)) {
                        json.skipChildren();
                    }
                }
            }
        }

        @Override
        public Discovery result() {
            return new Discovery(version, List.copyOf(versions), implementation, instructions, capabilities, hint);
        }
    }
}
