// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Who this client says it is, and what it offers to answer.
 *
 * @param clientInfo name and version, as JSON
 * @param capabilities what it offers, as JSON
 */
record Introduction(String clientInfo, String capabilities) {
    static Introduction of(Questions questions) {
        String version = Introduction.class.getPackage().getImplementationVersion();
        ObjectNode info =
                Json.object().put("name", "federation-mcp-client").put("version", version == null ? "0" : version);
        return new Introduction(info.toString(), questions.capabilities().toString());
    }
}
