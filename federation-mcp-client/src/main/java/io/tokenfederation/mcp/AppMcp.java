// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The addresses of MCP servers of your own that run on Databricks Apps.
 *
 * <pre>{@code
 * McpClient mcp = McpClient.builder(AppMcp.of("https://sales-1234.aws.databricksapps.com").server())
 *     .tokens(databricks.sourceFor(principal)).build();
 * }</pre>
 *
 * <p>Addresses alone: whether the app serves MCP there, and whether the service principal may use it (CAN USE on the app),
 * shows when it is called. That {@code /mcp} is the path unless the app's code says otherwise is from the Databricks
 * documentation, "Host a custom MCP server"; the servers a workspace runs itself are in {@link ManagedMcp}. Immutable.
 */
public final class AppMcp {
    /** Of workspaces and account consoles, in each cloud; apps have a domain of their own. */
    private static final Pattern WORKSPACE =
            Pattern.compile("(.+\\.)?(azuredatabricks\\.net|databricks\\.azure\\.(us|cn)|databricks\\.(com|us|mil))");

    /**
     * Signs that stand in a path as they are (RFC 3986 §3.3), and others as a percent sign and two hexadecimal digits; no part
     * is empty or leads upwards.
     */
    private static final Pattern PATH =
            Pattern.compile("(?!.*(//|/(\\.|%2[Ee]){1,2}(/|$)|%(?!\\p{XDigit}{2})))/[A-Za-z0-9\\-._~!$&'()*+,;=:@%/]*");

    private final Origin app;

    private AppMcp(Origin app) {
        this.app = app;
    }

    /**
     * The servers of an app.
     *
     * @param appUrl the app's URL as its page in the workspace shows it, such as
     *     {@code https://sales-1234.aws.databricksapps.com}; a slash at its end makes no difference
     * @return their addresses
     * @throws IllegalArgumentException if it is no URL that credentials may go to, has a path or query, or is that of a
     *     workspace
     */
    public static AppMcp of(String appUrl) {
        Origin app = Origin.of(requireNonNull(appUrl, "appUrl"), "the app's URL");
        if (WORKSPACE.matcher(app.uri().getHost().toLowerCase(Locale.ROOT)).matches()) {
            throw new IllegalArgumentException("the app's URL must be the app's own, such as"
                    + " https://sales-1234.aws.databricksapps.com; " + app.uri().getHost()
                    + " is a workspace or an account console, whose MCP servers are in ManagedMcp");
        }
        return new AppMcp(app);
    }

    /** {@return the address of the app's MCP server at {@code /mcp}} */
    public URI server() {
        return server("/mcp");
    }

    /**
     * The MCP server at a path that the app's code has chosen.
     *
     * @param path the path, such as {@code /sales/mcp}; percent-encoded where it must be. A slash at its end counts: an app
     *     that serves {@code /mcp/} answers {@code /mcp} with a redirect, which is never followed.
     * @return the server's address
     * @throws IllegalArgumentException if it does not begin with one slash, has an empty part, is not encoded, leads
     *     elsewhere by {@code .} or {@code ..}, or has a query
     */
    public URI server(String path) {
        if (!PATH.matcher(requireNonNull(path, "path")).matches()) {
            throw new IllegalArgumentException(
                    "the path of an app's MCP server must be one such as /mcp: a slash first,"
                            + " percent-encoded, without an empty part, '.', '..' or query");
        }
        return URI.create(app + path);
    }

    /** {@return the app} */
    @Override
    public String toString() {
        return "AppMcp[" + app + "]";
    }
}
