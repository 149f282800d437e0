// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.policy.FederationPolicy;
import java.net.URI;
import java.util.Set;

/**
 * What a stored policy says, checked as Databricks checks it when it is written.
 *
 * @param description its description; may be empty
 * @param oidc the object {@code oidc_policy} as it was sent
 * @param policy the same, as the exchange uses it
 */
record PolicyText(String description, JsonNode oidc, FederationPolicy policy) {
    /** Who has policies; each kind has rules of its own. */
    enum Kind {
        SERVICE_PRINCIPAL,
        ACCOUNT,
        RECIPIENT
    }

    /** "JWKS JSON supports up to 5 keys." */
    private static final int MOST_KEYS = 5;

    private static final Set<String> MEMBERS =
            Set.of("issuer", "audiences", "subject", "subject_claim", "jwks_uri", "jwks_json");
    private static final Set<String> CLAIMS_OF_RECIPIENTS = Set.of("oid", "azp", "groups", "sub");

    /** A policy that was given to the stand-in by a test. */
    static PolicyText of(FederationPolicy policy) {
        JsonNode body = Json.object(policy.toJson()).orElseThrow();
        return new PolicyText("", body.path("oidc_policy"), policy);
    }

    /** Reads and checks {@code oidc_policy}; refuses what Databricks does not take. */
    static PolicyText read(JsonNode oidc, String description, Kind kind) {
        if (!oidc.isObject()) {
            throw DatabricksReplies.invalidParameter("oidc_policy is required");
        }
        ObjectNode known = JsonNodeFactory.instance.objectNode();
        for (String member : MEMBERS) {
            JsonNode value = oidc.path(member);
            if (!value.isMissingNode() && !value.isNull()) {
                known.set(member, checked(member, value));
            }
        }
        if (known.path("subject_claim").asText().isEmpty()) {
            known.put("subject_claim", "sub");
        }
        requireIssuer(known);
        requireSubject(known, kind);
        requireKeys(known, kind);
        return new PolicyText(description, known, FederationPolicy.fromJson(known.toString()));
    }

    private static JsonNode checked(String member, JsonNode value) {
        boolean good = member.equals("audiences") ? isTexts(value) : value.isTextual();
        if (!good) {
            throw DatabricksReplies.invalidParameter("oidc_policy." + member + " has the wrong type");
        }
        return value;
    }

    private static boolean isTexts(JsonNode value) {
        for (JsonNode one : value) {
            if (!one.isTextual() || one.asText().isEmpty()) {
                return false;
            }
        }
        return value.isArray();
    }

    private static void requireIssuer(JsonNode oidc) {
        String issuer = oidc.path("issuer").asText();
        try {
            HttpTransport.requireSecure(URI.create(issuer), "the issuer");
        } catch (IllegalArgumentException e) {
            throw DatabricksReplies.invalidParameter("oidc_policy.issuer must be a valid HTTPS URL");
        }
    }

    private static void requireSubject(JsonNode oidc, Kind kind) {
        boolean there = !oidc.path("subject").asText().isEmpty();
        if (kind == Kind.ACCOUNT && there) {
            throw DatabricksReplies.invalidParameter("oidc_policy.subject must not be set in an account policy");
        }
        if (kind != Kind.ACCOUNT && !there) {
            throw DatabricksReplies.invalidParameter("oidc_policy.subject is required");
        }
        String claim = oidc.path("subject_claim").asText();
        if (kind == Kind.RECIPIENT && !CLAIMS_OF_RECIPIENTS.contains(claim)) {
            throw DatabricksReplies.invalidParameter("oidc_policy.subject_claim must be one of oid, azp, groups, sub");
        }
        if (kind == Kind.RECIPIENT && oidc.path("audiences").isEmpty()) {
            throw DatabricksReplies.invalidParameter("oidc_policy.audiences is required");
        }
    }

    private static void requireKeys(JsonNode oidc, Kind kind) {
        String json = oidc.path("jwks_json").asText();
        boolean both = !json.isEmpty() && !oidc.path("jwks_uri").asText().isEmpty();
        if (both || (kind == Kind.RECIPIENT && (oidc.has("jwks_json") || oidc.has("jwks_uri")))) {
            throw DatabricksReplies.invalidParameter(
                    both ? "only one of jwks_uri and jwks_json may be set" : "a recipient's policy has no keys");
        }
        if (json.isEmpty()) {
            return;
        }
        JsonNode keys = Json.object(json).orElseThrow(PolicyText::noKeySet).path("keys");
        if (!keys.isArray() || keys.isEmpty()) {
            throw noKeySet();
        }
        if (keys.size() > MOST_KEYS) {
            throw DatabricksReplies.invalidParameter("jwks_json supports up to " + MOST_KEYS + " keys");
        }
    }

    private static Refusal noKeySet() {
        return DatabricksReplies.invalidParameter("oidc_policy.jwks_json is not a valid JSON Web Key Set");
    }
}
