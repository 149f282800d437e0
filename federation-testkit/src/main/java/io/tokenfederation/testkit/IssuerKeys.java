// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.policy.FederationPolicy;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The public keys of issuers, as a policy says to find them: in the policy, at an address, or by discovery. Keys that were
 * fetched are kept, and fetched again when a token names a key that is not among them.
 */
final class IssuerKeys {
    private static final int MOST_BYTES = 1 << 20;

    /** Made when it is first needed: a JDK client takes longer to make than a stand-in to start. */
    private static final class Wire {
        static final HttpTransport TRANSPORT = HttpTransport.create(Duration.ofSeconds(5), Duration.ofSeconds(20));
    }

    private final Map<URI, JWKSet> fetched = new ConcurrentHashMap<>();

    /** The keys this token may be signed with; none if the issuer cannot be asked. */
    List<JWK> candidates(FederationPolicy policy, JWSHeader header) {
        try {
            if (policy.jwksJson().isPresent()) {
                return fitting(JWKSet.parse(policy.jwksJson().get()), header);
            }
            URI where = address(policy);
            JWKSet kept = fetched.get(where);
            List<JWK> keys = kept == null ? List.of() : fitting(kept, header);
            return keys.isEmpty() ? fitting(fetch(policy, where), header) : keys;
        } catch (IOException | ParseException | IllegalArgumentException e) {
            return List.of();
        }
    }

    /**
     * Whether a policy's keys can be had now, as Databricks asks when the policy is written: the policy has them, or they are
     * where it says. Only issuers on this machine are asked; a test must not depend on any other.
     */
    boolean reachable(FederationPolicy policy) {
        if (policy.jwksJson().isPresent()) {
            return true;
        }
        try {
            URI where = address(policy);
            if (!HttpTransport.isLoopback(where.getHost())) {
                return false;
            }
            fetch(policy, where);
            return true;
        } catch (IOException | ParseException | IllegalArgumentException e) {
            return false;
        }
    }

    private JWKSet fetch(FederationPolicy policy, URI where) throws IOException, ParseException {
        URI keys = policy.jwksUri().isPresent() ? where : discover(policy.issuer(), where);
        JWKSet set = JWKSet.parse(get(keys).text());
        fetched.put(where, set);
        return set;
    }

    /** The issuer's discovery document, asked for now; empty if it cannot be had. */
    Optional<JsonNode> document(String issuer) {
        try {
            return Json.object(get(discovery(issuer)).text());
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private URI discover(String issuer, URI document) throws IOException {
        Optional<JsonNode> metadata = Json.object(get(document).text());
        // OpenID Connect Discovery §4.3: the issuer in the document must be the one it was asked of, exactly.
        return metadata.filter(found -> found.path("issuer").asText().equals(issuer))
                .map(found -> URI.create(found.path("jwks_uri").asText()))
                .orElseThrow(() -> new IOException("not the metadata of this issuer"));
    }

    private HttpReply get(URI uri) throws IOException {
        try {
            HttpReply reply = Wire.TRANSPORT.send(HttpTransport.request(uri).build(), MOST_BYTES);
            if (reply.status() != 200) {
                throw new IOException("status " + reply.status());
            }
            return reply;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static URI address(FederationPolicy policy) {
        return policy.jwksUri().orElseGet(() -> discovery(policy.issuer()));
    }

    private static URI discovery(String issuer) {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return URI.create(base + "/.well-known/openid-configuration");
    }

    private static List<JWK> fitting(JWKSet set, JWSHeader header) {
        return set.getKeys().stream()
                .filter(key -> header.getKeyID() == null || header.getKeyID().equals(key.getKeyID()))
                .filter(key -> key.getAlgorithm() == null || key.getAlgorithm().equals(header.getAlgorithm()))
                .toList();
    }
}
