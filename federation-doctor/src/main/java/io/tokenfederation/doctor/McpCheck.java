// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ResolvedRole;
import io.tokenfederation.internal.SafeText;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.Tool;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** Does the MCP server let the role in, and which tools does it show? None is called. */
final class McpCheck implements RoleCheck {
    static final String NAME = "MCP";

    private static final int SHOWN = 8;

    private final URI server;

    McpCheck(URI server) {
        this.server = server;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The proxy of an app asks the workspace who is calling. */
    @Override
    public List<String> needs() {
        return List.of(ScimCheck.NAME);
    }

    @Override
    public Outcome run(Examination examination, ResolvedRole role) {
        try (McpClient mcp = McpClient.builder(server)
                .tokens(examination.databricks().sourceFor(role.servicePrincipal()))
                .requestTimeout(examination.setup().requestTimeout)
                .build()) {
            return new Outcome.Passed(inWords(mcp.listTools()));
        }
    }

    private static String inWords(List<Tool> tools) {
        String names = tools.stream()
                .limit(SHOWN)
                .map(tool -> SafeText.of(tool.name()))
                .collect(Collectors.joining(", "));
        String more = tools.size() > SHOWN ? ", …" : "";
        return tools.size() + (tools.size() == 1 ? " tool" : " tools") + (names.isEmpty() ? "" : ": " + names + more);
    }
}
