// SPDX-License-Identifier: Apache-2.0
package samples.web;

import com.fasterxml.jackson.core.type.TypeReference;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked of the MCP server, for whoever asks: the same tool, the same arguments. Who asks decides what comes back.
 *
 * @param server the MCP server's URL
 * @param name the tool
 * @param arguments its arguments
 * @param forwardToken whether the server's own code gets the token too, as one on Databricks Apps needs it
 */
record McpTool(URI server, String name, Map<String, Object> arguments, boolean forwardToken) {
    static Optional<McpTool> read(Variables variables) {
        Optional<URI> server = variables
                .required("MCP_URL", "set it to the MCP server's URL, path included")
                .flatMap(url -> variables.checked(
                        "MCP_URL", "give the server's full URL, with https", () -> WebSettings.secure(url)));
        Optional<Map<String, Object>> arguments = variables.checked(
                "MCP_ARGUMENTS",
                "give the tool's arguments as a JSON object, such as {\"sql\": \"SELECT 1\"}",
                () -> variables
                        .optional("MCP_ARGUMENTS")
                        .<Map<String, Object>>map(
                                text -> WebSettings.parse(text, new TypeReference<LinkedHashMap<String, Object>>() {}))
                        .orElse(Map.of("sql", WebSettings.SQL)));
        String forward = variables.or("MCP_FORWARD_TOKEN", "false");
        if (!forward.equals("true") && !forward.equals("false")) {
            variables.mistake("MCP_FORWARD_TOKEN is '" + forward + "'", "set it to true or false");
        }
        return server.flatMap(uri -> arguments.map(
                given -> new McpTool(uri, variables.or("MCP_TOOL", "query"), given, forward.equals("true"))));
    }

    /** What the page shows as the question. */
    String question() {
        Object sql = arguments.get("sql");
        return sql instanceof String text ? text : name + " " + arguments;
    }
}
