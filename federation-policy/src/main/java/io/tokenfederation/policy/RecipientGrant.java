// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.internal.VisibleText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a recipient of open Delta Sharing should have: the policies by which its identity provider's tokens are known,
 * properties, and the shares it may read.
 *
 * <pre>{@code
 * RecipientGrant acme = RecipientGrant.to("acme").policy("nightly-job", policy).property("country", "DE").share("sales");
 * }</pre>
 *
 * <p>Immutable: every method returns a changed copy.
 */
public final class RecipientGrant {
    /** Databricks keeps properties of its own under names that begin so. */
    static final String BUILT_IN = "databricks.";

    private final String recipient;
    private final Optional<String> comment;
    private final Map<String, String> properties;
    private final List<DesiredPolicy> policies;
    private final Set<String> shares;

    private RecipientGrant(
            String recipient,
            Optional<String> comment,
            Map<String, String> properties,
            List<DesiredPolicy> policies,
            Set<String> shares) {
        this.recipient = recipient;
        this.comment = comment;
        this.properties = properties;
        this.policies = policies;
        this.shares = shares;
    }

    /**
     * A recipient that has nothing yet.
     *
     * @param recipient its name; Unity Catalog keeps it in lower case, and finds it in any
     * @return the grant, to be extended
     * @throws IllegalArgumentException if no recipient can be called so
     */
    public static RecipientGrant to(String recipient) {
        String name = PolicyOwner.recipient(recipient).id();
        return new RecipientGrant(name, Optional.empty(), Map.of(), List.of(), Set.of());
    }

    /**
     * Lets tokens in that match this policy, under a name made from what it says.
     *
     * @param policy a policy with issuer, audiences and subject
     * @return a changed copy
     * @throws IllegalArgumentException if it cannot be a recipient's
     */
    public RecipientGrant policy(FederationPolicy policy) {
        return policy(DesiredPolicy.of(policy));
    }

    /**
     * Lets tokens in that match this policy.
     *
     * @param name what the policy is called: 2 to 63 characters, a to z, 0 to 9 and hyphens
     * @param policy a policy with issuer, audiences and subject
     * @return a changed copy
     * @throws IllegalArgumentException if it cannot be a recipient's, or be called so
     */
    public RecipientGrant policy(String name, FederationPolicy policy) {
        return policy(DesiredPolicy.of(policy).withId(name));
    }

    /**
     * Sets a property, which views of the share can ask for by {@code current_recipient('key')}.
     *
     * @param key its name
     * @param value its value
     * @return a changed copy
     * @throws IllegalArgumentException if the name is empty, or begins with {@code databricks.}, as Databricks' own do
     */
    public RecipientGrant property(String key, String value) {
        if (requireNonNull(key, "key").isBlank() || key.startsWith(BUILT_IN)) {
            throw new IllegalArgumentException("a property of your own has a name, and one that does not begin with "
                    + BUILT_IN + "; this is '" + VisibleText.of(key) + "'");
        }
        Map<String, String> more = new LinkedHashMap<>(properties);
        more.put(key, requireNonNull(value, "value"));
        return new RecipientGrant(recipient, comment, more, policies, shares);
    }

    /**
     * Lets it read a share.
     *
     * @param share the share's name
     * @return a changed copy
     * @throws IllegalArgumentException if no share can be called so
     */
    public RecipientGrant share(String share) {
        if (requireNonNull(share, "share").isBlank() || share.contains("/") || share.matches("\\.+")) {
            throw new IllegalArgumentException("no share can be called '" + VisibleText.of(share) + "'");
        }
        Set<String> more = new LinkedHashSet<>(shares);
        more.add(share);
        return new RecipientGrant(recipient, comment, properties, policies, more);
    }

    /**
     * Describes the recipient, if it is created; one that is there keeps its words.
     *
     * @param comment the words
     * @return a changed copy
     */
    public RecipientGrant comment(String comment) {
        return new RecipientGrant(
                recipient, Optional.of(requireNonNull(comment, "comment")), properties, policies, shares);
    }

    /** {@return the recipient's name} */
    public String recipient() {
        return recipient;
    }

    /** {@return its description, for its creation} */
    public Optional<String> comment() {
        return comment;
    }

    /** {@return its properties} */
    public Map<String, String> properties() {
        return new LinkedHashMap<>(properties);
    }

    /** {@return its policies} */
    public List<DesiredPolicy> policies() {
        return policies;
    }

    /** {@return the shares it may read} */
    public Set<String> shares() {
        return new LinkedHashSet<>(shares);
    }

    /** {@return recipient, number of policies, and shares} */
    @Override
    public String toString() {
        return VisibleText.of(
                "RecipientGrant[" + recipient + ", " + policies.size() + " policies, shares " + shares + "]");
    }

    private RecipientGrant policy(DesiredPolicy policy) {
        PolicyOwner.recipient(recipient).require(policy.policy());
        List<DesiredPolicy> more = new ArrayList<>(policies);
        more.add(policy);
        return new RecipientGrant(recipient, comment, properties, List.copyOf(more), shares);
    }
}
