// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who can log in at one identity provider, and at which applications. Thread-safe. */
final class People {
    private final Map<String, Person> persons = new ConcurrentHashMap<>();
    private final Map<String, BrowserApplication> applications = new ConcurrentHashMap<>();

    void register(Person person) {
        persons.put(person.username(), person);
    }

    void register(String clientId, List<String> redirectUris) {
        if (redirectUris.isEmpty()) {
            throw new IllegalArgumentException("a browser application needs an address to return to");
        }
        applications.put(
                requireNonNull(clientId, "clientId"),
                new BrowserApplication(clientId, Set.copyOf(redirectUris), Set.of()));
    }

    void registerLogout(String clientId, List<String> uris) {
        BrowserApplication changed = applications.computeIfPresent(
                clientId, (id, application) -> application.withLogoutUris(Set.copyOf(uris)));
        if (changed == null) {
            throw new IllegalArgumentException("register the application with browserApplication(…) first");
        }
    }

    /** The person, if the password is theirs. */
    Optional<Person> authenticate(String username, String password) {
        return Optional.ofNullable(persons.get(username)).filter(person -> person.hasPassword(password));
    }

    Optional<BrowserApplication> application(String clientId) {
        return Optional.ofNullable(applications.get(clientId));
    }

    boolean isOriginOfAny(String origin) {
        return applications.values().stream()
                .anyMatch(application -> application.origins().contains(origin));
    }

    boolean isLogoutUriOfAny(String uri) {
        return applications.values().stream()
                .anyMatch(application -> application.logoutUris().contains(uri));
    }
}
