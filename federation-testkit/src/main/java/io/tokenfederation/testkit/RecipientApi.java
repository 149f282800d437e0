// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Unity Catalog's REST API for recipients of open sharing. */
final class RecipientApi {
    private static final Set<String> CREATE = Set.of("name", "authentication_type", "comment", "properties_kvpairs");
    private static final Set<String> UPDATE = Set.of("comment", "properties_kvpairs");

    private final PolicyDesk desk;
    private final Metastore metastore;
    private volatile boolean hidesAbsent;

    RecipientApi(PolicyDesk desk, Metastore metastore) {
        this.desk = desk;
        this.metastore = metastore;
    }

    void setHidesAbsent(boolean hidesAbsent) {
        this.hidesAbsent = hidesAbsent;
    }

    /** For metastore admins, and whoever may create recipients; its creator owns it. */
    Reply create(HttpCall call) {
        String owner = desk.requirePrivilege(call, MetastorePrivilege.CREATE_RECIPIENT);
        JsonNode body = known(call, CREATE);
        String name = DatabricksReplies.required(body, "name");
        Recipient.Authentication authentication = authentication(body);
        Recipient.Text text = new Recipient.Text(owner, body.path("comment").asText(), properties(body));
        Recipient created = metastore
                .addRecipient(new Recipient(name, authentication, text))
                .orElseThrow(() ->
                        DatabricksReplies.taken("RECIPIENT_ALREADY_EXISTS", "Recipient '" + name + "' already exists"));
        return Reply.json(200, json(created));
    }

    /** For metastore admins, the owner, and whoever may use recipients. */
    Reply get(HttpCall call) {
        return Reply.json(200, json(owned(call, MetastorePrivilege.USE_RECIPIENT)));
    }

    /** "The specified properties will override the existing properties": all of them. */
    Reply update(HttpCall call) {
        Recipient recipient = owned(call);
        JsonNode body = known(call, UPDATE);
        Recipient.Text before = recipient.text();
        recipient.say(new Recipient.Text(
                before.owner(),
                body.has("comment") ? body.path("comment").asText() : before.comment(),
                body.has("properties_kvpairs") ? properties(body) : before.properties()));
        return Reply.json(200, json(recipient));
    }

    Reply delete(HttpCall call) {
        metastore.removeRecipient(owned(call));
        return Reply.json(200, Map.of());
    }

    private Recipient owned(HttpCall call, MetastorePrivilege... orOneOf) {
        String name = PolicyDesk.last(call);
        Optional<Recipient> found = metastore.recipient(name);
        if (found.isEmpty() && !hidesAbsent) {
            desk.requireKnown(call);
        } else {
            String owner = found.map(recipient -> recipient.text().owner()).orElse("");
            desk.requireOwner(call, owner, "Recipient '" + name + "'", orOneOf);
        }
        return found.orElseThrow(
                () -> DatabricksReplies.absent("RECIPIENT_DOES_NOT_EXIST", "Recipient '" + name + "' does not exist."));
    }

    private static Recipient.Authentication authentication(JsonNode body) {
        String type = DatabricksReplies.required(body, "authentication_type");
        for (Recipient.Authentication known : Recipient.Authentication.values()) {
            if (known.name().equals(type)) {
                return known;
            }
        }
        throw DatabricksReplies.invalidParameter("authentication_type " + type + " is not open sharing's");
    }

    private static JsonNode known(HttpCall call, Set<String> members) {
        JsonNode body = PolicyDesk.body(call);
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!members.contains(name)) {
                throw DatabricksReplies.invalidParameter("unknown field: " + name);
            }
        }
        return body;
    }

    private static Map<String, String> properties(JsonNode body) {
        Map<String, String> properties = new LinkedHashMap<>();
        body.path("properties_kvpairs").path("properties").properties().forEach(property -> {
            if (property.getKey().startsWith("databricks.")) {
                throw DatabricksReplies.invalidParameter("the property key " + property.getKey() + " is reserved");
            }
            if (!property.getValue().isTextual()) {
                throw DatabricksReplies.invalidParameter("the property " + property.getKey() + " is no string");
            }
            properties.put(property.getKey(), property.getValue().asText());
        });
        return properties;
    }

    private static Map<String, Object> json(Recipient recipient) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", recipient.name());
        json.put("authentication_type", recipient.authentication().name());
        json.put("owner", recipient.text().owner());
        json.put("comment", recipient.text().comment());
        if (!recipient.text().properties().isEmpty()) {
            json.put("properties_kvpairs", Map.of("properties", recipient.text().properties()));
        }
        json.put("id", recipient.id());
        return json;
    }
}
