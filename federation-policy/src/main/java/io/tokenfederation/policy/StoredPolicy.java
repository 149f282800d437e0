// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenfederation.internal.SafeText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A policy as Databricks has stored it, at the moment it was read. Immutable.
 *
 * @see FederationPolicies
 */
public final class StoredPolicy {
    private final String id;
    private final JsonNode json;

    private StoredPolicy(String id, JsonNode json) {
        this.id = id;
        this.json = json;
    }

    /** Reads one; empty if it has neither an id nor a name to know it by. */
    static Optional<StoredPolicy> of(JsonNode json) {
        String name = json.path("name").asText();
        String id = json.path("policy_id").asText(name.substring(name.lastIndexOf('/') + 1));
        return id.isEmpty() ? Optional.empty() : Optional.of(new StoredPolicy(id, json));
    }

    /** {@return the id, by which it is read, changed and deleted; the name of a recipient's policy} */
    public String id() {
        return id;
    }

    /** {@return the id that no other policy ever has; empty if Databricks gave none} */
    public Optional<String> uid() {
        return text("uid").or(() -> text("id"));
    }

    /** {@return its resource name, such as {@code accounts/…/servicePrincipals/…/federationPolicies/…}; or its id} */
    public String name() {
        return text("name").orElse(id);
    }

    /** {@return its description, or a recipient's comment; empty if there is none} */
    public String description() {
        return text("description").or(() -> text("comment")).orElse("");
    }

    /** {@return when it was created; empty if Databricks did not say} */
    public Optional<Instant> createdAt() {
        return time("create_time");
    }

    /** {@return when it was last changed; empty if Databricks did not say} */
    public Optional<Instant> updatedAt() {
        return time("update_time");
    }

    /**
     * What it says.
     *
     * @return the policy
     * @throws PolicyException with {@code POLICY_REPLY_UNREADABLE} if it is none that this library knows
     */
    public FederationPolicy policy() {
        try {
            return PolicyJson.stored(json.path("oidc_policy"));
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw PolicyErrorCode.POLICY_REPLY_UNREADABLE.exception(
                    "policy " + SafeText.of(id) + " cannot be read: " + e.getMessage());
        }
    }

    /** What it says; empty if it is none that this library knows, which no policy of ours is equal to. */
    Optional<FederationPolicy> readable() {
        try {
            return Optional.of(policy());
        } catch (PolicyException e) {
            return Optional.empty();
        }
    }

    /** {@return id and content} */
    @Override
    public String toString() {
        return "StoredPolicy[" + SafeText.of(id) + ", "
                + readable().map(FederationPolicy::toString).orElse("unreadable") + "]";
    }

    private Optional<String> text(String member) {
        return Optional.of(json.path(member).asText()).filter(text -> !text.isEmpty());
    }

    private Optional<Instant> time(String member) {
        try {
            return text(member).map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
