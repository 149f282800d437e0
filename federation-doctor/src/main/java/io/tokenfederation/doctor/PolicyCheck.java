// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpToken;
import io.tokenfederation.Problem;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.policy.Difference;
import io.tokenfederation.policy.FederationPolicies;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.PolicyOwner;
import io.tokenfederation.policy.StoredPolicy;
import java.util.Comparator;
import java.util.List;

/** Does one of the service principal's real policies match the JWT, character for character? */
final class PolicyCheck implements RoleCheck {
    static final String NAME = "policy";

    private final FederationPolicies policies;

    /** @param policies of any owner, with the tokens of somebody who may read them */
    PolicyCheck(FederationPolicies policies) {
        this.policies = policies;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of(TokenCheck.NAME);
    }

    @Override
    public Outcome run(Examination examination, ResolvedRole role) {
        IdpToken jwt = examination.jwt();
        List<StoredPolicy> stored = policies.withOwner(PolicyOwner.of(role.servicePrincipal()))
                .list()
                .toList();
        List<FederationPolicy> found = stored.stream().map(StoredPolicy::policy).toList();
        examination.policiesAre(role, found);
        String account = examination.accountId().orElse("");
        List<List<Difference>> compared =
                found.stream().map(policy -> policy.compare(jwt, account)).toList();
        for (int i = 0; i < compared.size(); i++) {
            if (compared.get(i).isEmpty()) {
                return new Outcome.Passed("'" + stored.get(i).id() + "' matches");
            }
        }
        // The policy with the fewest differences is the one that was meant.
        Finding finding = compared.stream()
                .min(Comparator.comparingInt(List::size))
                .map(Mismatch::finding)
                .orElseGet(() -> Finding.of(Problem.of(
                        ErrorCode.NO_FEDERATION_POLICY, role.servicePrincipal() + " has no federation policy")));
        return new Outcome.Failed(finding.withPaste(PolicyText.forPasting(jwt, role)));
    }
}
