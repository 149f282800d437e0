// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The access tokens an MCP authorization server has issued: opaque, so that nobody but this table tells a good one. */
final class McpAccessTokens {
    /**
     * What a token is good for.
     *
     * @param subject who is served: a person, or the client itself
     */
    record Access(String clientId, String subject, String resource, Set<String> scopes, Instant expiresAt) {
        Access {
            scopes = Set.copyOf(scopes);
        }
    }

    private final Map<String, Access> good = new ConcurrentHashMap<>();

    String issue(Access access) {
        String token = OneTimeTokens.random();
        good.put(token, access);
        return token;
    }

    /** What this token is good for at this time; empty for one that is not. */
    Optional<Access> find(String token, Instant now) {
        return Optional.ofNullable(good.get(token)).filter(access -> now.isBefore(access.expiresAt()));
    }

    void revokeAll() {
        good.clear();
    }
}
