// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The questions that were asked. Whoever did not ask finds none of them. */
final class GenieConversations {
    /** A stand-in must not be a way to fill the memory. */
    private static final int KEPT = 1_000;

    /** A space has a warehouse of its own, which whoever asks must be allowed to use. */
    private static final String WAREHOUSE = "genie";

    private final Warehouses warehouses;
    private final SqlEngine engine;
    private final Map<String, GenieMessage> messages = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, GenieMessage> eldest) {
            return size() > KEPT;
        }
    });

    GenieConversations(Warehouses warehouses, SqlEngine engine) {
        this.warehouses = warehouses;
        this.engine = engine;
    }

    /** The first message of a new conversation. */
    GenieMessage start(Account.Principal asking, String space, GenieMessage.Asked asked) {
        return add(asking, new GenieMessage.Place(space, UUID.randomUUID().toString()), asked);
    }

    GenieMessage follow(Account.Principal asking, GenieMessage.Place place, GenieMessage.Asked asked) {
        boolean known =
                messages.values().stream().anyMatch(message -> message.place().equals(place) && isOwn(asking, message));
        if (!known) {
            throw DatabricksReplies.noSuchResource("The conversation " + place.conversation() + " was not found.");
        }
        return add(asking, place, asked);
    }

    /** A poll, which brings it closer to its end. */
    GenieMessage poll(Account.Principal asking, GenieMessage.Place place, String id) {
        GenieMessage looked = find(asking, place, id).lookedAt();
        messages.put(id, looked);
        return looked;
    }

    /** One that is done. */
    GenieMessage done(Account.Principal asking, GenieMessage.Place place, String id) {
        GenieMessage message = find(asking, place, id);
        if (!message.ready()) {
            throw DatabricksReplies.invalidParameter("The message " + id + " is not completed.");
        }
        return message;
    }

    private GenieMessage find(Account.Principal asking, GenieMessage.Place place, String id) {
        return Optional.ofNullable(messages.get(id))
                .filter(message -> message.place().equals(place) && isOwn(asking, message))
                .orElseThrow(() -> DatabricksReplies.noSuchResource("The message " + id + " was not found."));
    }

    private static boolean isOwn(Account.Principal asking, GenieMessage message) {
        return message.owner().equals(asking.userName());
    }

    private GenieMessage add(Account.Principal asking, GenieMessage.Place place, GenieMessage.Asked asked) {
        warehouses.requireUse(asking, WAREHOUSE);
        SqlStatement statement =
                new SqlStatement(asked.sql(), WAREHOUSE, asking.userName(), Set.copyOf(asking.groups()), Map.of());
        Map<String, Object> answer = SqlReplies.run(UUID.randomUUID().toString(), engine, statement);
        String id = UUID.randomUUID().toString();
        GenieMessage message = new GenieMessage(asking.userName(), place, id, asked, answer, 0);
        messages.put(id, message);
        return message;
    }
}
