// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Who is to get a token, by what was shown.
 *
 * @param clientId the application, by whose registration the token is granted
 * @param subject who is served
 * @param resource the only resource it may be for; empty if that was not said
 * @param scopes the only scopes it may have; empty if that was not said
 */
record McpGrantee(String clientId, String subject, Optional<String> resource, Optional<Set<String>> scopes) {
    /** An application for itself. */
    static McpGrantee itself(String clientId) {
        return new McpGrantee(clientId, clientId, Optional.empty(), Optional.empty());
    }

    boolean mayReach(String asked) {
        return resource.filter(only -> !only.equals(asked)).isEmpty();
    }

    boolean mayHave(Collection<String> asked) {
        return scopes.filter(only -> !only.containsAll(asked)).isEmpty();
    }
}
