// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenfederation.internal.SafeText;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an MCP server says of itself as a resource (RFC 9728 §2).
 *
 * @param resource its name, as it writes it: what the token is asked for
 * @param issuers the authorization servers whose tokens it takes
 * @param scopes the scopes it knows; empty if it does not say
 */
record ProtectedResource(String resource, List<String> issuers, List<String> scopes) {
    /** Where the document of the root is; a path is appended for that of a resource below it (RFC 9728 §3.1). */
    static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    ProtectedResource {
        issuers = List.copyOf(issuers);
        scopes = List.copyOf(scopes);
    }

    /** The resource of a server that publishes nothing: its own URL. */
    static ProtectedResource unpublished(URI server, String issuer) {
        return new ProtectedResource(server.toString(), List.of(issuer), List.of());
    }

    /**
     * Reads the document.
     *
     * @param from where it was
     * @throws McpException if it is about another resource than this server, which may not have its tokens (RFC 9728 §3.3)
     */
    static ProtectedResource read(JsonNode document, URI server, Place from) {
        String resource = document.path("resource").asText("");
        if (!isAbout(resource, server, from.uri())) {
            throw new McpException(McpErrorCode.MCP_AUTH_RESOURCE_MISMATCH.problem("the protected resource metadata at "
                    + from + " is about '" + SafeText.of(resource) + "', not about " + Place.own(server)));
        }
        List<String> issuers = texts(document.path("authorization_servers"));
        if (issuers.isEmpty()) {
            throw new McpException(McpErrorCode.MCP_AUTH_METADATA_INVALID.problem(
                    "the protected resource metadata at " + from + " names no authorization server"));
        }
        return new ProtectedResource(resource, issuers, texts(document.path("scopes_supported")));
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array) {
            if (element.isTextual() && !element.textValue().isBlank()) {
                texts.add(element.textValue());
            }
        }
        return texts;
    }

    /**
     * RFC 9728 §3.3: it must name the server itself, but for a slash at the end. What is published at the root speaks for
     * the root, and so for every path below that says nothing of its own.
     */
    private static boolean isAbout(String resource, URI server, URI from) {
        URI named;
        try {
            named = URI.create(resource);
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (named.getHost() == null || named.getRawFragment() != null || named.getRawUserInfo() != null) {
            return false;
        }
        boolean sameQuery = named.getRawQuery() == null || named.getRawQuery().equals(server.getRawQuery());
        String path = withoutSlash(named);
        boolean samePath = path.equals(withoutSlash(server))
                || (path.isEmpty() && path(from).equals(WELL_KNOWN));
        return sameQuery && samePath && origin(named).equals(origin(server));
    }

    private static String withoutSlash(URI uri) {
        String path = uri.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** {@return scheme, host and port, comparable} */
    static String origin(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? HTTPS : HTTP;
        int port = uri.getPort() < 0 ? usual : uri.getPort();
        return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }

    /** {@return the path without the slashes at its end} */
    static String path(URI uri) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
