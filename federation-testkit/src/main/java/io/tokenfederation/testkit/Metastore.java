// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A Unity Catalog metastore, as far as sharing goes: shares, recipients, and who may read what. Thread-safe. */
final class Metastore {
    /** A recipient's own long-lived token. */
    private record BearerToken(Recipient recipient, Instant expiresAt) {}

    private final String id = UUID.randomUUID().toString();
    private final ConcurrentNavigableMap<String, Share> shares = new ConcurrentSkipListMap<>();
    private final ConcurrentNavigableMap<String, Recipient> recipients = new ConcurrentSkipListMap<>();
    private final Map<String, BearerToken> bearerTokens = new ConcurrentHashMap<>();
    private final Map<String, Set<MetastorePrivilege>> privileges = new ConcurrentHashMap<>();

    String id() {
        return id;
    }

    Share addShare(String name) {
        return shares.computeIfAbsent(Share.key(name), key -> new Share(name));
    }

    Optional<Share> share(String name) {
        return Optional.ofNullable(shares.get(Share.key(name)));
    }

    /** The shares a recipient may read, in the order of their names. */
    List<Share> sharesOf(Recipient recipient) {
        return shares.entrySet().stream()
                .filter(share -> recipient.shares().contains(share.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Adds a recipient; empty if there is one of this name. */
    Optional<Recipient> addRecipient(Recipient recipient) {
        return recipients.putIfAbsent(recipient.name(), recipient) == null ? Optional.of(recipient) : Optional.empty();
    }

    Optional<Recipient> recipient(String name) {
        return Optional.ofNullable(recipients.get(Recipient.key(name)));
    }

    void removeRecipient(Recipient recipient) {
        recipients.remove(recipient.name(), recipient);
    }

    /** The names of those who may read a share. */
    List<String> readersOf(Share share) {
        return recipients.values().stream()
                .filter(recipient -> recipient.shares().contains(Share.key(share.name())))
                .map(Recipient::name)
                .toList();
    }

    void allow(String userName, MetastorePrivilege privilege) {
        privileges
                .computeIfAbsent(userName, name -> ConcurrentHashMap.newKeySet())
                .add(privilege);
    }

    boolean allows(String userName, MetastorePrivilege privilege) {
        return privileges.getOrDefault(userName, Set.of()).contains(privilege);
    }

    Optional<Recipient> recipientById(String recipientId) {
        return recipients.values().stream()
                .filter(recipient -> recipient.id().equals(recipientId))
                .findFirst();
    }

    void addBearerToken(Recipient recipient, String token, Instant expiresAt) {
        bearerTokens.put(token, new BearerToken(recipient, expiresAt));
    }

    /** Whose token it is, while it is good. */
    Optional<Recipient> byBearerToken(String token, Instant now) {
        return Optional.ofNullable(bearerTokens.get(token))
                .filter(known -> now.isBefore(known.expiresAt()))
                .map(BearerToken::recipient)
                .filter(recipient -> recipients.containsValue(recipient));
    }
}
