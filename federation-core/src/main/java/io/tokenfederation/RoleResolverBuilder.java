// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sets up a {@link RoleResolver}. All of it is checked before there is one. Not thread-safe. */
public final class RoleResolverBuilder {
    @Nullable RoleClaim claim;

    boolean ownSession;
    final Map<String, String> roles = new LinkedHashMap<>();
    final Map<String, ServicePrincipal> principals = new LinkedHashMap<>();
    private final Set<String> clients = new LinkedHashSet<>();
    private boolean shared;

    RoleResolverBuilder() {}

    /**
     * The claim that holds the role or roles, as a string or an array of strings. Required, this or
     * {@link #claimPath(String, String...)}.
     *
     * @param name its literal name, such as {@code https://example.com/role} or {@code roles}: dots, slashes and colons
     *     are part of it
     * @return this builder
     */
    public RoleResolverBuilder claim(String name) {
        this.claim = new RoleClaim(List.of(requireNonNull(name, "name")));
        return this;
    }

    /**
     * The claim that holds the role or roles, where that is within another one, as with Keycloak:
     * {@code claimPath("realm_access", "roles")}.
     *
     * @param name the outermost claim
     * @param within the members that lead to the role, from the outside in
     * @return this builder
     */
    public RoleResolverBuilder claimPath(String name, String... within) {
        List<String> path = new ArrayList<>(List.of(requireNonNull(name, "name")));
        path.addAll(List.of(within));
        this.claim = new RoleClaim(List.copyOf(path));
        return this;
    }

    /**
     * Maps a role of the identity provider to one of the application. The order of these calls is the order of
     * precedence. Default: without any such call, the claim holds the application's own role names, and their order
     * is that of the service principals.
     *
     * @param idpRole what the claim holds, such as {@code sales-west}; for Entra ID groups, the group's object id
     * @param name the application's own name, such as {@code west_sales}; several roles may lead to one
     * @return this builder
     * @throws IllegalArgumentException if this role of the identity provider is mapped already, or a name is blank
     */
    public RoleResolverBuilder role(String idpRole, String name) {
        if (requireNonNull(idpRole, "idpRole").isBlank()
                || requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("a role's name is blank");
        }
        if (roles.putIfAbsent(idpRole, name) != null) {
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
     * @throws IllegalArgumentException if this role has a service principal already, or its name is blank
     */
    public RoleResolverBuilder servicePrincipal(String role, ServicePrincipal principal) {
        requireNonNull(principal, "principal");
        if (requireNonNull(role, "role").isBlank()) {
            throw new IllegalArgumentException("a role's name is blank");
        }
        if (principals.putIfAbsent(role, principal) != null) {
            throw new IllegalArgumentException("the role '" + role + "' has two service principals");
        }
        return this;
    }

    /**
     * Says which service principal each role acts as, in the form deployments keep it, such as in {@code ROLE_SP_MAP}: a
     * JSON object from the application's role names to application ids.
     *
     * @param json such as {@code {"west_sales": "7cb2f8a4-49a7-4147-83db-35cb69e5cede"}}
     * @return this builder
     * @throws IllegalArgumentException if it is no such object, names a role twice, or an id is no UUID
     */
    public RoleResolverBuilder servicePrincipals(String json) {
        RoleToServicePrincipalJson.read(requireNonNull(json, "json")).forEach(this::servicePrincipal);
        return this;
    }

    /**
     * Takes claim, roles and service principals from one JSON document. What it leaves out can be set by the other
     * methods, such as service principals that differ between environments.
     *
     * <pre>{@code
     * {
     *   "claim": "https://example.com/role",
     *   "roles": [
     *     {"idpRole": "executives", "role": "executive"},
     *     {"idpRole": "sales-west", "role": "west_sales"}
     *   ],
     *   "servicePrincipals": {
     *     "executive": "7cb2f8a4-49a7-4147-83db-35cb69e5cede",
     *     "west_sales": "bc3cfe6c-469e-4130-b425-5384c4aa30bb"
     *   }
     * }
     * }</pre>
     *
     * <p>The array {@code roles} is in order of precedence. {@code claim} may be an array, which is then a path, such as
     * {@code ["realm_access", "roles"]}.
     *
     * @param json the document
     * @return this builder
     * @throws IllegalArgumentException if it is no such document, has a member that is not known, or says something twice
     */
    public RoleResolverBuilder settings(String json) {
        RoleSettingsJson.read(requireNonNull(json, "json"), this);
        return this;
    }

    /**
     * Takes claim, roles and service principals from a file: see {@link #settings(String)}.
     *
     * @param file the file, in UTF-8
     * @return this builder
     * @throws UncheckedIOException if it cannot be read
     * @throws IllegalArgumentException as {@link #settings(String)}; the message names the file
     */
    public RoleResolverBuilder settings(Path file) {
        try {
            return settings(Files.readString(requireNonNull(file, "file")));
        } catch (IOException e) {
            throw new UncheckedIOException("the roles cannot be read from " + file, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Lets two roles of the application be one service principal. They then have the same rights in Databricks, whatever
     * they are called. Default: refused, because it is mostly an id that was pasted twice, which gives one role the rights
     * of the other.
     *
     * @return this builder
     */
    public RoleResolverBuilder principalsMayBeShared() {
        this.shared = true;
        return this;
    }

    /**
     * Names the identity provider's M2M client, so that its id is refused as a service principal's: both can be UUIDs, and
     * are easily confused. Leave it out where the client is itself a service principal that Entra ID manages.
     *
     * @param clientId the M2M application's client id
     * @return this builder
     */
    public RoleResolverBuilder notTheClient(String clientId) {
        clients.add(requireNonNull(clientId, "clientId").strip());
        return this;
    }

    /**
     * Says that this backend logs people in itself and keeps their role in a session of its own, and so opens
     * {@link RoleResolver#resolveTrustedRoleName(String)}, whose conditions must all be true. A claim is then not
     * required. Default: roles come from verified claims only.
     *
     * @return this builder
     */
    public RoleResolverBuilder rolesFromOwnSession() {
        this.ownSession = true;
        return this;
    }

    /**
     * Builds the resolver.
     *
     * @return the resolver
     * @throws IllegalStateException if a required setting is missing, a role has no service principal, two roles have the
     *     same, or one is the client named by {@link #notTheClient(String)}
     */
    public RoleResolver build() {
        if (claim == null && !ownSession) {
            throw new IllegalStateException("set claim(name): the claim that holds the caller's role");
        }
        if (principals.isEmpty()) {
            throw new IllegalStateException("set servicePrincipals(json): which service principal each role is");
        }
        requirePrincipalsOfTheirOwn();
        Map<String, ResolvedRole> byIdpRole = new LinkedHashMap<>();
        if (roles.isEmpty()) {
            principals.keySet().forEach(role -> byIdpRole.put(role, resolved(role, role)));
        }
        roles.forEach((idpRole, name) -> byIdpRole.put(idpRole, resolved(idpRole, name)));
        return new RoleResolver(this, byIdpRole);
    }

    private void requirePrincipalsOfTheirOwn() {
        Map<ServicePrincipal, String> seen = new LinkedHashMap<>();
        principals.forEach((role, principal) -> {
            if (clients.stream().anyMatch(principal.toString()::equalsIgnoreCase)) {
                throw new IllegalStateException("the role '" + role + "' has the identity provider's client id "
                        + principal + " in place of a service principal's application id");
            }
            String other = seen.putIfAbsent(principal, role);
            if (other != null && !shared) {
                throw new IllegalStateException("the roles '" + other + "' and '" + role + "' have the same service"
                        + " principal, " + principal + "; set principalsMayBeShared() if that is meant");
            }
        });
    }

    private ResolvedRole resolved(String idpRole, String name) {
        ServicePrincipal principal = principals.get(name);
        if (principal == null) {
            throw new IllegalStateException(
                    "the role '" + name + "' has no service principal; those that have one are " + principals.keySet());
        }
        return new ResolvedRole(name, idpRole, principal);
    }
}
