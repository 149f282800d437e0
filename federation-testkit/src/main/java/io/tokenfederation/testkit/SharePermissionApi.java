// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Unity Catalog's REST API for the permissions of shares: which recipient may SELECT. */
final class SharePermissionApi {
    /** Small, so that a client that does not follow pages is found out. */
    private static final int PAGE = 2;

    private final PolicyDesk desk;
    private final Metastore metastore;

    SharePermissionApi(PolicyDesk desk, Metastore metastore) {
        this.desk = desk;
        this.metastore = metastore;
    }

    /** For metastore admins, the share's owner, and whoever may use shares. */
    Reply get(HttpCall call) {
        Share share = share(call, MetastorePrivilege.USE_SHARE);
        List<String> names = metastore.readersOf(share);
        int from =
                call.parameter("page_token").map(SharePermissionApi::position).orElse(0);
        int size = call.parameter("max_results").isPresent() ? PAGE : Integer.MAX_VALUE;
        int to = (int) Math.min(names.size(), (long) from + size);
        Map<String, Object> reply = new LinkedHashMap<>();
        if (to > from) {
            reply.put("privilege_assignments", assignments(names.subList(from, to)));
        }
        if (to < names.size()) {
            reply.put("next_page_token", token(to));
        }
        return Reply.json(200, reply);
    }

    /** Besides, for a new grant, the caller must own the recipient or may use recipients. */
    Reply update(HttpCall call) {
        Share share = share(call, MetastorePrivilege.USE_SHARE, MetastorePrivilege.SET_SHARE_PERMISSION);
        List<Runnable> changes = new ArrayList<>();
        for (JsonNode change : PolicyDesk.body(call).path("changes")) {
            String name = DatabricksReplies.required(change, "principal");
            Recipient recipient = metastore
                    .recipient(name)
                    .orElseThrow(() ->
                            DatabricksReplies.absent("PRINCIPAL_DOES_NOT_EXIST", "Principal does not exist: " + name));
            requireSelect(change.path("add"));
            requireSelect(change.path("remove"));
            if (!change.path("add").isEmpty()) {
                String owner = recipient.text().owner();
                desk.requireOwner(call, owner, "Recipient '" + name + "'", MetastorePrivilege.USE_RECIPIENT);
                changes.add(() -> recipient.shares().add(Share.key(share.name())));
            }
            if (!change.path("remove").isEmpty()) {
                changes.add(() -> recipient.shares().remove(Share.key(share.name())));
            }
        }
        changes.forEach(Runnable::run);
        return Reply.json(200, Map.of("privilege_assignments", assignments(metastore.readersOf(share))));
    }

    private Share share(HttpCall call, MetastorePrivilege... orAllOf) {
        String name = call.path().split("/", -1)[5];
        String owner = metastore.share(name).map(Share::owner).orElse("");
        for (MetastorePrivilege privilege : orAllOf) {
            desk.requireOwner(call, owner, "Share '" + name + "'", privilege);
        }
        return metastore
                .share(name)
                .orElseThrow(
                        () -> DatabricksReplies.absent("SHARE_DOES_NOT_EXIST", "Share '" + name + "' does not exist."));
    }

    private static void requireSelect(JsonNode privileges) {
        for (JsonNode privilege : privileges) {
            if (!privilege.asText().equals("SELECT")) {
                throw DatabricksReplies.invalidParameter(
                        "Privilege " + privilege.asText() + " is not applicable to SHARE");
            }
        }
    }

    private static List<Map<String, Object>> assignments(List<String> names) {
        return names.stream()
                .map(name -> Map.<String, Object>of("principal", name, "privileges", List.of("SELECT")))
                .toList();
    }

    private static String token(int position) {
        byte[] bytes = Integer.toString(position).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static int position(String token) {
        try {
            return Integer.parseInt(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw DatabricksReplies.invalidParameter("page_token is invalid");
        }
    }
}
