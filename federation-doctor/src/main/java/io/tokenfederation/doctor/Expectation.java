// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.policy.Difference;
import java.util.List;
import java.util.Optional;

/** The JWT against the policy as it is meant to be, where somebody has said how. */
final class Expectation {
    private Expectation() {}

    /** {@return the failure, if the claim is another than the expected policy has it} */
    static Optional<Outcome> difference(Examination examination, String claim) {
        String account = examination.accountId().orElse("the account's id");
        return examination.setup().expectedPolicy.stream()
                .flatMap(policy -> policy.compare(examination.jwt(), account).stream())
                .filter(difference -> claim.equals(claimOf(difference)))
                .findFirst()
                .map(difference -> new Outcome.Failed(Mismatch.finding(List.of(difference))));
    }

    /** Whatever claim the policy takes the subject from. */
    private static String claimOf(Difference difference) {
        return switch (difference.claim()) {
            case "iss", "aud", "alg", "kid", "exp", "nbf", "iat" -> difference.claim();
            default -> SubjectCheck.NAME;
        };
    }
}
