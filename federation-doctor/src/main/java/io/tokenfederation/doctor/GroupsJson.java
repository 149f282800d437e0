// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which groups each role must be in: {@code {"west_sales": ["sales-west"], "finance": "finance"}}. */
final class GroupsJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private GroupsJson() {}

    static Map<String, List<String>> read(String json) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        object(json).properties().forEach(field -> groups.put(field.getKey(), names(field.getValue())));
        return groups;
    }

    private static JsonNode object(String json) {
        try {
            JsonNode root = JSON.readTree(json);
            if (root != null && root.isObject()) {
                return root;
            }
        } catch (JsonProcessingException e) {
            // Said below, without the parser's words, which quote the text.
        }
        throw new IllegalArgumentException("it is no JSON object such as {\"west_sales\": [\"sales-west\"]}");
    }

    private static List<String> names(JsonNode value) {
        List<String> names = new ArrayList<>();
        for (JsonNode name : value.isArray() ? value : List.of(value)) {
            if (!name.isTextual() || name.textValue().isBlank()) {
                throw new IllegalArgumentException("a role's groups are strings, or a list of strings");
            }
            names.add(name.textValue());
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a role has an empty list of groups; leave the role out");
        }
        return names;
    }
}
