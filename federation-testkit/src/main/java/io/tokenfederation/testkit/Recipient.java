// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A Delta Sharing recipient: the policies by which it is known, the shares it may read, and what else is kept about it.
 * Thread-safe.
 */
final class Recipient {
    /** How a recipient proves who it is; of the kinds there are, those for whom is no Databricks. */
    enum Authentication {
        OIDC_FEDERATION,
        TOKEN
    }

    /**
     * What its owner may change.
     *
     * @param owner the owner's user name; empty if a test made the recipient
     * @param comment its description
     * @param properties all properties
     */
    record Text(String owner, String comment, Map<String, String> properties) {
        static final Text EMPTY = new Text("", "", Map.of());

        /** {@return whose it is, and no values of properties, which are the user's own} */
        @Override
        public String toString() {
            return "Text[owner=" + owner + ", " + properties.size() + " properties]";
        }
    }

    private final String id = UUID.randomUUID().toString();
    private final String name;
    private final Authentication authentication;
    // How many policies a recipient may have is not on record.
    private final PolicyShelf policies = new PolicyShelf(Integer.MAX_VALUE);
    private final Set<String> shares = ConcurrentHashMap.newKeySet();
    private volatile Text text;

    Recipient(String name, Authentication authentication) {
        this(name, authentication, Text.EMPTY);
    }

    Recipient(String name, Authentication authentication, Text text) {
        this.name = key(name);
        this.authentication = authentication;
        this.text = text;
    }

    /** Unity Catalog stores the names of objects in lower case, and finds them in any. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
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

    Text text() {
        return text;
    }

    void say(Text other) {
        text = other;
    }
}
