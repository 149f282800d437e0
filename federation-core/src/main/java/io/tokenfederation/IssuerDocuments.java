// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWKSet;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.NearMiss;
import io.tokenfederation.internal.RetryAfter;
import io.tokenfederation.internal.SafeText;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what an issuer publishes: its discovery document and its keys. The document must name the very issuer that was
 * asked for (OpenID Connect Discovery §4.3), or somebody else's keys could be passed off as the issuer's.
 */
final class IssuerDocuments {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final NearMiss NEAR_MISS = new NearMiss("the document", "the configuration");
    private static final int LIMIT = 1 << 20;
    private static final String TOKEN_ENDPOINT = "token_endpoint";

    private final HttpTransport transport;
    private final String issuer;
    private volatile @Nullable URI keysUri;

    IssuerDocuments(HttpTransport transport, String issuer) {
        this.transport = transport;
        this.issuer = issuer;
    }

    String issuer() {
        return issuer;
    }

    JWKSet keys() throws IOException {
        URI known = keysUri;
        if (known != null) {
            try {
                return keysAt(known);
            } catch (IOException e) {
                // They may have moved: ask where they are.
                keysUri = null;
            }
        }
        URI discovered = address(document(), "jwks_uri");
        JWKSet keys = keysAt(discovered);
        keysUri = discovered;
        return keys;
    }

    /**
     * Asks where tokens are issued. A credential is to go there, so it must be where the issuer is: a document is no
     * reason to send a secret to another host. A client that shows a certificate gives nothing away by it, and mostly has
     * an endpoint of its own (RFC 8705 §5).
     *
     * @param byCertificate whether the client's TLS certificate is its credential
     */
    URI tokenEndpoint(boolean byCertificate) throws IOException {
        JsonNode document = document();
        JsonNode alias = document.path("mtls_endpoint_aliases");
        if (byCertificate && alias.has(TOKEN_ENDPOINT)) {
            return address(alias, TOKEN_ENDPOINT);
        }
        URI endpoint = address(document, TOKEN_ENDPOINT);
        URI home = URI.create(issuer);
        if (!endpoint.getScheme().equalsIgnoreCase(home.getScheme())
                || !endpoint.getRawAuthority().equalsIgnoreCase(home.getRawAuthority())) {
            throw new DiscoveryException(Problem.of(
                            ErrorCode.IDP_DISCOVERY_FAILED,
                            "the discovery document of '" + issuer + "' sends credentials to another host, '"
                                    + SafeText.of(endpoint.toString()) + "'")
                    .fix("If that is the provider's token endpoint, set it yourself, by tokenEndpoint(...) beside"
                            + " issuer(...)."));
        }
        return endpoint;
    }

    private JsonNode document() throws IOException {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        JsonNode document = json(URI.create(base + "/.well-known/openid-configuration"), "discovery document");
        String named = document.path("issuer").asText("");
        if (!named.equals(issuer)) {
            String how = NEAR_MISS
                    .between(named, issuer)
                    .map(near -> " (" + near.hint() + ")")
                    .orElse("");
            throw new DiscoveryException(Problem.of(
                    ErrorCode.IDP_ISSUER_MISMATCH,
                    "the discovery document of '" + issuer + "' names another issuer, '" + SafeText.of(named) + "'"
                            + how));
        }
        return document;
    }

    private URI address(JsonNode document, String member) throws IOException {
        try {
            return HttpTransport.requireSecure(
                    HttpTransport.parse(document.path(member).asText(""), member), member);
        } catch (IllegalArgumentException e) {
            throw failed("in the discovery document of '" + issuer + "', " + e.getMessage());
        }
    }

    private JWKSet keysAt(URI uri) throws IOException {
        try {
            return JWKSet.parse(fetch(uri, "keys").text());
        } catch (ParseException e) {
            throw failed("the keys at " + uri + " are not a JWK set");
        }
    }

    private JsonNode json(URI uri, String what) throws IOException {
        HttpReply reply = fetch(uri, what);
        try {
            return JSON.readTree(reply.text().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Not the cause: it quotes what it could not read.
            throw failed("the " + what + " at " + uri + " is not JSON");
        }
    }

    private HttpReply fetch(URI uri, String what) throws IOException {
        try {
            HttpReply reply = transport.send(
                    HttpTransport.request(uri)
                            .header("Accept", "application/json")
                            .GET()
                            .build(),
                    LIMIT);
            if (reply.status() != 200) {
                throw answered(reply, "the " + what + " at " + uri + " answered " + reply.status());
            }
            return reply;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while fetching " + what + " from " + uri, e);
        }
    }

    private static DiscoveryException answered(HttpReply reply, String message) {
        int status = reply.status();
        ErrorCode code = status == 429
                ? ErrorCode.IDP_RATE_LIMITED
                : status >= 500 || status == 408 ? ErrorCode.IDP_UNAVAILABLE : ErrorCode.IDP_DISCOVERY_FAILED;
        Problem problem = Problem.of(code, message).httpStatus(status);
        return new DiscoveryException(RetryAfter.of(status, reply.headers(), Instant.now())
                .map(problem::retryAfter)
                .orElse(problem));
    }

    private static DiscoveryException failed(String message) {
        return new DiscoveryException(Problem.of(ErrorCode.IDP_DISCOVERY_FAILED, message));
    }
}
