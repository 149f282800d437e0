// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.internal.SafeText;
import io.tokenfederation.policy.ApiRequest.Sharing;
import io.tokenfederation.policy.Ensured.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that a recipient is there, of the right kind and with its properties; for one call of one thread.
 *
 * <p>An update replaces all properties ("one would need to perform a read-modify-write"), so those of others are sent along.
 * The API has no version to compare: of two that set different properties at the same moment, one may win.
 *
 * @see <a href="https://docs.databricks.com/api/workspace/recipients">Recipients</a>
 * @see <a href="https://docs.databricks.com/aws/en/sql/language-manual/sql-ref-names">Names</a>
 */
final class EnsuringRecipient {
    private static final String PATH = "/api/2.1/unity-catalog/recipients";
    private static final String KIND = "OIDC_FEDERATION";
    private static final int ROUNDS = 6;

    private final PolicyCalls calls;
    private final RecipientGrant grant;
    private final CallDeadline deadline;

    /** What a request of ours did, as far as is known. */
    private Outcome done = Outcome.UNCHANGED;

    private @Nullable PolicyException denied;

    EnsuringRecipient(PolicyCalls calls, RecipientGrant grant) {
        this.calls = calls;
        this.grant = grant;
        this.deadline = calls.deadline();
    }

    Outcome run() {
        for (int round = 1; ; round++) {
            try {
                Optional<JsonNode> found = find();
                if (found.isEmpty()) {
                    createUnlessDenied();
                } else if (!isAsItShouldBe(found.get())) {
                    update(found.get());
                }
                return done;
            } catch (PolicyException e) {
                if (round == ROUNDS || !isUnclear(e) || !calls.waited(round, e, deadline)) {
                    throw e;
                }
            }
        }
    }

    private Optional<JsonNode> find() {
        try {
            return Optional.of(calls.send(onIt("GET", "reading", null), deadline));
        } catch (PolicyException e) {
            if (e.code().equals(ErrorCode.PERMISSION_DENIED.name())) {
                // Who may create recipients need not be allowed to look at one that is not there.
                denied = e;
            } else if (!PolicyErrorCode.POLICY_RECIPIENT_NOT_FOUND.is(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private boolean isAsItShouldBe(JsonNode found) {
        // "Unity Catalog stores all object names as lowercase."
        if (!found.path("name").asText().equalsIgnoreCase(grant.recipient())) {
            throw calls.unreadable(onIt("GET", "reading", null), "the reply is about another recipient");
        }
        String kind = found.path("authentication_type").asText();
        if (!kind.equals(KIND)) {
            throw PolicyErrorCode.POLICY_RECIPIENT_KIND.exception("recipient " + grant.recipient() + " at "
                    + calls.host() + " is of authentication type " + SafeText.of(kind) + ", not " + KIND);
        }
        return properties(found).entrySet().containsAll(grant.properties().entrySet());
    }

    private void createUnlessDenied() {
        PolicyException hidden = denied;
        try {
            create();
        } catch (PolicyException e) {
            if (hidden != null && PolicyErrorCode.POLICY_EXISTS.is(e)) {
                // It is there, and somebody else's.
                throw hidden;
            }
            throw e;
        }
    }

    private void create() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("name", grant.recipient()).put("authentication_type", KIND);
        grant.comment().ifPresent(words -> body.put("comment", words));
        putProperties(body, grant.properties());
        send(new ApiRequest("POST", PATH, Map.of(), body, about("creating")), Outcome.CREATED);
    }

    private void update(JsonNode found) {
        Map<String, String> all = properties(found);
        all.putAll(grant.properties());
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        putProperties(body, all);
        send(onIt("PATCH", "updating", body), done == Outcome.CREATED ? done : Outcome.UPDATED);
    }

    /** Writes; a status of 200 says that something was stored, only the reply says that it was this. */
    private void send(ApiRequest request, Outcome outcome) {
        try {
            if (!isAsItShouldBe(calls.send(request, deadline))) {
                throw calls.unreadable(request, "the reply says something else than was sent");
            }
            done = outcome;
        } catch (PolicyException e) {
            done = mayHaveBeenDone(e) ? outcome : done;
            throw e;
        }
    }

    private static boolean mayHaveBeenDone(PolicyException e) {
        return PolicyErrorCode.POLICY_ANSWER_LOST.is(e)
                || PolicyErrorCode.POLICY_TIMED_OUT.is(e)
                || PolicyErrorCode.POLICY_UNAVAILABLE.is(e);
    }

    /** Somebody else was faster, or nobody knows what was done; looking tells. */
    private static boolean isUnclear(PolicyException e) {
        return PolicyErrorCode.POLICY_EXISTS.is(e)
                || PolicyErrorCode.POLICY_RECIPIENT_NOT_FOUND.is(e)
                || mayHaveBeenDone(e);
    }

    /** All but Databricks' own, which nobody else writes. */
    private static Map<String, String> properties(JsonNode recipient) {
        Map<String, String> properties = new LinkedHashMap<>();
        recipient.path("properties_kvpairs").path("properties").properties().forEach(property -> {
            if (!property.getKey().startsWith(RecipientGrant.BUILT_IN)) {
                properties.put(property.getKey(), property.getValue().asText());
            }
        });
        return properties;
    }

    private static void putProperties(ObjectNode body, Map<String, String> properties) {
        if (!properties.isEmpty()) {
            ObjectNode pairs = body.putObject("properties_kvpairs").putObject("properties");
            properties.forEach(pairs::put);
        }
    }

    private ApiRequest onIt(String method, String verb, @Nullable ObjectNode body) {
        return new ApiRequest(method, PATH + "/" + ApiRequest.segment(grant.recipient()), Map.of(), body, about(verb));
    }

    private ApiRequest.Subject about(String verb) {
        return ApiRequest.Subject.of(Sharing.RECIPIENT, verb + " recipient " + grant.recipient());
    }
}
