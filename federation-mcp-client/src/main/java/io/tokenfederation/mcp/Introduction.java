// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * Who this client says it is, and what it offers: to answer questions, and extensions.
 *
 * @param clientInfo name and version, as JSON
 * @param capabilities what it offers, as JSON
 */
record Introduction(String clientInfo, String capabilities) {
    static Introduction of(Questions questions, Extensions extensions) {
        String version = Introduction.class.getPackage().getImplementationVersion();
        ObjectNode info =
                Json.object().put("name", "federation-mcp-client").put("version", version == null ? "0" : version);
        ObjectNode capabilities = questions.capabilities();
        extensions.addTo(capabilities);
        return new Introduction(info.toString(), new String(Json.write(capabilities), StandardCharsets.UTF_8));
    }
}
