// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.List;

/**
 * What can be set on an MCP server that takes only tokens of its own authorization server.
 *
 * <pre>{@code
 * McpResourceRules.of(server).requireScopes("files:read");
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class McpResourceRules {
    private final McpProtectedResource resource;

    private McpResourceRules(McpProtectedResource resource) {
        this.resource = resource;
    }

    /**
     * The rules of such a server.
     *
     * @param server one that {@link LoopbackMcpServer#start(LoopbackMcpAuthorization)} started
     * @return its rules
     * @throws IllegalArgumentException if it takes Databricks tokens
     */
    public static McpResourceRules of(LoopbackMcpServer server) {
        return new McpResourceRules(server.protectedResource());
    }

    /**
     * Wants these scopes of every token: 401 and the metadata name them, and a token without one of them gets 403
     * {@code insufficient_scope}. Default: none.
     *
     * @param scopes the scopes; none of them to want none
     * @return this
     */
    public McpResourceRules requireScopes(String... scopes) {
        resource.requireScopes(List.of(scopes));
        return this;
    }

    /**
     * Calls the server something else in its metadata, and takes only tokens for that. Clients must not believe it, unless it
     * differs by a slash at the end. Default: {@link LoopbackMcpServer#uri()}.
     *
     * @param resource what it calls itself
     * @return this
     */
    public McpResourceRules resource(String resource) {
        this.resource.name(resource);
        return this;
    }

    /**
     * Names other authorization servers in its metadata; whose tokens it takes stays the same. Default: its own.
     *
     * @param issuers what it names
     * @return this
     */
    public McpResourceRules authorizationServers(String... issuers) {
        resource.issuers(List.of(issuers));
        return this;
    }

    /**
     * Whether refusals say where the metadata is; without that, clients look at the well-known place. Default: they do.
     *
     * @param names whether they do
     * @return this
     */
    public McpResourceRules challengeNamesMetadata(boolean names) {
        resource.challengeNamesMetadata(names);
        return this;
    }

    /** {@return the faults of the protected resource metadata} */
    public Faults metadata() {
        return resource.metadataFaults();
    }
}
