// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.NearMiss;
import io.tokenfederation.internal.ReplyTooLargeException;
import io.tokenfederation.internal.SafeText;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Map;

/** The keys of a policy's issuer, found as Databricks finds them: in the policy, where it points, or by discovery. */
final class KeySource {
    private static final NearMiss NEAR_MISS = new NearMiss("the policy", "the document");
    private static final int MOST_BYTES = 1 << 20;

    private final FederationPolicy policy;
    private final HttpTransport transport;

    KeySource(FederationPolicy policy, HttpTransport transport) {
        this.policy = policy;
        this.transport = transport;
    }

    List<JWK> keys() {
        if (policy.jwksJson().isPresent()) {
            return parsed(policy.jwksJson().get(), "the policy's jwks_json");
        }
        URI uri = policy.jwksUri().orElseGet(this::discovered);
        return parsed(fetch(uri, PolicyErrorCode.POLICY_KEYS_UNREADABLE, "the keys"), "what is at " + uri);
    }

    /** In words, where they come from. */
    String described() {
        if (policy.jwksJson().isPresent()) {
            return "the policy's jwks_json";
        }
        return policy.jwksUri()
                .map(uri -> "the policy's jwks_uri, " + uri)
                .orElse("the discovery document of '" + SafeText.of(policy.issuer()) + "'");
    }

    /** OpenID Connect Discovery 1.0 §4: one slash at the issuer's end goes, and §4.3: the document names its issuer. */
    private URI discovered() {
        String issuer = policy.issuer();
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        URI uri = address(base + "/.well-known/openid-configuration", "the policy's issuer");
        Map<String, Object> document = document(uri);
        String named = document.get("issuer") instanceof String text ? text : "";
        if (!named.equals(issuer)) {
            String how = NEAR_MISS
                    .between(issuer, named)
                    .map(near -> " (" + near.hint() + ")")
                    .orElse("");
            throw PolicyErrorCode.POLICY_DISCOVERY_ISSUER.exception("the policy's issuer is '" + SafeText.of(issuer)
                    + "', its discovery document names '" + SafeText.of(named) + "'" + how);
        }
        return address(
                document.get("jwks_uri") instanceof String text ? text : "",
                "jwks_uri in the discovery document of '" + SafeText.of(issuer) + "'");
    }

    private Map<String, Object> document(URI uri) {
        String body = fetch(uri, PolicyErrorCode.POLICY_DISCOVERY_FAILED, "the discovery document");
        try {
            return JSONObjectUtils.parse(body);
        } catch (ParseException e) {
            // Not the cause: it quotes what it could not read.
            throw PolicyErrorCode.POLICY_DISCOVERY_FAILED.exception("what is at " + uri + " is not JSON");
        }
    }

    private String fetch(URI uri, PolicyErrorCode refused, String what) {
        String where = what + " at " + uri;
        try {
            HttpReply reply = transport.send(
                    HttpTransport.request(uri)
                            .header("Accept", "application/json")
                            .GET()
                            .build(),
                    MOST_BYTES);
            if (reply.status() == 200) {
                return reply.text();
            }
            boolean later = reply.status() >= 500 || reply.status() == 429 || reply.status() == 408;
            PolicyErrorCode code = later ? PolicyErrorCode.POLICY_KEYS_UNREACHABLE : refused;
            throw new PolicyException(
                    code.problem(where + " answered " + reply.status()).httpStatus(reply.status()));
        } catch (ReplyTooLargeException e) {
            throw refused.exception(where + " has more than " + MOST_BYTES + " bytes");
        } catch (IOException e) {
            throw unreachable(where + " could not be had: " + SafeText.of(String.valueOf(e.getMessage())), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("interrupted while fetching " + where, e);
        } catch (IllegalArgumentException e) {
            throw refused.exception(where + ": " + e.getMessage());
        }
    }

    private static PolicyException unreachable(String message, Exception cause) {
        Problem problem = PolicyErrorCode.POLICY_KEYS_UNREACHABLE.problem(message);
        return new PolicyException(problem.cause(cause));
    }

    private static URI address(String text, String what) {
        try {
            return HttpTransport.requireSecure(HttpTransport.parse(text, what), what);
        } catch (IllegalArgumentException e) {
            throw PolicyErrorCode.POLICY_DISCOVERY_FAILED.exception(String.valueOf(e.getMessage()));
        }
    }

    private static List<JWK> parsed(String json, String what) {
        try {
            return JWKSet.parse(json).getKeys();
        } catch (ParseException | IllegalArgumentException e) {
            // Not the cause: it may quote a key.
            throw PolicyErrorCode.POLICY_KEYS_UNREADABLE.exception(what + " is not a JSON Web Key Set");
        }
    }
}
