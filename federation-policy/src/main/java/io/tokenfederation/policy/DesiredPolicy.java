// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A policy as it should be stored: what it says, and optionally under which id and with which description.
 *
 * <pre>{@code
 * DesiredPolicy desired = DesiredPolicy.of(policy).withId("auth0-backend").withDescription("orders service, production");
 * }</pre>
 *
 * <p>With an id, the same policy can be changed later; without one, {@link FederationPolicies#ensure} makes one from the
 * content. Immutable.
 */
public final class DesiredPolicy {
    private final FederationPolicy policy;
    private final @Nullable String id;
    private final @Nullable String description;

    private DesiredPolicy(FederationPolicy policy, @Nullable String id, @Nullable String description) {
        this.policy = policy;
        this.id = id;
        this.description = description;
    }

    /**
     * A policy without id and description.
     *
     * @param policy what it says
     * @return the policy as it should be
     */
    public static DesiredPolicy of(FederationPolicy policy) {
        return new DesiredPolicy(requireNonNull(policy, "policy"), null, null);
    }

    /**
     * Names it.
     *
     * @param policyId 2 to 63 characters: a to z, 0 to 9 and hyphens
     * @return a changed copy
     * @throws IllegalArgumentException if Databricks would not take the id
     */
    public DesiredPolicy withId(String policyId) {
        return new DesiredPolicy(policy, PolicyId.require(policyId), description);
    }

    /**
     * Describes it, for whoever finds it in the account console.
     *
     * @param description the words; a recipient's policy has them as its comment
     * @return a changed copy
     */
    public DesiredPolicy withDescription(String description) {
        return new DesiredPolicy(policy, id, requireNonNull(description, "description"));
    }

    /** {@return what it says} */
    public FederationPolicy policy() {
        return policy;
    }

    /** {@return its id; empty if Databricks or {@link FederationPolicies#ensure} may choose} */
    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /** {@return its description; empty if nothing was said about it} */
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /** {@return id, if it has one, and policy} */
    @Override
    public String toString() {
        return "DesiredPolicy[" + (id == null ? "" : "id=" + id + ", ") + policy + "]";
    }
}
