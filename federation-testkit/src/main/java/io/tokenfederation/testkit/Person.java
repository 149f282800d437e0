// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody who can log in at a {@link LoopbackIdp}, with what the provider knows about them.
 *
 * <pre>{@code
 * idp.person(Person.of("sarah@partner.example", "correct horse").name("Sarah").roles("sales-west"));
 * }</pre>
 *
 * <p>Each provider tells roles and groups in its own way:
 *
 * <ul>
 *   <li>Auth0: roles in the claim that {@link Auth0Rules#roleClaim} names, in ID and access tokens; groups nowhere
 *   <li>Okta: roles and groups alike in {@code groups}, together with {@code Everyone}
 *   <li>Entra ID: app roles in {@code roles}, and the object ids of the groups in {@code groups}
 *   <li>Keycloak: {@code realm_access.roles} of the access token only, and {@code groups}
 * </ul>
 *
 * <p>Immutable: every method returns a changed copy.
 */
public final class Person {
    private static final List<String> EMAIL = List.of("email", "email_verified");

    private final String username;
    private final String password;
    private final List<String> roles;
    private final List<String> groups;
    private final Map<String, Object> claims;

    private Person(
            String username, String password, List<String> roles, List<String> groups, Map<String, Object> claims) {
        this.username = username;
        this.password = password;
        this.roles = roles;
        this.groups = groups;
        this.claims = claims;
    }

    /**
     * Somebody without roles, groups, name or address.
     *
     * @param username what they log in with
     * @param password their password
     * @return the person
     */
    public static Person of(String username, String password) {
        if (requireNonNull(username, "username").isBlank()
                || requireNonNull(password, "password").isEmpty()) {
            throw new IllegalArgumentException("a person needs a username and a password");
        }
        return new Person(username, password, List.of(), List.of(), Map.of());
    }

    /**
     * Sets the roles.
     *
     * @param names their names
     * @return the person with these roles and no others
     */
    public Person roles(String... names) {
        return new Person(username, password, List.of(names), groups, claims);
    }

    /**
     * Sets the groups.
     *
     * @param names their names
     * @return the person with these groups and no others
     */
    public Person groups(String... names) {
        return new Person(username, password, roles, List.of(names), claims);
    }

    /**
     * Sets the name that is shown, which the scope {@code profile} asks for.
     *
     * @param name the name
     * @return the person with this name
     */
    public Person name(String name) {
        return claim("name", name);
    }

    /**
     * Sets a verified e-mail address, which the scope {@code email} asks for.
     *
     * @param email the address
     * @return the person with this address
     */
    public Person email(String email) {
        return claim("email", email).claim("email_verified", true);
    }

    /**
     * Sets a claim of this person's tokens; the protocol's own claims, such as {@code sub}, cannot be set.
     *
     * @param name the claim's name
     * @param value a JSON value
     * @return the person with this claim
     */
    public Person claim(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(claims);
        more.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
        return new Person(username, password, roles, groups, Collections.unmodifiableMap(more));
    }

    /** {@return what the person logs in with} */
    public String username() {
        return username;
    }

    List<String> roles() {
        return roles;
    }

    List<String> groups() {
        return groups;
    }

    Optional<Object> claim(String name) {
        return Optional.ofNullable(claims.get(name));
    }

    /** A copy of all that these scopes open; claims of one's own need no scope. */
    Map<String, Object> claims(LoginTarget target) {
        Map<String, Object> open = new LinkedHashMap<>(claims);
        if (!target.has("profile")) {
            open.remove("name");
        }
        if (!target.has("email")) {
            open.keySet().removeAll(EMAIL);
        }
        return open;
    }

    /** A copy of the claims that are not of OpenID Connect's scopes. */
    Map<String, Object> customClaims() {
        Map<String, Object> own = new LinkedHashMap<>(claims);
        own.remove("name");
        own.keySet().removeAll(EMAIL);
        return own;
    }

    boolean hasPassword(String presented) {
        return MessageDigest.isEqual(
                password.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return the username only} */
    @Override
    public String toString() {
        return "Person[" + username + "]";
    }
}
