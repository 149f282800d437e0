// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the map from role to application id that a deployment configures. */
final class RoleToServicePrincipalJson {
    private static final String EXAMPLE = "{\"west_sales\": \"7cb2f8a4-49a7-4147-83db-35cb69e5cede\"}";

    private RoleToServicePrincipalJson() {}

    static Map<String, ServicePrincipal> read(String json) {
        return read(StrictJson.object(json, "the map from role to service principal", EXAMPLE));
    }

    static Map<String, ServicePrincipal> read(JsonNode map) {
        Map<String, ServicePrincipal> principals = new LinkedHashMap<>();
        map.properties().forEach(entry -> principals.put(entry.getKey(), principal(entry)));
        return principals;
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
