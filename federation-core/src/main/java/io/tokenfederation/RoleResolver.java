// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.internal.SafeText;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
 * with no known role is denied: there is no default. Roles are compared character for character; an error says so where
 * one is nearly right.
 *
 * <p>Immutable and thread-safe; does no I/O.
 */
public final class RoleResolver {
    private final @Nullable RoleClaim claim;
    private final boolean mapped;
    private final boolean ownSession;
    /** By what the identity provider calls them, in order of precedence. */
    private final Map<String, ResolvedRole> byIdpRole;
    /** By the application's own name: all that have a service principal. */
    private final Map<String, ResolvedRole> byName;

    RoleResolver(RoleResolverBuilder settings, Map<String, ResolvedRole> byIdpRole) {
        this.claim = settings.claim;
        this.mapped = !settings.roles.isEmpty();
        this.ownSession = settings.ownSession;
        this.byIdpRole = byIdpRole;
        this.byName = new LinkedHashMap<>();
        settings.principals.forEach((name, principal) -> byName.put(name, new ResolvedRole(name, name, principal)));
    }

    /** {@return a builder; the claim and the service principals are required} */
    public static RoleResolverBuilder builder() {
        return new RoleResolverBuilder();
    }

    /**
     * Resolves the caller's role.
     *
     * @param claims verified claims of the caller's token
     * @return the first configured role the caller has
     * @throws RoleNotMappedException if the claim is missing or unreadable, or holds no known role; deny the caller
     * @throws IllegalStateException if no claim was configured
     */
    public ResolvedRole resolve(VerifiedClaims claims) {
        return resolveAll(claims).get(0);
    }

    /**
     * Resolves all roles the caller has, for an application that lets people choose between theirs.
     *
     * @param claims verified claims of the caller's token
     * @return each role once, in the configured order; at least one
     * @throws RoleNotMappedException as {@link #resolve(VerifiedClaims)}
     * @throws IllegalStateException if no claim was configured
     */
    public List<ResolvedRole> resolveAll(VerifiedClaims claims) {
        if (claim == null) {
            throw new IllegalStateException("no claim(name) was set, so roles cannot come from a token");
        }
        List<String> held = claim.rolesIn(requireNonNull(claims, "claims"));
        Map<String, ResolvedRole> found = new LinkedHashMap<>();
        byIdpRole.forEach((idpRole, role) -> {
            if (held.contains(idpRole)) {
                found.putIfAbsent(role.name(), role);
            }
        });
        if (found.isEmpty()) {
            throw unknown(claim, held);
        }
        return List.copyOf(found.values());
    }

    /**
     * Takes the application's word for who somebody is: whoever can choose this text chooses the service principal.
     *
     * <p>It is for a backend that has logged the person in itself and keeps their role in a session of its own. All of
     * this must be true: the role was put into the session by the backend, after a login it verified; the session is
     * found by a secret that the browser cannot choose; and nothing the browser sends, no header, cookie value, form field
     * or query parameter, is ever passed here. {@code X-Caller-Role} is such a header. If in doubt, use
     * {@link #resolve(VerifiedClaims)}.
     *
     * @param roleOfOwnSession the application's own name for the role, from the application's own session
     * @return the role
     * @throws RoleNotMappedException if it has no service principal; deny the caller
     * @throws IllegalStateException if {@link RoleResolverBuilder#rolesFromOwnSession()} was not set
     */
    public ResolvedRole resolveTrustedRoleName(String roleOfOwnSession) {
        requireNonNull(roleOfOwnSession, "roleOfOwnSession");
        if (!ownSession) {
            throw new IllegalStateException("set rolesFromOwnSession() on the builder, if this backend logs people in"
                    + " itself and keeps their role where the browser cannot write; else use resolve(claims)");
        }
        ResolvedRole role = byName.get(roleOfOwnSession);
        if (role == null) {
            throw unmapped("the session's role", List.of(roleOfOwnSession));
        }
        return role;
    }

    /** {@return all roles that can be resolved from a token, in order of precedence} */
    public List<ResolvedRole> roles() {
        return List.copyOf(byIdpRole.values());
    }

    /**
     * Returns the roles that have a service principal, but that no role of the identity provider leads to: left over, or
     * misspelt in one of two places. Log them when the application starts.
     *
     * @return the application's own names for them, in the configured order
     */
    public Set<String> unusedRoles() {
        Set<String> used = byIdpRole.values().stream().map(ResolvedRole::name).collect(Collectors.toSet());
        return byName.keySet().stream()
                .filter(Predicate.not(used::contains))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private RoleNotMappedException unknown(RoleClaim claim, List<String> held) {
        if (!mapped) {
            return unmapped("the claim " + claim, held);
        }
        String hint = new UnknownRole(held, byIdpRole.keySet(), byName.keySet()).hint();
        return RoleNotMappedException.of(
                ErrorCode.ROLE_UNKNOWN,
                "the claim " + claim + " holds " + SafeText.of(held.toString()) + "; known are " + byIdpRole.keySet()
                        + hint);
    }

    private RoleNotMappedException unmapped(String where, List<String> held) {
        String hint = new UnknownRole(held, byName.keySet(), Set.of()).hint();
        return RoleNotMappedException.of(
                ErrorCode.ROLE_UNMAPPED,
                where + " holds " + SafeText.of(held.toString()) + "; a service principal have " + byName.keySet()
                        + hint);
    }
}
