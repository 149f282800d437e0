// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The tool of a server with an authorization server of its own: says what the token is good for. */
final class McpAuthorizedTools {
    private final McpProtectedResource resource;

    McpAuthorizedTools(McpProtectedResource resource) {
        this.resource = resource;
    }

    List<McpTool> tools() {
        Map<String, Object> definition = Map.of(
                "name", "whoami",
                "title", "Who am I",
                "description", "Says whom the access token is for, and for what.",
                "inputSchema", McpTool.NO_ARGUMENTS,
                "annotations", Map.of("readOnlyHint", true));
        return List.of(new McpTool(
                definition,
                (call, arguments) -> resource.access(call)
                        .map(access -> McpTool.succeeded(told(access)))
                        .orElseGet(() -> McpTool.failed("the access token has just ended"))));
    }

    private static Map<String, Object> told(McpAccessTokens.Access access) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("subject", access.subject());
        data.put("client_id", access.clientId());
        data.put("scopes", new TreeSet<>(access.scopes()));
        return data;
    }
}
