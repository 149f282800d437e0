// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenfederation.internal.HttpTransport;
import java.util.Optional;

/** A policy as the REST API writes it: the object {@code oidc_policy} with its members in snake_case. */
final class PolicyJson {
    /** Strict where Jackson would pass over half of what somebody wrote; writes ASCII, so that all of it can be seen. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private static final String POLICY = "oidc_policy";
    static final String ISSUER = "issuer";
    static final String AUDIENCES = "audiences";
    static final String SUBJECT = "subject";
    static final String SUBJECT_CLAIM = "subject_claim";
    static final String JWKS_URI = "jwks_uri";
    static final String JWKS_JSON = "jwks_json";

    private PolicyJson() {}

    /** {@return the body that creates this policy, indented} */
    static String write(FederationPolicy policy) {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode oidc = body.putObject(POLICY).put(ISSUER, policy.issuer());
        if (!policy.audiences().isEmpty()) {
            policy.audiences().forEach(oidc.putArray(AUDIENCES)::add);
        }
        policy.subject().ifPresent(subject -> oidc.put(SUBJECT, subject));
        oidc.put(SUBJECT_CLAIM, policy.subjectClaim());
        policy.jwksUri().ifPresent(uri -> oidc.put(JWKS_URI, uri.toString()));
        policy.jwksJson().ifPresent(keys -> oidc.put(JWKS_JSON, keys));
        try {
            // ASCII has one control character that JSON leaves as it is.
            return JSON.writer(indented()).writeValueAsString(body).replace("\u007f", "\\u007F");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings cannot be written", e);
        }
    }

    /** Reads a body, or the object in it, as it is: what Databricks stored may have the very mistake that is looked for. */
    static FederationPolicy read(String json) {
        JsonNode root = tree(json);
        JsonNode oidc = root.hasNonNull(POLICY) ? root.get(POLICY) : root;
        if (!oidc.isObject()) {
            throw new IllegalArgumentException(
                    "the policy must be one JSON object, such as {\"oidc_policy\":{\"issuer\":\"https://…\"}}");
        }
        MisnamedMembers.requireNone(oidc);
        return stored(oidc);
    }

    /** Reads the object that Databricks answered with, which may have members that nobody knows yet. */
    static FederationPolicy stored(JsonNode oidc) {
        FederationPolicyBuilder builder = FederationPolicy.builder();
        builder.issuer = text(oidc, ISSUER).orElseThrow(() -> new IllegalArgumentException("the policy has no issuer"));
        audiences(oidc).forEach(audience -> builder.audiences.add(string(audience, AUDIENCES)));
        text(oidc, SUBJECT).ifPresent(subject -> builder.subject = subject);
        text(oidc, SUBJECT_CLAIM).ifPresent(claim -> builder.subjectClaim = claim);
        text(oidc, JWKS_URI).ifPresent(uri -> builder.jwksUri = HttpTransport.parse(uri, JWKS_URI));
        keys(oidc).ifPresent(keys -> builder.jwksJson = keys);
        try {
            return builder.build();
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            // Not the cause: it quotes what it could not read.
            throw new IllegalArgumentException(
                    "the policy is not JSON, or has a member twice, or something follows its end");
        }
    }

    private static JsonNode audiences(JsonNode oidc) {
        JsonNode audiences = oidc.path(AUDIENCES);
        if (!audiences.isArray() && !audiences.isMissingNode() && !audiences.isNull()) {
            throw new IllegalArgumentException(wrongType(AUDIENCES));
        }
        return audiences;
    }

    /** A member's text; the API leaves out what is not set, or writes it as null or empty. */
    private static Optional<String> text(JsonNode oidc, String member) {
        JsonNode value = oidc.path(member);
        return value.isMissingNode() || value.isNull()
                ? Optional.empty()
                : Optional.of(string(value, member)).filter(text -> !text.isEmpty());
    }

    /** The API has the keys as a text; people write them as the object it stands for. */
    private static Optional<String> keys(JsonNode oidc) {
        JsonNode keys = oidc.path(JWKS_JSON);
        return keys.isObject() ? Optional.of(keys.toString()) : text(oidc, JWKS_JSON);
    }

    private static String string(JsonNode value, String member) {
        if (!value.isTextual()) {
            throw new IllegalArgumentException(wrongType(member));
        }
        return value.textValue();
    }

    private static String wrongType(String member) {
        return "in the policy, " + member + " must be " + (member.equals(AUDIENCES) ? "a list of strings" : "a string");
    }

    private static PrettyPrinter indented() {
        return new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(new DefaultIndenter("  ", "\n"));
    }
}
