// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import io.tokenfederation.policy.FederationPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** One Databricks account: its service principals and users, the policies for them, and what they may not do. */
final class Account {
    /** A service principal, whose user name is its application id, or a user. */
    record Principal(long id, String userName, String displayName, List<String> groups) {}

    /** "You can create a maximum of 20 service principal federation policies", and 20 for the account. */
    private static final int MOST_POLICIES = 20;

    private final String id;
    private final AtomicLong lastId = new AtomicLong(3_659_993_829_438_600L);
    private final Map<String, Principal> principals = new ConcurrentHashMap<>();
    private final Map<String, List<FederationPolicy>> policies = new ConcurrentHashMap<>();
    private final List<FederationPolicy> accountPolicies = new CopyOnWriteArrayList<>();
    private final Set<String> withoutWarehouse = ConcurrentHashMap.newKeySet();

    Account(String id) {
        this.id = id;
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
        policies.remove(userName);
    }

    Optional<Principal> principal(String userName) {
        return Optional.ofNullable(principals.get(userName));
    }

    synchronized void addPolicy(String userName, FederationPolicy policy) {
        requireKnown(userName);
        if (policy.subject().isEmpty()) {
            throw new IllegalArgumentException("the policy of a service principal must have a subject");
        }
        List<FederationPolicy> changed = new ArrayList<>(policiesOf(userName));
        add(changed, policy);
        policies.put(userName, List.copyOf(changed));
    }

    synchronized void addPolicy(FederationPolicy policy) {
        if (policy.subject().isPresent()) {
            throw new IllegalArgumentException("a policy of the account must not have a subject");
        }
        add(accountPolicies, policy);
    }

    synchronized void removePolicies(String userName) {
        requireKnown(userName);
        policies.remove(userName);
    }

    List<FederationPolicy> policiesOf(String userName) {
        return policies.getOrDefault(userName, List.of());
    }

    List<FederationPolicy> accountPolicies() {
        return accountPolicies;
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

    /** Creating the same policy again leaves one, without an error. */
    private static void add(List<FederationPolicy> policies, FederationPolicy policy) {
        if (policies.contains(policy)) {
            return;
        }
        if (policies.size() == MOST_POLICIES) {
            throw new IllegalStateException("Databricks takes at most " + MOST_POLICIES + " federation policies here");
        }
        policies.add(policy);
    }

    private void requireKnown(String userName) {
        if (!principals.containsKey(userName)) {
            throw new IllegalArgumentException("not registered here: " + userName);
        }
    }
}
