// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of resources for roles: the role's own name where Terraform takes it, else one that is made of it. */
final class TerraformNames {
    private static final Pattern LEGAL = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    private TerraformNames() {}

    /** {@return role to name, each name once; the same roles in the same order have the same names} */
    static Map<String, String> of(Collection<String> roles) {
        List<String> illegal =
                roles.stream().filter(role -> !LEGAL.matcher(role).matches()).toList();
        Map<String, String> names = new LinkedHashMap<>();
        roles.stream().filter(role -> LEGAL.matcher(role).matches()).forEach(role -> names.put(role, role));
        Set<String> taken = new HashSet<>(names.values());
        for (String role : illegal) {
            String name = derived(role);
            String unique = name;
            for (int number = 2; !taken.add(unique); number++) {
                unique = name + "_" + number;
            }
            names.put(role, unique);
        }
        return names;
    }

    private static String derived(String role) {
        String name = role.replaceAll("[^A-Za-z0-9_-]", "_");
        return LEGAL.matcher(name).matches() ? name : "role_" + name;
    }
}
