// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.policy.Ensured.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The provider's side of open Delta Sharing with OIDC federation: creates the recipient, its policies, and grants it shares,
 * in one call that can be repeated.
 *
 * <pre>{@code
 * ShareProvider provider = ShareProvider.of("https://adb-1.azuredatabricks.net", tokens);
 * System.out.println(provider.ensure(RecipientGrant.to("acme").policy(policy).share("sales")));
 * }</pre>
 *
 * <p>The token must be a metastore admin's; or of one with CREATE RECIPIENT on the metastore, who then owns the recipient,
 * and who owns the share or holds USE SHARE and SET SHARE PERMISSION. It is issued for a workspace that is attached to the
 * metastore.
 *
 * <p>Thread-safe; create one per workspace; it needs no closing.
 *
 * @see <a href="https://docs.databricks.com/aws/en/delta-sharing/create-recipient-oidc-fed">Databricks: OIDC federation for
 *     Delta Sharing</a>
 */
public final class ShareProvider {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final PolicyPlace place;
    private final PolicyCalls calls;

    ShareProvider(PolicyPlace place, PolicyCalls calls) {
        this.place = place;
        this.calls = calls;
    }

    /**
     * The provider whose shares are in the metastore of a workspace. One call takes 60 seconds at most for the recipient, and
     * as long for each policy and each share.
     *
     * @param workspace an https URL without a path; http for loopback only
     * @param tokens where the tokens come from, which must be for this workspace
     * @return the provider
     * @throws IllegalArgumentException if that is no workspace's address
     */
    public static ShareProvider of(String workspace, DatabricksTokenSource tokens) {
        PolicyPlace place = PolicyPlace.workspace(workspace);
        HttpTransport transport = HttpTransport.create(CONNECT_TIMEOUT, TIMEOUT);
        return new ShareProvider(
                place,
                new PolicyCalls(
                        place.host(),
                        requireNonNull(tokens, "tokens"),
                        transport,
                        TIMEOUT,
                        time -> Thread.sleep(time.toMillis())));
    }

    /**
     * Makes sure that a recipient has what it should have, and changes nothing of what it has besides: no property, policy or
     * permission is ever removed. The permissions come last, so that nobody reads before all policies stand.
     *
     * <p>It can be repeated, after a failure too, and done by many at once. What was asked and its answer lost is looked for
     * before it is asked again. Databricks replaces all properties at once, and has no version to compare: of two calls that
     * set different properties of one recipient at the same moment, one may win.
     *
     * @param grant what it should have
     * @return what was done
     * @throws PolicyException if Databricks refuses or cannot be understood; what was done before stays. With
     *     {@code POLICY_RECIPIENT_KIND} if there is such a recipient, but with long-lived tokens or a Databricks of its own;
     *     {@code POLICY_SHARE_NOT_FOUND} if there is no such share
     */
    public GrantReport ensure(RecipientGrant grant) {
        Outcome recipient = new EnsuringRecipient(calls, grant).run();
        FederationPolicies policies = new FederationPolicies(place, calls, PolicyOwner.recipient(grant.recipient()));
        List<Ensured> ensured = new ArrayList<>();
        for (DesiredPolicy policy : grant.policies()) {
            ensured.add(policies.ensure(policy));
        }
        Map<String, Outcome> shares = new LinkedHashMap<>();
        for (String share : grant.shares()) {
            shares.put(share, new EnsuringPermission(calls, share, grant.recipient()).run());
        }
        return new GrantReport(grant.recipient(), recipient, ensured, shares);
    }

    /** {@return which workspace} */
    @Override
    public String toString() {
        return "ShareProvider[" + place.host() + "]";
    }
}
