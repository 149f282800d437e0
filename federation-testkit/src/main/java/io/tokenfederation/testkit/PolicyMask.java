// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code update_mask} lets an update change: the fields it lists, {@code *} for all, and without a mask those that the
 * body has. A field that is listed and not in the body is cleared.
 */
final class PolicyMask {
    private static final String POLICY = "oidc_policy";
    private static final Set<String> FIELDS =
            Set.of("issuer", "audiences", "subject", "subject_claim", "jwks_uri", "jwks_json");

    private PolicyMask() {}

    static PolicyText apply(Optional<String> mask, PolicyText old, JsonNode body, PolicyText.Kind kind) {
        ObjectNode oidc = old.oidc().deepCopy();
        String description = old.description();
        for (String path : paths(mask, body)) {
            if (path.equals("description")) {
                description = body.path("description").asText();
            } else {
                String field = path.substring(POLICY.length() + 1);
                JsonNode value = body.path(POLICY).path(field);
                oidc.remove(field);
                if (!value.isMissingNode()) {
                    oidc.set(field, value);
                }
            }
        }
        return PolicyText.read(oidc, description, kind);
    }

    private static List<String> paths(Optional<String> mask, JsonNode body) {
        List<String> paths = new ArrayList<>();
        if (mask.isEmpty()) {
            Optional.of("description").filter(body::has).ifPresent(paths::add);
            FIELDS.stream().filter(body.path(POLICY)::has).map(PolicyMask::path).forEach(paths::add);
            return paths;
        }
        for (String path : mask.get().split(",", -1)) {
            if (path.equals("*")) {
                paths.add("description");
            }
            if (path.equals("*") || path.equals(POLICY)) {
                FIELDS.stream().map(PolicyMask::path).forEach(paths::add);
            } else if (path.equals("description")
                    || FIELDS.stream().anyMatch(field -> path(field).equals(path))) {
                paths.add(path);
            } else {
                throw DatabricksReplies.invalidParameter("update_mask names no field of a policy: '" + path + "'");
            }
        }
        return paths;
    }

    private static String path(String field) {
        return POLICY + "." + field;
    }
}
