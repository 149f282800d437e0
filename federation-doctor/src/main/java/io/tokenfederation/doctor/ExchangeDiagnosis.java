// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.MismatchCause;
import io.tokenfederation.Problem;
import io.tokenfederation.policy.Difference;
import io.tokenfederation.policy.FederationPolicy;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Why an exchange was refused, where the service principal's policies are known: exact, where the reply only hints.
 *
 * @param jwt the JWT that was to be exchanged
 * @param accountId the account's id, the only audience of a policy that lists none
 * @param now the time by Databricks' clock
 * @param signature what speaks against the JWT's signature, by the keys of a policy
 */
record ExchangeDiagnosis(
        IdpToken jwt, String accountId, Instant now, Function<FederationPolicy, Optional<Problem>> signature) {
    /** What can come of a policy; other failures have nothing to do with it. */
    private static final Set<String> OF_A_POLICY = Set.of(
            ErrorCode.NO_FEDERATION_POLICY.name(),
            ErrorCode.ISSUER_MISMATCH.name(),
            ErrorCode.AUDIENCE_MISMATCH.name(),
            ErrorCode.SUBJECT_MISMATCH.name(),
            ErrorCode.EXCHANGE_REFUSED.name());

    /**
     * Says more exactly what a failed exchange failed with.
     *
     * @param failure what the exchanger threw
     * @param policies the policies of the service principal; none, if it has none or nobody may read them
     * @return the failure, with the nearest policy's first difference; or that a policy fits and does not work yet
     */
    Problem of(FederationException failure, List<FederationPolicy> policies) {
        Problem known = failure.problem();
        if (!OF_A_POLICY.contains(known.code())) {
            return known;
        }
        if (policies.isEmpty()) {
            return LifeCheck.beginning(jwt, now)
                    .map(early -> known.kind(early.code(), early.fix())
                            .retryable(early.retryable())
                            .mismatch(early.mismatch().orElse(MismatchCause.OTHER)))
                    .orElse(known);
        }
        List<FederationPolicy> fitting = policies.stream()
                .filter(policy -> differences(policy).isEmpty())
                .toList();
        return fitting.isEmpty() ? differing(known, policies) : fitting(known, fitting);
    }

    private List<Difference> differences(FederationPolicy policy) {
        return policy.compare(jwt, accountId, now);
    }

    /** That patience helps is said only where nothing else is left that Databricks looks at. */
    private Problem fitting(Problem known, List<FederationPolicy> fitting) {
        for (FederationPolicy policy : fitting) {
            if (signature.apply(policy).isEmpty()) {
                return notInEffect(known);
            }
        }
        FederationPolicy first = fitting.get(0);
        return signature
                .apply(first)
                .map(wrong -> notSigned(known, wrong, first.jwksJson().isPresent()))
                .orElseGet(() -> notInEffect(known));
    }

    private Problem notInEffect(Problem known) {
        return known.kind(
                        DoctorCode.POLICY_NOT_IN_EFFECT.name(),
                        "The policy for subject '" + jwt.subject()
                                + "' fits the JWT: wait up to two minutes, as a new or changed"
                                + " policy takes that long; if it stays, check that it belongs to this service principal.")
                .retryable(true);
    }

    private static Problem notSigned(Problem known, Problem wrong, boolean pinned) {
        String remedy = pinned
                ? "Put the issuer's present keys into the policy's jwks_json, or leave it out so that they are found by"
                        + " discovery."
                : wrong.fix();
        return known.kind(
                        wrong.code(),
                        "The policy fits the JWT's claims, but not its signature: " + wrong.message() + ". " + remedy)
                .retryable(wrong.retryable());
    }

    /** The policy with the fewest differences is the one that was meant. */
    private Problem differing(Problem known, List<FederationPolicy> policies) {
        Difference difference = policies.stream()
                .map(this::differences)
                .min(Comparator.comparingInt(List::size))
                .map(nearest -> nearest.get(0))
                .orElseThrow();
        String how = difference.cause() == MismatchCause.OTHER ? "" : " (" + difference.cause() + ")";
        return known.kind(
                        Mismatch.code(difference),
                        "The JWT's " + difference.claim() + " is '" + difference.actual() + "', the policy accepts '"
                                + difference.expected() + "'" + how + ". " + difference.fix())
                .mismatch(difference.cause());
    }
}
