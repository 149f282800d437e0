// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The policies Databricks has stored for one owner: read, created, changed and deleted over its REST API.
 *
 * <pre>{@code
 * FederationPolicies policies = FederationPolicies.builder()
 *         .account(DatabricksCloud.AZURE, accountId)
 *         .owner(PolicyOwner.of(servicePrincipal))
 *         .tokens(admin)
 *         .build();
 * System.out.println(policies.ensure(FederationPolicy.matching(token)));
 * }</pre>
 *
 * <p>Policies of service principals and of the account need the token of an account admin, issued for the account; those of
 * Delta Sharing recipients that of a metastore admin or the recipient's owner, issued for the workspace. The token is asked
 * for on every request; one that Databricks refuses is reported and replaced once.
 *
 * <p>Reads are repeated after what passes by itself. Writes are repeated only where they cannot have been carried out; of
 * any other write whose answer is lost, {@code POLICY_ANSWER_LOST} says that nobody knows, and {@link #ensure} finds out.
 * All of it within {@link FederationPoliciesBuilder#timeout}.
 *
 * <p>Every method throws {@link PolicyException} if Databricks refuses or cannot be understood, and what the token source
 * throws. Thread-safe; create one and keep it; it needs no closing. A new policy can take two minutes to work.
 *
 * @see <a href="https://docs.databricks.com/api/account/serviceprincipalfederationpolicy">Service principal federation
 *     policies</a>, <a href="https://docs.databricks.com/api/account/accountfederationpolicy">account federation
 *     policies</a>, <a href="https://docs.databricks.com/api/workspace/recipientfederationpolicies">recipient federation
 *     policies</a>
 */
public final class FederationPolicies {
    private final PolicyPlace place;
    private final PolicyCrud crud;

    FederationPolicies(PolicyPlace place, PolicyCalls calls, PolicyOwner owner) {
        place.require(owner);
        this.place = place;
        this.crud = new PolicyCrud(calls, owner, place.accountId());
    }

    /** {@return a builder with the defaults} */
    public static FederationPoliciesBuilder builder() {
        return new FederationPoliciesBuilder();
    }

    /**
     * The policies of somebody else on the same host, by the same token source.
     *
     * @param owner whose
     * @return that owner's policies
     * @throws IllegalStateException if they are kept elsewhere: a recipient's in a workspace, all others in the account
     */
    public FederationPolicies withOwner(PolicyOwner owner) {
        return new FederationPolicies(place, crud.calls(), requireNonNull(owner, "owner"));
    }

    /** {@return whose policies they are} */
    public PolicyOwner owner() {
        return crud.owner();
    }

    /**
     * The numeric id of the service principal, which the REST API and the Databricks CLI want.
     *
     * @return the id; looked up in the account if the owner is named by its application id
     * @throws IllegalStateException if the owner is no service principal
     * @throws PolicyException with {@code SERVICE_PRINCIPAL_NOT_FOUND} if the account has none with this application id
     */
    public long servicePrincipalId() {
        if (owner().kind() != PolicyOwner.Kind.SERVICE_PRINCIPAL) {
            throw new IllegalStateException(owner() + " is no service principal");
        }
        return crud.numericId(crud.calls().deadline());
    }

    /**
     * All policies, page by page as the stream is read; each page has a timeout of its own.
     *
     * @return a stream that asks nothing before it is read
     */
    public Stream<StoredPolicy> list() {
        int characteristics = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(
                () -> Spliterators.spliteratorUnknownSize(
                        crud.pages(() -> crud.calls().deadline()), characteristics),
                characteristics,
                false);
    }

    /**
     * Reads one policy.
     *
     * @param policyId its id
     * @return the policy; empty if there is none with this id
     * @throws IllegalArgumentException if no policy can have this id
     */
    public Optional<StoredPolicy> get(String policyId) {
        return crud.get(PolicyId.require(policyId), crud.calls().deadline());
    }

    /**
     * Creates a policy. Prefer {@link #ensure}, which can be repeated.
     *
     * @param desired the policy; without an id Databricks makes one
     * @return the policy as it is stored; one that says the same and was there before, if Databricks takes it for this one
     * @throws IllegalArgumentException if this owner cannot have such a policy
     * @throws PolicyException with {@code POLICY_EXISTS}, {@code POLICY_LIMIT_REACHED} or {@code POLICY_ISSUER_UNREACHABLE}
     */
    public StoredPolicy create(DesiredPolicy desired) {
        owner().require(desired.policy());
        if (owner().kind() == PolicyOwner.Kind.RECIPIENT && desired.id().isEmpty()) {
            throw new IllegalArgumentException("a recipient's policy needs a name: set it by withId(...)");
        }
        return crud.create(desired, crud.calls().deadline());
    }

    /**
     * Changes some fields of a policy; the others stay as they are. There is no check for changes that others make at the
     * same moment: the REST API has no version to compare, so the last one wins.
     *
     * @param desired the policy with its id, and with the new values of those fields; a field it does not have is cleared
     * @param fields what to change
     * @return the policy as it is stored now
     * @throws IllegalArgumentException if the policy has no id, this owner cannot have such a policy, or there is no field
     * @throws PolicyException with {@code POLICY_NOT_FOUND}, or {@code POLICY_UPDATE_UNSUPPORTED} for a recipient's
     */
    public StoredPolicy update(DesiredPolicy desired, Set<PolicyField> fields) {
        owner().require(desired.policy());
        if (desired.id().isEmpty()) {
            throw new IllegalArgumentException("which policy is to be changed? set its id by withId(...)");
        }
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("no field is to be changed");
        }
        return crud.update(desired, fields, crud.calls().deadline());
    }

    /**
     * Deletes a policy; tokens that were exchanged by it stay good until they end.
     *
     * @param policyId its id
     * @return whether there was one
     * @throws IllegalArgumentException if no policy can have this id
     */
    public boolean delete(String policyId) {
        return crud.delete(PolicyId.require(policyId), crud.calls().deadline());
    }

    /**
     * Makes sure that a policy like this is there; see {@link #ensure(DesiredPolicy)}.
     *
     * @param policy what it says
     * @return what was done
     * @throws IllegalArgumentException if this owner cannot have such a policy
     */
    public Ensured ensure(FederationPolicy policy) {
        return ensure(DesiredPolicy.of(policy));
    }

    /**
     * Makes sure that a policy is there, and changes nothing if it is. Without an id, any policy that says the same will do;
     * if there is none, it is created under an id made from what it says. With an id, the policy of that id is created, or
     * changed where it differs. Nothing is ever deleted.
     *
     * <p>It can be repeated, and done by many at once: all of them use one id, so one policy comes of it. A creation whose
     * answer was lost is looked for before it is sent again.
     *
     * @param desired the policy; its description counts only together with an id
     * @return what was done
     * @throws IllegalArgumentException if this owner cannot have such a policy
     * @throws PolicyException as {@link #create} and {@link #update}
     */
    public Ensured ensure(DesiredPolicy desired) {
        owner().require(desired.policy());
        return new Ensuring(crud, desired, crud.calls().deadline()).run();
    }

    /** {@return whose policies, and where} */
    @Override
    public String toString() {
        return "FederationPolicies[" + owner() + ", " + place.host() + "]";
    }
}
