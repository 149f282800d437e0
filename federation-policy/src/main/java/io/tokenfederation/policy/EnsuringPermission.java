// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenfederation.policy.ApiRequest.Sharing;
import io.tokenfederation.policy.Ensured.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that a recipient may SELECT from a share; for one call of one thread. Granting what is granted is no error, so
 * a lost answer is asked for again; it is looked first only to tell what was done.
 *
 * @see <a href="https://docs.databricks.com/api/workspace/shares/updatepermissions">Update permissions of a share</a>
 */
final class EnsuringPermission {
    private static final String PRIVILEGE = "SELECT";
    private static final int ROUNDS = 6;
    private static final int MOST_PAGES = 10_000;

    private final PolicyCalls calls;
    private final String share;
    private final String recipient;
    private final CallDeadline deadline;

    EnsuringPermission(PolicyCalls calls, String share, String recipient) {
        this.calls = calls;
        this.share = share;
        this.recipient = recipient;
        this.deadline = calls.deadline();
    }

    Outcome run() {
        if (isGranted()) {
            return Outcome.UNCHANGED;
        }
        for (int round = 1; ; round++) {
            try {
                grant();
                return Outcome.CREATED;
            } catch (PolicyException e) {
                if (round == ROUNDS || !isUnclear(e) || !calls.waited(round, e, deadline)) {
                    throw e;
                }
            }
        }
    }

    private boolean isGranted() {
        String page = "";
        for (int pages = 1; pages <= MOST_PAGES; pages++) {
            Map<String, String> query = new LinkedHashMap<>();
            // "The page length is set to a server configured value (recommended)."
            query.put("max_results", "0");
            if (!page.isEmpty()) {
                query.put("page_token", page);
            }
            JsonNode reply = calls.send(request("GET", "reading", query, null), deadline);
            if (names(reply)) {
                return true;
            }
            String next = reply.path("next_page_token").asText();
            if (next.isEmpty()) {
                return false;
            }
            if (next.equals(page)) {
                throw calls.unreadable(request("GET", "reading", query, null), "its pages have no end");
            }
            page = next;
        }
        throw calls.unreadable(request("GET", "reading", Map.of(), null), "its pages have no end");
    }

    private boolean names(JsonNode reply) {
        for (JsonNode assignment : reply.path("privilege_assignments")) {
            for (JsonNode privilege : assignment.path("privileges")) {
                if (assignment.path("principal").asText().equalsIgnoreCase(recipient)
                        && privilege.asText().equals(PRIVILEGE)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void grant() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode change = body.putArray("changes").addObject();
        change.put("principal", recipient).putArray("add").add(PRIVILEGE);
        calls.send(request("PATCH", "changing", Map.of(), body), deadline);
    }

    private static boolean isUnclear(PolicyException e) {
        return PolicyErrorCode.POLICY_ANSWER_LOST.is(e)
                || PolicyErrorCode.POLICY_TIMED_OUT.is(e)
                || PolicyErrorCode.POLICY_UNAVAILABLE.is(e);
    }

    private ApiRequest request(String method, String verb, Map<String, String> query, @Nullable ObjectNode body) {
        return new ApiRequest(
                method,
                "/api/2.1/unity-catalog/shares/" + ApiRequest.segment(share) + "/permissions",
                query,
                body,
                ApiRequest.Subject.of(
                        Sharing.SHARE, verb + " the permissions of share " + share + " for recipient " + recipient));
    }
}
