// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.internal.VisibleText;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@link FederationPolicies#ensure} found, and what it did about it.
 *
 * <pre>{@code
 * System.out.println(policies.ensure(policy)); // created policy auth0-backend
 * }</pre>
 *
 * @param outcome what was done
 * @param policy the policy as it is stored now
 * @param changed the fields that were changed; empty unless it was updated
 */
public record Ensured(Outcome outcome, StoredPolicy policy, Set<PolicyField> changed) {
    /** What was done. */
    public enum Outcome {
        /**
         * There was none, and now there is. Where several ensure the same policy at the same moment, and Databricks takes a
         * repeated creation for the first, more than one of them is told so; there is one policy all the same.
         */
        CREATED,
        /** The policy with the given id said something else, and now says this. */
        UPDATED,
        /** It was there already; nothing was written. */
        UNCHANGED
    }

    /**
     * Checks that all parts are there.
     *
     * @param outcome what was done
     * @param policy the policy as it is stored now
     * @param changed the fields that were changed; empty unless it was updated
     */
    public Ensured {
        requireNonNull(outcome, "outcome");
        requireNonNull(policy, "policy");
        changed = Set.copyOf(changed);
    }

    /** {@return one line: what was done to which policy} */
    @Override
    public String toString() {
        String fields = changed.stream()
                .sorted()
                .map(field -> field.path().replace("oidc_policy.", ""))
                .collect(Collectors.joining(", "));
        return outcome.name().toLowerCase(Locale.ROOT) + " policy " + VisibleText.of(policy.id())
                + (fields.isEmpty() ? "" : ": " + fields);
    }
}
