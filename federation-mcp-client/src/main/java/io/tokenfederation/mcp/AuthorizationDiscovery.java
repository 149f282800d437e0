// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.NearMiss;
import io.tokenfederation.internal.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whose tokens an MCP server takes and where they are issued (specification, "Authorization Server Discovery").
 *
 * <ol>
 *   <li>Asks the server without a token; its 401 says where its metadata is and which scopes it wants.
 *   <li>Reads the protected resource metadata: there if that is at the server's own origin, else at the well-known places.
 *       The resource it names must be this server.
 *   <li>Picks the authorization server: the one that is trusted. No other host is asked anything, so a server cannot send
 *       this client to places that only it can reach, nor make it show its credential to a stranger.
 *   <li>Reads that one's metadata. The issuer it names must be the one it was asked for under.
 * </ol>
 */
final class AuthorizationDiscovery {
    /** Runs nothing on the server, should it not ask for a token. */
    private static final String PROBE = "{\"jsonrpc\":\"2.0\",\"id\":\"authorization\",\"method\":\"server/discover\","
            + "\"params\":{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";

    private static final NearMiss NEAR_MISS = new NearMiss("the server's metadata", "the configuration");

    private final URI server;
    private final HttpTransport transport;
    private final MetadataDocuments documents;

    AuthorizationDiscovery(URI server, HttpTransport transport, MetadataDocuments documents) {
        this.server = server;
        this.transport = transport;
        this.documents = documents;
    }

    /**
     * What a token is asked for, and of whom.
     *
     * @param issuer who issues it
     * @param resource what it is for
     * @param scopes what it is to be good for; empty to leave that to the issuer
     */
    record Target(AuthorizationServer issuer, ProtectedResource resource, List<String> scopes) {
        /** For these scopes, where the application has its own mind. */
        Target asking(List<String> configured) {
            return configured.isEmpty() ? this : new Target(issuer, resource, configured);
        }
    }

    /** @param trusted the only issuer that will do; null for one at the server's own origin */
    Target find(@Nullable Place trusted) {
        Probe probe = probe();
        Challenge challenge = probe.challenge();
        ProtectedResource resource = resource(probe, trusted);
        Place issuer = trusted == null ? atTheSameOrigin(resource) : among(resource, trusted);
        return new Target(metadataOf(issuer), resource, scopes(challenge, resource));
    }

    /** How the server took a request without a token. */
    private record Probe(int status, Challenge challenge) {
        static Probe of(HttpResponse<?> response) {
            int status = response.statusCode();
            return new Probe(status, status == 401 ? Challenge.of(response.headers()) : Challenge.NONE);
        }
    }

    private Probe probe() {
        try {
            HttpResponse<InputStream> response = transport.send(
                    HttpTransport.request(server)
                            .header("Content-Type", "application/json")
                            .header("Accept", "application/json, text/event-stream")
                            .header("MCP-Protocol-Version", "2026-07-28")
                            .header("Mcp-Method", "server/discover")
                            .POST(BodyPublishers.ofString(PROBE))
                            .build(),
                    BodyHandlers.ofInputStream(),
                    transport.deadline());
            // Its words are for those who have a token; an event stream would never end.
            response.body().close();
            return Probe.of(response);
        } catch (IOException e) {
            throw new McpException(McpErrorCode.MCP_AUTH_UNREACHABLE
                    .problem(Place.own(server) + " could not be asked which tokens it takes: " + e.getMessage())
                    .cause(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new McpException(McpErrorCode.MCP_AUTH_UNREACHABLE
                    .problem("interrupted while asking " + Place.own(server) + " which tokens it takes")
                    .cause(e));
        }
    }

    private ProtectedResource resource(Probe probe, @Nullable Place trusted) {
        String origin = server.getScheme() + "://" + server.getRawAuthority();
        String wellKnown = origin + ProtectedResource.WELL_KNOWN;
        List<Place> places = new ArrayList<>();
        probe.challenge().resourceMetadata().flatMap(this::atOurOrigin).ifPresent(places::add);
        Stream.of(wellKnown + ProtectedResource.path(server), wellKnown)
                .distinct()
                .map(address -> Place.own(URI.create(address)))
                .filter(own -> places.stream().noneMatch(place -> place.uri().equals(own.uri())))
                .forEach(places::add);
        Optional<ProtectedResource> found = documents
                .first(places, "protected resource metadata")
                .map(document -> ProtectedResource.read(document.document(), server, document.from()));
        if (found.isPresent()) {
            return found.get();
        }
        if (trusted == null) {
            throw unpublished(probe, places);
        }
        // Even if the probe found nothing: a server may hide from who has no token, and says so to who has one.
        return ProtectedResource.unpublished(server, trusted.uri().toString());
    }

    private McpException unpublished(Probe probe, List<Place> places) {
        String none = "publishes no protected resource metadata; looked at "
                + places.stream().map(Place::toString).collect(Collectors.joining(", "));
        return new McpException(
                probe.status() == 404
                        ? McpErrorCode.MCP_NOT_FOUND
                                .problem(Place.own(server) + " answers with status 404, and " + none)
                                .httpStatus(404)
                        : McpErrorCode.MCP_AUTH_METADATA_MISSING.problem(Place.own(server) + " " + none));
    }

    /** Another origin is not asked, whoever it is: behind a proxy it is mostly the server's inner address. */
    private Optional<Place> atOurOrigin(String address) {
        try {
            URI place =
                    HttpTransport.requireSecure(HttpTransport.parse(address, "resource_metadata"), "resource_metadata");
            boolean ours = ProtectedResource.origin(place).equals(ProtectedResource.origin(server));
            return Optional.of(place).filter(uri -> ours).map(Place::named);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Place atTheSameOrigin(ProtectedResource resource) {
        return resource.issuers().stream()
                .filter(issuer -> usable(issuer) && belongsTo(server, URI.create(issuer)))
                .findFirst()
                .map(issuer -> Place.named(URI.create(issuer)))
                .orElseThrow(() -> untrusted(resource, "is at another origin, and none is set", ""));
    }

    /**
     * Whether the issuer is at the server's own origin: another port of its host may be anybody's. On loopback it is whoever
     * runs the server on this machine, where a server under test and its issuer each have a port of their own.
     */
    static boolean belongsTo(URI server, URI issuer) {
        return ProtectedResource.origin(issuer).equals(ProtectedResource.origin(server))
                || (HttpTransport.isLoopback(server.getHost())
                        && issuer.getHost().equalsIgnoreCase(server.getHost()));
    }

    private Place among(ProtectedResource resource, Place trusted) {
        String issuer = trusted.uri().toString();
        if (resource.issuers().contains(issuer)) {
            return trusted;
        }
        String hint = resource.issuers().stream()
                .flatMap(named -> NEAR_MISS.between(named, issuer).stream())
                .map(near -> " (" + near.hint() + ")")
                .findFirst()
                .orElse("");
        throw untrusted(resource, "is not '" + trusted + "'", hint);
    }

    private McpException untrusted(ProtectedResource resource, String why, String hint) {
        return new McpException(
                McpErrorCode.MCP_AUTH_ISSUER_UNTRUSTED.problem("the authorization server that " + Place.own(server)
                        + " names, '" + SafeText.of(String.join("', '", resource.issuers())) + "', " + why + hint));
    }

    private static boolean usable(String issuer) {
        try {
            requireIssuer(issuer);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Checks what an issuer is (RFC 8414 §2). */
    static String requireIssuer(String issuer) {
        URI uri = HttpTransport.requireSecure(HttpTransport.parse(issuer, "the issuer"), "the issuer");
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("the issuer has a query or fragment; an issuer never has");
        }
        return issuer;
    }

    /** RFC 8414 §3.1 inserts before the path, §5 for OpenID Connect too; OpenID Connect Discovery §4 appends. */
    private AuthorizationServer metadataOf(Place issuer) {
        URI uri = issuer.uri();
        String origin = uri.getScheme() + "://" + uri.getRawAuthority();
        String path = ProtectedResource.path(uri);
        List<Place> places = Stream.of(
                        origin + "/.well-known/oauth-authorization-server" + path,
                        origin + "/.well-known/openid-configuration" + path,
                        origin + path + "/.well-known/openid-configuration")
                .distinct()
                .map(issuer::like)
                .toList();
        return documents
                .first(places, "authorization server metadata")
                .map(found -> AuthorizationServer.read(found.document(), issuer, found.from()))
                .orElseThrow(() -> new McpException(McpErrorCode.MCP_AUTH_METADATA_INVALID.problem(
                        "the authorization server '" + issuer + "' publishes no metadata; looked at "
                                + places.stream().map(Place::toString).collect(Collectors.joining(", ")))));
    }

    /** "Scope Selection Strategy"; an application without a user has no use for a refresh token. */
    private static List<String> scopes(Challenge challenge, ProtectedResource resource) {
        return challenge.scopes().isEmpty()
                ? resource.scopes().stream()
                        .filter(scope -> !scope.equals("offline_access"))
                        .toList()
                : challenge.scopes();
    }

    /** {@return whose authorization it looks for} */
    @Override
    public String toString() {
        return "AuthorizationDiscovery[" + Place.own(server) + "]";
    }
}
