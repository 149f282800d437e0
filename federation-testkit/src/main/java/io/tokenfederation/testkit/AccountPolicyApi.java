// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The account's REST API for policies: those of its service principals, and its own. Account admins only. */
final class AccountPolicyApi {
    /** Whose policies a request is about. */
    private record Owner(PolicyShelf shelf, PolicyText.Kind kind, String resource, Optional<Long> principal) {
        Map<String, Object> json(KeptPolicy policy) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", resource + "/federationPolicies/" + policy.id());
            json.put("uid", policy.uid());
            json.put("policy_id", policy.id());
            principal.ifPresent(id -> json.put("service_principal_id", id));
            json.put("description", policy.text().description());
            json.put("create_time", policy.createdAt().toString());
            json.put("update_time", policy.updatedAt().toString());
            json.put("oidc_policy", policy.text().oidc());
            return json;
        }
    }

    private final PolicyDesk desk;
    private final Account account;

    AccountPolicyApi(PolicyDesk desk, Account account) {
        this.desk = desk;
        this.account = account;
    }

    Reply list(HttpCall call) {
        Owner owner = owner(call);
        return PolicyPage.of(call, "page_size", owner.shelf().all(), owner::json);
    }

    Reply create(HttpCall call) {
        Owner owner = owner(call);
        JsonNode body = PolicyDesk.body(call);
        PolicyText text = PolicyText.read(
                body.path("oidc_policy"), body.path("description").asText(), owner.kind());
        desk.requireReachable(text);
        // Not parameter(...), for which an empty value is none: an empty id is wrong.
        Optional<String> id = call.parameters().map(all -> all.get("policy_id"));
        return Reply.json(200, owner.json(desk.create(owner.shelf(), id, text)));
    }

    Reply get(HttpCall call) {
        Owner owner = owner(call);
        return Reply.json(200, owner.json(find(owner, call)));
    }

    Reply update(HttpCall call) {
        Owner owner = owner(call);
        KeptPolicy old = find(owner, call);
        PolicyText text =
                PolicyMask.apply(call.parameter("update_mask"), old.text(), PolicyDesk.body(call), owner.kind());
        desk.requireReachable(text);
        return Reply.json(200, owner.json(owner.shelf().replace(old.id(), text, desk.now())));
    }

    Reply delete(HttpCall call) {
        Owner owner = owner(call);
        owner.shelf().remove(PolicyDesk.last(call));
        return Reply.json(200, Map.of());
    }

    private static KeptPolicy find(Owner owner, HttpCall call) {
        String id = PolicyDesk.last(call);
        return owner.shelf().find(id).orElseThrow(() -> PolicyShelf.absent(id));
    }

    private Owner owner(HttpCall call) {
        desk.requireAccountAdmin(call);
        List<String> segments = List.of(call.path().split("/", -1));
        String resource = "accounts/" + account.id();
        if (!segments.contains("servicePrincipals")) {
            return new Owner(account.accountShelf(), PolicyText.Kind.ACCOUNT, resource, Optional.empty());
        }
        String id = segments.get(segments.indexOf("servicePrincipals") + 1);
        Account.Principal principal = account.servicePrincipals()
                .filter(one -> Long.toString(one.id()).equals(id))
                .findFirst()
                .orElseThrow(() -> DatabricksReplies.invalidParameter("Invalid service principal id: " + id));
        return new Owner(
                account.shelf(principal.userName()),
                PolicyText.Kind.SERVICE_PRINCIPAL,
                resource + "/servicePrincipals/" + id,
                Optional.of(principal.id()));
    }
}
