// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

/**
 * What a caller may act as: the application's role and the service principal behind it.
 *
 * @param name the application's own name for the role, such as {@code west_sales}
 * @param idpRole what the identity provider calls it, such as {@code sales-west}
 * @param servicePrincipal the service principal that has this role's rights in Unity Catalog
 */
public record ResolvedRole(String name, String idpRole, ServicePrincipal servicePrincipal) {
    /**
     * Checks that all three are there.
     *
     * @param name the application's own name for the role
     * @param idpRole what the identity provider calls it
     * @param servicePrincipal the service principal behind it
     */
    public ResolvedRole {
        requireNonNull(name, "name");
        requireNonNull(idpRole, "idpRole");
        requireNonNull(servicePrincipal, "servicePrincipal");
    }
}
