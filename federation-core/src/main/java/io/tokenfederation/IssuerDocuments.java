// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWKSet;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what an issuer publishes: its discovery document and its keys. The document must name the very issuer that was
 * asked for (OpenID Connect Discovery §4.3), or somebody else's keys could be passed off as the issuer's.
 */
final class IssuerDocuments {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LIMIT = 1 << 20;

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
        URI discovered = discover();
        JWKSet keys = keysAt(discovered);
        keysUri = discovered;
        return keys;
    }

    private URI discover() throws IOException {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        JsonNode document = JSON.readTree(fetch(URI.create(base + "/.well-known/openid-configuration"), "discovery"));
        String named = document.path("issuer").asText("");
        if (!named.equals(issuer)) {
            throw new IOException("the discovery document of '" + issuer + "' names another issuer, '" + named + "'");
        }
        return HttpTransport.requireSecure(
                HttpTransport.parse(document.path("jwks_uri").asText(""), "jwks_uri"), "jwks_uri");
    }

    private JWKSet keysAt(URI uri) throws IOException {
        try {
            return JWKSet.parse(new String(fetch(uri, "keys"), StandardCharsets.UTF_8));
        } catch (ParseException e) {
            throw new IOException("the keys at " + uri + " are not a JWK set");
        }
    }

    private byte[] fetch(URI uri, String what) throws IOException {
        try {
            HttpReply reply = transport.send(
                    HttpTransport.request(uri)
                            .header("Accept", "application/json")
                            .GET()
                            .build(),
                    LIMIT);
            if (reply.status() != 200) {
                throw new IOException("the " + what + " at " + uri + " answered " + reply.status());
            }
            return reply.text().getBytes(StandardCharsets.UTF_8);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while fetching " + what + " from " + uri, e);
        }
    }
}
