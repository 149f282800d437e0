// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.MismatchCause;
import io.tokenfederation.Problem;
import io.tokenfederation.policy.Difference;
import io.tokenfederation.policy.FederationPolicy;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Why an exchange was refused, where the service principal's policies are known: exact, where the reply only hints. */
final class ExchangeDiagnosis {
    /** What can come of a policy; other failures have nothing to do with it. */
    private static final Set<String> OF_A_POLICY = Set.of(
            ErrorCode.NO_FEDERATION_POLICY.name(),
            ErrorCode.ISSUER_MISMATCH.name(),
            ErrorCode.AUDIENCE_MISMATCH.name(),
            ErrorCode.SUBJECT_MISMATCH.name(),
            ErrorCode.EXCHANGE_REFUSED.name());

    private static final String CLOCK = DoctorCode.CLOCK_DIFFERS.name();

    /** By what a policy and a token differ in; anything else is the claim that holds the subject. */
    private static final Map<String, String> CODES = Map.of(
            "iss", ErrorCode.ISSUER_MISMATCH.name(),
            "aud", ErrorCode.AUDIENCE_MISMATCH.name(),
            "alg", ErrorCode.IDP_TOKEN_ALGORITHM.name(),
            "kid", "POLICY_KEY_UNKNOWN",
            "exp", ErrorCode.IDP_TOKEN_EXPIRED.name(),
            "nbf", CLOCK,
            "iat", CLOCK);

    private ExchangeDiagnosis() {}

    /**
     * Says more exactly what a failed exchange failed with.
     *
     * @param failure what the exchanger threw
     * @param jwt the JWT that was to be exchanged
     * @param policies the policies of the service principal; none, if it has none
     * @param accountId the account's id, the only audience of a policy that lists none
     * @return the failure, with the nearest policy's first difference; or that a policy fits and does not work yet
     */
    static Problem of(FederationException failure, IdpToken jwt, List<FederationPolicy> policies, String accountId) {
        Problem known = failure.problem();
        if (!OF_A_POLICY.contains(known.code()) || policies.isEmpty()) {
            return known;
        }
        List<Difference> nearest = policies.stream()
                .map(policy -> policy.compare(jwt, accountId))
                .min(Comparator.comparingInt(List::size))
                .orElse(List.of());
        return nearest.isEmpty() ? notInEffect(known, jwt) : differing(known, nearest.get(0));
    }

    private static Problem notInEffect(Problem known, IdpToken jwt) {
        return known.kind(
                        DoctorCode.POLICY_NOT_IN_EFFECT.name(),
                        "The policy for subject '" + jwt.subject()
                                + "' fits the JWT: wait up to two minutes, as a new or changed"
                                + " policy takes that long; if it stays, check that it belongs to this service principal.")
                .retryable(true);
    }

    private static Problem differing(Problem known, Difference difference) {
        String code = CODES.getOrDefault(difference.claim(), ErrorCode.SUBJECT_MISMATCH.name());
        String how = difference.cause() == MismatchCause.OTHER ? "" : " (" + difference.cause() + ")";
        return known.kind(
                        code,
                        "The JWT's " + difference.claim() + " is '" + difference.actual() + "', the policy accepts '"
                                + difference.expected() + "'" + how + ". " + difference.fix())
                .mismatch(difference.cause());
    }
}
