// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The addresses of the MCP servers that a Databricks workspace runs itself.
 *
 * <pre>{@code
 * McpClient mcp = McpClient.builder(ManagedMcp.of("https://adb-1.2.azuredatabricks.net").functions("main", "sales"))
 *     .tokens(databricks.sourceFor(principal)).build();
 * }</pre>
 *
 * <p>Addresses alone: whether there is a server, and whether the service principal may use it, shows when it is called. The
 * paths are those of the Databricks documentation, "Databricks managed MCP servers"; for one that is not here, give
 * {@link McpClient#builder(String)} its URL. Your own servers on Databricks Apps are in {@link AppMcp}. Immutable.
 */
public final class ManagedMcp {
    private final Origin workspace;

    private ManagedMcp(Origin workspace) {
        this.workspace = workspace;
    }

    /**
     * The servers of a workspace.
     *
     * @param workspaceUrl the workspace's URL, such as {@code https://adb-1.2.azuredatabricks.net}
     * @return their addresses
     * @throws IllegalArgumentException if it is no URL that credentials may go to, or has a path
     */
    public static ManagedMcp of(String workspaceUrl) {
        return new ManagedMcp(Origin.of(requireNonNull(workspaceUrl, "workspaceUrl"), "the workspace URL"));
    }

    /**
     * The functions of a schema in Unity Catalog, each a tool. Scope {@code unity-catalog}.
     *
     * @param catalog the catalogue
     * @param schema the schema
     * @return the server's address
     */
    public URI functions(String catalog, String schema) {
        return at("functions", catalog, schema);
    }

    /**
     * One function in Unity Catalog, as a tool. Scope {@code unity-catalog}.
     *
     * @param catalog the catalogue
     * @param schema the schema
     * @param function the function
     * @return the server's address
     */
    public URI functions(String catalog, String schema, String function) {
        return at("functions", catalog, schema, function);
    }

    /** {@return the address of Genie One, which asks over the whole workspace; scope {@code genie}} */
    public URI genieOne() {
        return at("genie");
    }

    /**
     * One Genie space. Scope {@code genie}.
     *
     * @param spaceId the space's id
     * @return the server's address
     */
    public URI genie(String spaceId) {
        return at("genie", spaceId);
    }

    /**
     * The indexes of a schema in vector search. Scope {@code vector-search}.
     *
     * @param catalog the catalogue
     * @param schema the schema
     * @return the server's address
     */
    public URI vectorSearch(String catalog, String schema) {
        return at("vector-search", catalog, schema);
    }

    /**
     * One index in vector search. Scope {@code vector-search}.
     *
     * @param catalog the catalogue
     * @param schema the schema
     * @param index the index
     * @return the server's address
     */
    public URI vectorSearch(String catalog, String schema, String index) {
        return at("vector-search", catalog, schema, index);
    }

    /**
     * One index of AI Search, the newer name of vector search. Scope {@code ai-search}.
     *
     * @param catalog the catalogue
     * @param schema the schema
     * @param index the index
     * @return the server's address
     */
    public URI aiSearch(String catalog, String schema, String index) {
        return at("ai-search", catalog, schema, index);
    }

    /** {@return the address of the server that runs SQL, on a warehouse it picks itself; scope {@code sql}} */
    public URI sql() {
        return at("sql");
    }

    /**
     * A server elsewhere that the workspace reaches by a connection in Unity Catalog.
     *
     * @param connection the connection's name
     * @return the server's address
     */
    public URI external(String connection) {
        return at("external", connection);
    }

    /**
     * An MCP service in Unity Catalog, such as {@code system.ai.dbsql}: one that is governed by grants of its own.
     *
     * @param name catalogue, schema and name of the service, with dots between
     * @return the server's address
     */
    public URI service(String name) {
        return under("/ai-gateway/mcp-services", name);
    }

    /** {@return the workspace} */
    @Override
    public String toString() {
        return "ManagedMcp[" + workspace + "]";
    }

    private URI at(String kind, String... names) {
        return under("/api/2.0/mcp/" + kind, names);
    }

    private URI under(String path, String... names) {
        StringBuilder address = new StringBuilder(workspace + path);
        for (String name : names) {
            if (name.isBlank() || name.equals(".") || name.equals("..")) {
                throw new IllegalArgumentException("a name in the address of a managed MCP server is empty or no name");
            }
            address.append('/')
                    .append(URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return URI.create(address.toString());
    }
}
