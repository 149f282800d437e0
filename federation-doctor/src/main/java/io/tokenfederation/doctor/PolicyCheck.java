// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpToken;
import io.tokenfederation.Problem;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.policy.Difference;
import io.tokenfederation.policy.FederationPolicies;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.PolicyException;
import io.tokenfederation.policy.PolicyOwner;
import io.tokenfederation.policy.StoredPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
        Map<String, FederationPolicy> readable = new LinkedHashMap<>();
        List<Problem> unreadable = new ArrayList<>();
        for (StoredPolicy each : stored) {
            try {
                readable.put(each.id(), each.policy());
            } catch (PolicyException e) {
                unreadable.add(e.problem());
            }
        }
        examination.policiesAre(role, List.copyOf(readable.values()));
        // The JWT's times are no policy's fault, and have been looked at by the check of its lifetime.
        Map<String, List<Difference>> compared = new LinkedHashMap<>();
        String account = examination.accountId().orElse("");
        readable.forEach((id, policy) -> compared.put(id, policy.compare(jwt, account)));
        for (Map.Entry<String, List<Difference>> each : compared.entrySet()) {
            if (each.getValue().isEmpty()) {
                return matching("'" + each.getKey() + "' matches", unreadable);
            }
        }
        Finding finding = nearest(compared.values(), unreadable, role);
        return new Outcome.Failed(finding.withPaste(PolicyText.forPasting(jwt, role)));
    }

    private static Outcome matching(String how, List<Problem> unreadable) {
        return unreadable.isEmpty() ? new Outcome.Passed(how) : new Outcome.Warned(beside(how, unreadable));
    }

    /** The policy with the fewest differences is the one that was meant. */
    private static Finding nearest(Collection<List<Difference>> compared, List<Problem> unreadable, ResolvedRole role) {
        Optional<Finding> nearest =
                compared.stream().min(Comparator.comparingInt(List::size)).map(Mismatch::finding);
        if (nearest.isEmpty()) {
            return unreadable.isEmpty()
                    ? Finding.of(Problem.of(
                            ErrorCode.NO_FEDERATION_POLICY, role.servicePrincipal() + " has no federation policy"))
                    : beside("no other policy is there", unreadable);
        }
        Finding finding = nearest.get();
        return new Finding(finding.code(), finding.cause() + words(unreadable), finding.fix(), finding.paste());
    }

    private static Finding beside(String what, List<Problem> unreadable) {
        return new Finding(
                unreadable.get(0).code(),
                what + words(unreadable),
                "Look at this policy in the account console, and delete it or mend it: it was compared with nothing.",
                "");
    }

    private static String words(List<Problem> unreadable) {
        return unreadable.stream().map(problem -> "; " + problem.message()).collect(Collectors.joining());
    }
}
