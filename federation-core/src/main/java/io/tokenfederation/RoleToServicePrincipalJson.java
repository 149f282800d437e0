// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the map from role to application id that a deployment configures, strictly: a typing error must not deny or grant. */
final class RoleToServicePrincipalJson {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private RoleToServicePrincipalJson() {}

    static Map<String, ServicePrincipal> read(String json) {
        Map<String, ServicePrincipal> principals = new LinkedHashMap<>();
        tree(json).properties().forEach(entry -> principals.put(entry.getKey(), principal(entry)));
        return principals;
    }

    private static JsonNode tree(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Not the cause: the parser quotes its input, which may be a secret pasted into the wrong variable.
            throw new IllegalArgumentException(
                    "the map from role to service principal is not JSON, or names a role twice; it should look like "
                            + "{\"west_sales\": \"7cb2f8a4-49a7-4147-83db-35cb69e5cede\"}");
        }
        if (root == null || !root.isObject()) {
            throw new IllegalArgumentException(
                    "the map from role to service principal must be one JSON object, such as "
                            + "{\"west_sales\": \"7cb2f8a4-49a7-4147-83db-35cb69e5cede\"}");
        }
        return root;
    }

    private static ServicePrincipal principal(Map.Entry<String, JsonNode> entry) {
        String role = entry.getKey();
        if (!entry.getValue().isTextual()) {
            throw new IllegalArgumentException("the role '" + role + "': the application id must be a string");
        }
        try {
            return ServicePrincipal.of(entry.getValue().textValue());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the role '" + role + "': " + e.getMessage(), e);
        }
    }
}
