// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where one owner's policies are, and how requests about them are written.
 *
 * <p>Service principals and the account: {@code /api/2.0/accounts/…/federationPolicies} of the account's host, the id as
 * parameter {@code policy_id}. Recipients: {@code /api/2.0/data-sharing/recipients/…/federation-policies} of a workspace,
 * the id as member {@code name}, the description as {@code comment}, and no update.
 *
 * @param owner whose policies they are
 * @param path the path of all of them
 */
record PolicyCollection(PolicyOwner owner, String path) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static PolicyCollection ofServicePrincipal(PolicyOwner owner, String accountId, long numericId) {
        return new PolicyCollection(
                owner, "/api/2.0/accounts/" + accountId + "/servicePrincipals/" + numericId + "/federationPolicies");
    }

    static PolicyCollection ofAccount(String accountId) {
        return new PolicyCollection(PolicyOwner.account(), "/api/2.0/accounts/" + accountId + "/federationPolicies");
    }

    static PolicyCollection ofRecipient(PolicyOwner owner) {
        return new PolicyCollection(
                owner, "/api/2.0/data-sharing/recipients/" + ApiRequest.segment(owner.id()) + "/federation-policies");
    }

    boolean canUpdate() {
        return !ofRecipient();
    }

    ApiRequest list(Optional<String> pageToken) {
        Map<String, String> query =
                pageToken.map(token -> Map.of("page_token", token)).orElse(Map.of());
        return new ApiRequest("GET", path, query, null, about("listing the policies of " + owner, false));
    }

    ApiRequest get(String id) {
        return onOne("GET", id, Map.of(), null);
    }

    ApiRequest delete(String id) {
        return onOne("DELETE", id, Map.of(), null);
    }

    ApiRequest create(DesiredPolicy desired) {
        ObjectNode body = body(desired);
        Map<String, String> query = Map.of();
        if (ofRecipient()) {
            desired.id().ifPresent(id -> body.put("name", id));
        } else {
            query = desired.id().map(id -> Map.of("policy_id", id)).orElse(Map.of());
        }
        String what = "creating policy " + desired.id().map(id -> id + " ").orElse("") + "of " + owner;
        return new ApiRequest("POST", path, query, body, about(what, false));
    }

    ApiRequest update(String id, DesiredPolicy desired, Set<PolicyField> fields) {
        return onOne("PATCH", id, Map.of("update_mask", PolicyField.mask(fields)), body(desired));
    }

    private ApiRequest onOne(String method, String id, Map<String, String> query, @Nullable ObjectNode body) {
        String verb = switch (method) {
            case "GET" -> "reading";
            case "DELETE" -> "deleting";
            default -> "updating";
        };
        String what = verb + " policy " + id + " of " + owner;
        return new ApiRequest(method, path + "/" + id, query, body, about(what, true));
    }

    private ApiRequest.Subject about(String what, boolean onePolicy) {
        return new ApiRequest.Subject(what, Optional.of(owner.kind()), onePolicy);
    }

    private boolean ofRecipient() {
        return owner.kind() == PolicyOwner.Kind.RECIPIENT;
    }

    private ObjectNode body(DesiredPolicy desired) {
        try {
            ObjectNode body = (ObjectNode) JSON.readTree(desired.policy().toJson());
            desired.description().ifPresent(words -> body.put(ofRecipient() ? "comment" : "description", words));
            return body;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was just written cannot be read", e);
        }
    }
}
