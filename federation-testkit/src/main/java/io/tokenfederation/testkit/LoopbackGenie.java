// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenfederation.ServicePrincipal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Genie spaces of a {@link LoopbackDatabricks}: a question becomes SQL, which runs as whoever asks. A message is
 * submitted, is being worked on at the first poll, and is done at the second. A conversation is its owner's alone.
 *
 * <p>Everybody may use the spaces, until told otherwise. Thread-safe.
 */
public final class LoopbackGenie {
    private static final String PATH = "/api/2.0/genie/spaces";
    private static final String CONVERSATION = PATH + "/{}/conversations/{}/messages";
    private static final String MESSAGE = CONVERSATION + "/{}";

    /** Which segments of a path hold what. */
    private static final int SPACE = 5;

    private static final int CONVERSATION_ID = 7;
    private static final int MESSAGE_ID = 9;
    private static final int ATTACHMENT = 11;

    private final RestApi api;
    private final GenieConversations conversations;
    private final Map<String, GenieAgent> spaces = new ConcurrentHashMap<>();
    private final Set<String> denied = ConcurrentHashMap.newKeySet();

    LoopbackGenie(RestApi api, Warehouses warehouses, SqlEngine engine) {
        this.api = api;
        this.conversations = new GenieConversations(warehouses, engine);
    }

    /**
     * Creates a space, or replaces it.
     *
     * @param id its id
     * @param agent what it makes of questions
     */
    public void space(String id, GenieAgent agent) {
        spaces.put(requireNonNull(id, "id"), requireNonNull(agent, "agent"));
    }

    /**
     * Takes the permission CAN RUN from a service principal, on all spaces.
     *
     * @param principal the service principal
     */
    public void deny(ServicePrincipal principal) {
        denied.add(principal.toString());
    }

    /**
     * Gives a service principal back the permission it has from the start.
     *
     * @param principal the service principal
     */
    public void allow(ServicePrincipal principal) {
        denied.remove(principal.toString());
    }

    void listen(LoopbackHttp http, Faults faults) {
        http.on("GET", PATH, faults, this::list);
        http.on("POST", PATH + "/{}/start-conversation", faults, this::start);
        http.on("POST", CONVERSATION, faults, this::followUp);
        http.on("GET", MESSAGE, faults, this::message);
        http.on("GET", MESSAGE + "/attachments/{}/query-result", faults, this::queryResult);
        http.on("POST", MESSAGE + "/attachments/{}/execute-query", faults, this::queryResult);
    }

    private Reply list(HttpCall call) {
        boolean none = denied.contains(api.principal(call).userName());
        List<Map<String, String>> listed = spaces.keySet().stream()
                .filter(id -> !none)
                .sorted()
                .map(id -> Map.of("space_id", id, "title", id))
                .toList();
        return Reply.json(200, Map.of("spaces", listed));
    }

    private Reply start(HttpCall call) {
        Room room = room(call);
        GenieMessage first = conversations.start(room.asking(), room.segment(SPACE), room.question());
        return Reply.json(
                200,
                Map.of(
                        "conversation_id",
                        first.place().conversation(),
                        "message_id",
                        first.id(),
                        "conversation",
                        first.conversation(),
                        "message",
                        first.json()));
    }

    private Reply followUp(HttpCall call) {
        Room room = room(call);
        return Reply.json(
                200,
                conversations
                        .follow(room.asking(), room.place(), room.question())
                        .json());
    }

    private Reply message(HttpCall call) {
        Room room = room(call);
        return Reply.json(
                200,
                conversations
                        .poll(room.asking(), room.place(), room.segment(MESSAGE_ID))
                        .json());
    }

    private Reply queryResult(HttpCall call) {
        Room room = room(call);
        GenieMessage message = conversations.done(room.asking(), room.place(), room.segment(MESSAGE_ID));
        if (!message.queryAttachment().equals(room.segment(ATTACHMENT))) {
            throw DatabricksReplies.noSuchResource("The attachment has no query.");
        }
        return Reply.json(200, Map.of("statement_response", message.statement()));
    }

    /** Who asks, and in which space. */
    private record Room(Account.Principal asking, GenieAgent agent, HttpCall call) {
        String segment(int index) {
            return call.path().split("/", -1)[index];
        }

        GenieMessage.Place place() {
            return new GenieMessage.Place(segment(SPACE), segment(CONVERSATION_ID));
        }

        GenieMessage.Asked question() {
            JsonNode body =
                    call.json().orElseThrow(() -> DatabricksReplies.invalidParameter("the body is not a JSON object"));
            String content = DatabricksReplies.required(body, "content");
            return new GenieMessage.Asked(content, agent.sqlFor(content));
        }
    }

    private Room room(HttpCall call) {
        Account.Principal asking = api.principal(call);
        String space = call.path().split("/", -1)[SPACE];
        GenieAgent agent = Optional.ofNullable(spaces.get(space))
                .orElseThrow(() -> DatabricksReplies.noSuchResource("The space " + space + " does not exist."));
        if (denied.contains(asking.userName())) {
            throw DatabricksReplies.permissionDenied("You do not have permission to use the Genie space " + space);
        }
        return new Room(asking, agent, call);
    }
}
