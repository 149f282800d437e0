// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads claim, roles and service principals from one document: see {@link RoleResolverBuilder#settings(String)}. */
final class RoleSettingsJson {
    private static final String CLAIM = "claim";
    private static final String ROLES = "roles";
    private static final String PRINCIPALS = "servicePrincipals";
    private static final String IDP_ROLE = "idpRole";
    private static final String ROLE = "role";
    private static final String EXAMPLE = "{\"claim\": \"https://example.com/role\","
            + " \"roles\": [{\"idpRole\": \"sales-west\", \"role\": \"west_sales\"}],"
            + " \"servicePrincipals\": {\"west_sales\": \"7cb2f8a4-49a7-4147-83db-35cb69e5cede\"}}";

    private RoleSettingsJson() {}

    static void read(String json, RoleResolverBuilder builder) {
        JsonNode root = StrictJson.object(json, "the document of roles", EXAMPLE);
        requireOnly(root, Set.of(CLAIM, ROLES, PRINCIPALS));
        if (root.has(CLAIM)) {
            List<String> path = path(root.get(CLAIM));
            builder.claimPath(path.get(0), path.subList(1, path.size()).toArray(String[]::new));
        }
        if (root.has(ROLES)) {
            require(root.get(ROLES).isArray(), "roles must be an array: its order is the precedence");
            root.get(ROLES).forEach(role -> {
                require(role.isObject(), "each of the roles must be an object with idpRole and role");
                requireOnly(role, Set.of(IDP_ROLE, ROLE));
                builder.role(text(role.path(IDP_ROLE), IDP_ROLE), text(role.path(ROLE), ROLE));
            });
        }
        if (root.has(PRINCIPALS)) {
            require(root.get(PRINCIPALS).isObject(), "servicePrincipals must be an object from role to application id");
            RoleToServicePrincipalJson.read(root.get(PRINCIPALS)).forEach(builder::servicePrincipal);
        }
    }

    private static List<String> path(JsonNode claim) {
        List<String> path = new ArrayList<>();
        if (claim.isArray()) {
            claim.forEach(name -> path.add(text(name, CLAIM)));
        } else {
            path.add(text(claim, CLAIM));
        }
        require(!path.isEmpty(), "claim must name at least one claim");
        return path;
    }

    private static String text(JsonNode node, String what) {
        require(node.isTextual() && !node.textValue().isBlank(), what + " must be a string that is not blank");
        return node.textValue();
    }

    private static void requireOnly(JsonNode object, Set<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            // Not the name: whoever pasted a secret here should not find it in a log.
            require(known.contains(name), "a member is none of " + known);
        });
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("the document of roles: " + what);
        }
    }
}
