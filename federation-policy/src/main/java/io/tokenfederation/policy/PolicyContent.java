// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a policy says, in a form in which two that mean the same are the same: audiences in no order and with the default
 * filled in, keys without white space.
 *
 * @param policy the policy
 * @param defaultAudience what stands for no audiences: the account id; empty for a recipient, who has no default
 */
record PolicyContent(FederationPolicy policy, String defaultAudience) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /** {@return in which fields the other says something else} */
    Set<PolicyField> differing(PolicyContent other) {
        Map<PolicyField, Object> ours = fields();
        Map<PolicyField, Object> theirs = other.fields();
        Set<PolicyField> differing = EnumSet.noneOf(PolicyField.class);
        ours.forEach((field, value) -> {
            if (!value.equals(theirs.get(field))) {
                differing.add(field);
            }
        });
        return differing;
    }

    /** {@return what it says as a JSON array, in which nothing can be mistaken for something else} */
    String canonical() {
        try {
            return SORTED.writeValueAsString(SORTED.convertValue(fields().values(), Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings cannot be written", e);
        }
    }

    private Map<PolicyField, Object> fields() {
        Map<PolicyField, Object> fields = new EnumMap<>(PolicyField.class);
        fields.put(PolicyField.ISSUER, policy.issuer());
        fields.put(PolicyField.AUDIENCES, audiences());
        fields.put(PolicyField.SUBJECT, policy.subject().orElse(""));
        fields.put(PolicyField.SUBJECT_CLAIM, policy.subjectClaim());
        fields.put(PolicyField.JWKS_URI, policy.jwksUri().map(Object::toString).orElse(""));
        fields.put(
                PolicyField.JWKS_JSON,
                policy.jwksJson().map(PolicyContent::tree).orElse(""));
        return fields;
    }

    private Set<String> audiences() {
        List<String> said = policy.audiences();
        return new TreeSet<>(said.isEmpty() && !defaultAudience.isEmpty() ? List.of(defaultAudience) : said);
    }

    private static Object tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return json;
        }
    }
}
