// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the numeric id of a service principal by its application id, in the account's SCIM directory. Tokens name it by
 * the one, the paths of policies by the other.
 */
record PrincipalLookup(PolicyCalls calls, String accountId) {
    long numericId(PolicyOwner owner, CallDeadline deadline) {
        String path = "/api/2.0/accounts/" + accountId + "/scim/v2/ServicePrincipals";
        Map<String, String> filter = Map.of("filter", "applicationId eq \"" + owner.id() + "\"");
        ApiRequest.Subject subject = new ApiRequest.Subject("looking up " + owner, Optional.empty(), false);
        ApiRequest request = new ApiRequest("GET", path, filter, null, subject);
        JsonNode reply = calls.send(request, deadline);
        for (JsonNode found : reply.path("Resources")) {
            // Compared once more: a filter that was not understood must not lead to somebody else's policies.
            if (owner.id().equalsIgnoreCase(found.path("applicationId").asText())) {
                return number(found.path("id").asText())
                        .orElseThrow(() -> calls.unreadable(request, "the service principal's id is no number"));
            }
        }
        throw PolicyErrorCode.SERVICE_PRINCIPAL_NOT_FOUND.exception("the account " + accountId + " at " + calls.host()
                + " has no service principal with the application id " + owner.id());
    }

    private static OptionalLong number(String text) {
        return text.matches("[1-9][0-9]{0,17}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
