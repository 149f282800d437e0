// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A Delta Sharing recipient: the policies by which it is known, and the shares it may read. Thread-safe.
 */
final class Recipient {
    /** How a recipient proves who it is; of the kinds there are, those for whom is no Databricks. */
    enum Authentication {
        OIDC_FEDERATION,
        TOKEN
    }

    private final String id = UUID.randomUUID().toString();
    private final String name;
    private final Authentication authentication;
    // How many policies a recipient may have is not on record.
    private final PolicyShelf policies = new PolicyShelf(Integer.MAX_VALUE);
    private final Set<String> shares = ConcurrentHashMap.newKeySet();

    Recipient(String name, Authentication authentication) {
        this.name = name;
        this.authentication = authentication;
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    Authentication authentication() {
        return authentication;
    }

    PolicyShelf policies() {
        return policies;
    }

    /** The shares it may SELECT from, by their keys. */
    Set<String> shares() {
        return shares;
    }
}
