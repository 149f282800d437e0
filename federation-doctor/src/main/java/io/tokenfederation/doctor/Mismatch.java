// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.internal.VisibleText;
import io.tokenfederation.policy.Difference;
import java.util.List;
import java.util.stream.Collectors;

/** What a policy and a JWT differ in, as a finding. */
final class Mismatch {
    private Mismatch() {}

    /** The first one names the finding; they stand in the order in which they are mended. */
    static Finding finding(List<Difference> differences) {
        Difference first = differences.get(0);
        String cause = differences.stream().map(Mismatch::inWords).collect(Collectors.joining("; "));
        String fix = differences.stream().map(Difference::fix).distinct().collect(Collectors.joining(" "));
        return new Finding(code(first), cause, fix, "");
    }

    private static String inWords(Difference difference) {
        return "the JWT's " + difference.claim() + " is '" + VisibleText.of(difference.actual())
                + "', the policy accepts '"
                + VisibleText.of(difference.expected()) + "'"
                + (difference.hint().isEmpty() ? "" : ": " + difference.hint());
    }

    /** {@return what such a difference is called; anything unknown is the claim that holds the subject} */
    static String code(Difference difference) {
        return switch (difference.claim()) {
            case "iss" -> ErrorCode.ISSUER_MISMATCH.name();
            case "aud" -> ErrorCode.AUDIENCE_MISMATCH.name();
            case "alg" -> ErrorCode.IDP_TOKEN_ALGORITHM.name();
            case "kid" -> "POLICY_KEY_UNKNOWN";
            case "exp" -> ErrorCode.IDP_TOKEN_EXPIRED.name();
            case "nbf", "iat" -> DoctorCode.IDP_TOKEN_NOT_YET_VALID.name();
            default -> ErrorCode.SUBJECT_MISMATCH.name();
        };
    }
}
