// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import io.tokenfederation.policy.FederationPolicy;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One Databricks account: its service principals and users, the policies for them, and what they may not do. */
final class Account {
    /** A service principal, whose user name is its application id, or a user. */
    record Principal(long id, String userName, String displayName, List<String> groups) {}

    private static final Pattern APPLICATION_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final String id;
    private final Clock clock;
    private final AtomicLong lastId = new AtomicLong(3_659_993_829_438_600L);
    private final Map<String, Principal> principals = new ConcurrentHashMap<>();
    private final Map<String, PolicyShelf> shelves = new ConcurrentHashMap<>();
    private final PolicyShelf accountShelf = new PolicyShelf(PolicyShelf.MOST_POLICIES);
    private final Metastore metastore = new Metastore();
    private final Set<String> withoutWarehouse = ConcurrentHashMap.newKeySet();
    private final Set<String> accountAdmins = ConcurrentHashMap.newKeySet();
    private final Set<String> metastoreAdmins = ConcurrentHashMap.newKeySet();

    Account(String id, Clock clock) {
        this.id = id;
        this.clock = clock;
    }

    String id() {
        return id;
    }

    void register(String userName, String displayName, List<String> groups) {
        principals.put(userName, new Principal(lastId.incrementAndGet(), userName, displayName, groups));
    }

    void delete(String userName) {
        requireKnown(userName);
        principals.remove(userName);
        shelves.remove(userName);
        accountAdmins.remove(userName);
        metastoreAdmins.remove(userName);
    }

    Optional<Principal> principal(String userName) {
        return Optional.ofNullable(principals.get(userName));
    }

    /** Without the users, whose names are no application ids; in the order of their creation. */
    Stream<Principal> servicePrincipals() {
        return principals.values().stream()
                .filter(principal ->
                        APPLICATION_ID.matcher(principal.userName()).matches())
                .sorted(Comparator.comparingLong(Principal::id));
    }

    void addPolicy(String userName, FederationPolicy policy) {
        requireKnown(userName);
        if (policy.subject().isEmpty()) {
            throw new IllegalArgumentException("the policy of a service principal must have a subject");
        }
        shelf(userName).add(policy, clock.instant());
    }

    void addPolicy(FederationPolicy policy) {
        if (policy.subject().isPresent()) {
            throw new IllegalArgumentException("a policy of the account must not have a subject");
        }
        accountShelf.add(policy, clock.instant());
    }

    void removePolicies(String userName) {
        requireKnown(userName);
        shelf(userName).clear();
    }

    List<FederationPolicy> policiesOf(String userName) {
        PolicyShelf shelf = shelves.get(userName);
        return shelf == null ? List.of() : shelf.policies();
    }

    List<FederationPolicy> accountPolicies() {
        return accountShelf.policies();
    }

    PolicyShelf shelf(String userName) {
        return shelves.computeIfAbsent(userName, name -> new PolicyShelf(PolicyShelf.MOST_POLICIES));
    }

    PolicyShelf accountShelf() {
        return accountShelf;
    }

    Metastore metastore() {
        return metastore;
    }

    void makeAccountAdmin(String userName) {
        requireKnown(userName);
        accountAdmins.add(userName);
    }

    boolean isAccountAdmin(Principal principal) {
        return accountAdmins.contains(principal.userName());
    }

    void makeMetastoreAdmin(String userName) {
        requireKnown(userName);
        metastoreAdmins.add(userName);
    }

    boolean isMetastoreAdmin(Principal principal) {
        return metastoreAdmins.contains(principal.userName());
    }

    void setWarehouseDenied(String userName, boolean denied) {
        requireKnown(userName);
        if (denied) {
            withoutWarehouse.add(userName);
        } else {
            withoutWarehouse.remove(userName);
        }
    }

    boolean isWarehouseDenied(Principal principal) {
        return withoutWarehouse.contains(principal.userName());
    }

    void requireKnown(String userName) {
        if (!principals.containsKey(userName)) {
            throw new IllegalArgumentException("not registered here: " + userName);
        }
    }
}
