// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The workspace's REST API for the policies of Delta Sharing recipients: no update, no keys. For metastore admins and owners. */
final class RecipientPolicyApi {
    private final PolicyDesk desk;
    private final Account account;

    RecipientPolicyApi(PolicyDesk desk, Account account) {
        this.desk = desk;
        this.account = account;
    }

    Reply list(HttpCall call) {
        return PolicyPage.of(call, "max_results", shelf(call).all(), RecipientPolicyApi::json);
    }

    Reply create(HttpCall call) {
        PolicyShelf shelf = shelf(call);
        JsonNode body = PolicyDesk.body(call);
        PolicyText text =
                PolicyText.read(body.path("oidc_policy"), body.path("comment").asText(), PolicyText.Kind.RECIPIENT);
        desk.requireReachable(text);
        return Reply.json(
                200, json(desk.create(shelf, Optional.of(body.path("name").asText()), text)));
    }

    Reply get(HttpCall call) {
        String name = PolicyDesk.last(call);
        return Reply.json(200, json(shelf(call).find(name).orElseThrow(() -> PolicyShelf.absent(name))));
    }

    Reply delete(HttpCall call) {
        shelf(call).remove(PolicyDesk.last(call));
        return Reply.json(200, Map.of());
    }

    private PolicyShelf shelf(HttpCall call) {
        String recipient = call.path().split("/", -1)[5];
        Optional<Recipient> found = account.metastore().recipient(recipient);
        desk.requireOwner(call, found.map(known -> known.text().owner()).orElse(""), "Recipient '" + recipient + "'");
        return found.map(Recipient::policies)
                .orElseThrow(() -> DatabricksReplies.notFound("Recipient '" + recipient + "' does not exist."));
    }

    private static Map<String, Object> json(KeptPolicy policy) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", policy.id());
        json.put("id", policy.uid());
        json.put("comment", policy.text().description());
        json.put("create_time", policy.createdAt().toString());
        json.put("update_time", policy.updatedAt().toString());
        json.put("oidc_policy", policy.text().oidc());
        return json;
    }
}
