// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.internal.SafeText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a caller may act as: claim → role of the application → service principal.
 *
 * <pre>{@code
 * RoleResolver roles = RoleResolver.builder()
 *     .claim("https://example.com/role")
 *     .role("executives", "executive")
 *     .role("sales-west", "west_sales")
 *     .servicePrincipals("{\"executive\": \"7cb2f8a4-…\", \"west_sales\": \"bc3cfe6c-…\"}")
 *     .build();
 * ServicePrincipal principal = roles.resolve(caller.claims()).servicePrincipal();
 * }</pre>
 *
 * <p>A caller with several roles gets the first in the order they were configured, whatever the token's order. A caller
 * with no known role is denied: there is no default. Roles are compared character for character.
 *
 * <p>Immutable and thread-safe; does no I/O.
 */
public final class RoleResolver {
    private final String claim;
    private final Map<String, ResolvedRole> byIdpRole;

    private RoleResolver(String claim, Map<String, ResolvedRole> byIdpRole) {
        this.claim = claim;
        this.byIdpRole = byIdpRole;
    }

    /** {@return a builder; the claim and the service principals are required} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Resolves the caller's role.
     *
     * @param claims verified claims of the caller's token
     * @return the first configured role the caller has
     * @throws RoleNotMappedException if the claim is missing or unreadable, or holds no known role; deny the caller
     */
    public ResolvedRole resolve(VerifiedClaims claims) {
        if (claims.get(claim).isEmpty()) {
            throw new RoleNotMappedException(Problem.of(
                    ErrorCode.ROLE_CLAIM_MISSING,
                    "the token has no claim '" + claim + "'; it has "
                            + SafeText.of(claims.names().toString())));
        }
        List<String> idpRoles = claims.texts(claim)
                .orElseThrow(() -> new RoleNotMappedException(Problem.of(
                        ErrorCode.ROLE_CLAIM_UNREADABLE,
                        "the claim '" + claim + "' is neither a string nor a list of strings")));
        for (Map.Entry<String, ResolvedRole> known : byIdpRole.entrySet()) {
            if (idpRoles.contains(known.getKey())) {
                return known.getValue();
            }
        }
        throw new RoleNotMappedException(Problem.of(
                ErrorCode.ROLE_UNKNOWN,
                "the claim '" + claim + "' holds " + SafeText.of(idpRoles.toString()) + "; known are "
                        + byIdpRole.keySet()));
    }

    /** {@return all roles that can be resolved, in order of precedence} */
    public List<ResolvedRole> roles() {
        return List.copyOf(byIdpRole.values());
    }

    /** Sets up a {@link RoleResolver}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String claim;
        private final Map<String, String> roles = new LinkedHashMap<>();
        private final Map<String, ServicePrincipal> servicePrincipals = new LinkedHashMap<>();

        private Builder() {}

        /**
         * The claim that holds the role or roles. Required.
         *
         * @param name its literal name, such as {@code https://example.com/role} or {@code roles}
         * @return this builder
         */
        public Builder claim(String name) {
            this.claim = requireNonNull(name, "name");
            return this;
        }

        /**
         * Maps a role of the identity provider to one of the application. The order of these calls is the order of
         * precedence. Default: without any such call, the claim holds the application's own role names, and their order
         * is that of the service principals.
         *
         * @param idpRole what the claim holds, such as {@code sales-west}
         * @param name the application's own name, such as {@code west_sales}
         * @return this builder
         * @throws IllegalArgumentException if this role of the identity provider is mapped already
         */
        public Builder role(String idpRole, String name) {
            requireNonNull(name, "name");
            if (roles.putIfAbsent(requireNonNull(idpRole, "idpRole"), name) != null) {
                throw new IllegalArgumentException("the role '" + idpRole + "' is mapped twice");
            }
            return this;
        }

        /**
         * Says which service principal a role acts as. One for each role is required.
         *
         * @param role the application's own name for the role
         * @param principal its service principal
         * @return this builder
         * @throws IllegalArgumentException if this role has a service principal already
         */
        public Builder servicePrincipal(String role, ServicePrincipal principal) {
            requireNonNull(principal, "principal");
            if (servicePrincipals.putIfAbsent(requireNonNull(role, "role"), principal) != null) {
                throw new IllegalArgumentException("the role '" + role + "' has two service principals");
            }
            return this;
        }

        /**
         * Says which service principal each role acts as, in the form deployments keep it: a JSON object from the
         * application's role names to application ids.
         *
         * @param json such as {@code {"west_sales": "7cb2f8a4-49a7-4147-83db-35cb69e5cede"}}
         * @return this builder
         * @throws IllegalArgumentException if it is no such object, names a role twice, or an id is no UUID
         */
        public Builder servicePrincipals(String json) {
            RoleToServicePrincipalJson.read(requireNonNull(json, "json")).forEach(this::servicePrincipal);
            return this;
        }

        /**
         * Builds the resolver.
         *
         * @return the resolver
         * @throws IllegalStateException if a required setting is missing, or a role has no service principal
         */
        public RoleResolver build() {
            if (claim == null) {
                throw new IllegalStateException("set claim(name): the claim that holds the caller's role");
            }
            if (servicePrincipals.isEmpty()) {
                throw new IllegalStateException("set servicePrincipals(json): which service principal each role is");
            }
            if (roles.isEmpty()) {
                servicePrincipals.keySet().forEach(role -> roles.put(role, role));
            }
            Map<String, ResolvedRole> byIdpRole = new LinkedHashMap<>();
            roles.forEach((idpRole, name) -> byIdpRole.put(idpRole, resolved(idpRole, name)));
            return new RoleResolver(claim, byIdpRole);
        }

        private ResolvedRole resolved(String idpRole, String name) {
            ServicePrincipal principal = servicePrincipals.get(name);
            if (principal == null) {
                throw new IllegalStateException("the role '" + name + "' has no service principal; those that have one"
                        + " are " + servicePrincipals.keySet());
            }
            return new ResolvedRole(name, idpRole, principal);
        }
    }
}
