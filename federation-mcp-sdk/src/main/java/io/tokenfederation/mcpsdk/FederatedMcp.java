// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcpsdk;

import static java.util.Objects.requireNonNull;

import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.tokenfederation.Caller;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.ResolvedRole;
import java.net.http.HttpClient.Redirect;

/**
 * Lets the official MCP SDK for Java act as a service principal.
 *
 * <pre>{@code
 * McpClientTransport transport = FederatedMcp.of(databricks.sourceFor(principal))
 *     .transport(HttpClientStreamableHttpTransport.builder("https://sales-1234.aws.databricksapps.com").endpoint("/mcp"));
 * try (McpSyncClient mcp = McpClient.sync(transport).build()) {
 *   mcp.callTool(CallToolRequest.builder("query").arguments(Map.of("sql", "SELECT 1")).build());
 * }
 * }</pre>
 *
 * <p>Every HTTP request carries the token of that moment, so none is older than the source gives. A request that is refused
 * with 401 is sent once more, and only with another token; a thousand refusals of one token cause one renewal. If that is
 * refused too, or there is no other, the SDK's {@code McpHttpClientTransportAuthorizationException} has a
 * {@link io.tokenfederation.FederatedCallException} as its cause, with code and fix: {@code TOKEN_REJECTED}, or {@code
 * PERMISSION_DENIED} on 403. Neither holds the token, which the SDK's own would. Where there is no token to be had, the
 * {@link io.tokenfederation.FederationException} itself comes out, or is the cause of what does.
 *
 * <p>Tokens go by https only, but to loopback, and never where a redirect leads. Immutable and thread-safe; each method
 * returns a changed copy. {@link #toString()} shows nothing secret.
 */
public final class FederatedMcp {
    private final DatabricksTokenSource tokens;
    private final AuditHeaders headers;

    private FederatedMcp(DatabricksTokenSource tokens, AuditHeaders headers) {
        this.tokens = tokens;
        this.headers = headers;
    }

    /**
     * Names whose tokens to carry.
     *
     * @param tokens asked on every request, on a thread that may wait
     * @return the plug
     */
    public static FederatedMcp of(DatabricksTokenSource tokens) {
        return new FederatedMcp(requireNonNull(tokens, "tokens"), AuditHeaders.NONE);
    }

    /**
     * Sends the person's e-mail address as {@code X-Caller-Email}, if there is one, for the server's audit log. It proves
     * nothing and authorises nothing. What is not visible ASCII, and the percent sign, is percent-encoded in UTF-8. Default:
     * not sent.
     *
     * @param caller who is calling
     * @return a changed copy
     */
    public FederatedMcp caller(Caller caller) {
        return new FederatedMcp(tokens, headers.caller(requireNonNull(caller, "caller")));
    }

    /**
     * Sends the role's name as {@code X-Caller-Role}, for the server's audit log. It proves nothing and authorises nothing:
     * what may be read is decided by the service principal of the token. Default: not sent.
     *
     * @param role the caller's role
     * @return a changed copy
     * @throws IllegalArgumentException if the name cannot be sent in a header
     */
    public FederatedMcp role(ResolvedRole role) {
        return new FederatedMcp(tokens, headers.role(requireNonNull(role, "role")));
    }

    /**
     * Sends the token a second time as {@code X-Databricks-Token}, for servers on Databricks Apps that call Databricks with
     * it: the proxy keeps {@code Authorization} to itself. It hands the token to the app's code, so switch it on only for
     * servers you run yourself. Default: false.
     *
     * @param forwardToken whether to send it
     * @return a changed copy
     */
    public FederatedMcp forwardToken(boolean forwardToken) {
        return new FederatedMcp(tokens, headers.forwardToken(forwardToken));
    }

    /**
     * Builds the transport for {@code McpClient.sync} and {@code McpClient.async}. Sets the builder's authorization error
     * handler and its HTTP client's redirect policy, and adds a request customizer; all else stays as it is set.
     *
     * @param builder the SDK's, with address and endpoint; not to be used again
     * @return the transport, to be closed with its client
     */
    public McpClientTransport transport(HttpClientStreamableHttpTransport.Builder builder) {
        Refusals refusals = new Refusals(tokens);
        return new ExplainingTransport(builder.customizeClient(client -> client.followRedirects(Redirect.NEVER))
                .addAsyncHttpRequestCustomizer(new TokenOnEachRequest(tokens, headers, refusals))
                .authorizationErrorHandler(refusals)
                .build());
    }

    /** {@return what is sent besides the token; not to whom} */
    @Override
    public String toString() {
        return "FederatedMcp[" + headers + "]";
    }
}
