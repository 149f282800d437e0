// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import io.tokenfederation.internal.EntraSubject;
import io.tokenfederation.internal.NearMiss;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares one policy with one token's claims, as Databricks does: exactly, character for character. */
final class Comparison {
    private static final NearMiss NEAR_MISS = new NearMiss("the policy", "the token");
    private static final String MISSING = "(missing)";
    private static final String NOT_A_STRING = "(not a string)";

    private final FederationPolicy policy;
    private final Map<String, ?> claims;
    private final String accountId;

    Comparison(FederationPolicy policy, Map<String, ?> claims, String accountId) {
        this.policy = policy;
        this.claims = claims;
        this.accountId = accountId;
    }

    List<Difference> differences() {
        List<Difference> found = new ArrayList<>();
        compareOne("iss", List.of(policy.issuer()), found);
        compareAudience(found);
        String claim = policy.subjectClaim();
        policy.subject()
                .ifPresentOrElse(
                        subject -> compareOne(claim, List.of(subject), found), () -> compareUserName(claim, found));
        return List.copyOf(found);
    }

    private void compareAudience(List<Difference> found) {
        List<String> accepted = policy.audiences().isEmpty() ? List.of(accountId) : policy.audiences();
        List<String> sent = texts("aud");
        if (sent.stream().anyMatch(accepted::contains)) {
            return;
        }
        String hint = policy.audiences().isEmpty()
                ? "the policy lists no audiences, so it accepts only the account id"
                : hint(accepted, sent);
        found.add(new Difference("aud", String.join(", ", accepted), shown("aud", sent), hint));
    }

    private void compareOne(String claim, List<String> expected, List<Difference> found) {
        // Only aud may be a list: a list of one subject is not that subject.
        List<String> sent = claims.get(claim) instanceof String text ? List.of(text) : List.of();
        if (!sent.equals(expected)) {
            String hint = copied(claim, expected.get(0)).orElseGet(() -> hint(expected, sent));
            found.add(new Difference(claim, expected.get(0), shown(claim, sent), hint));
        }
    }

    private Optional<String> copied(String claim, String expected) {
        return claim.equals("sub") ? EntraSubject.mistaken(claims, expected) : Optional.empty();
    }

    private static String hint(List<String> accepted, List<String> sent) {
        return accepted.stream()
                .flatMap(expected -> sent.stream().map(actual -> NEAR_MISS.between(expected, actual)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("");
    }

    /** An account policy takes any subject: it is the name of a Databricks user, which only Databricks can check. */
    private void compareUserName(String claim, List<Difference> found) {
        if (!(claims.get(claim) instanceof String text) || text.isBlank()) {
            String hint = "an account policy takes the Databricks user name from this claim";
            found.add(new Difference(claim, "any user name", shown(claim, List.of()), hint));
        }
    }

    private List<String> texts(String claim) {
        Object value = claims.get(claim);
        if (value instanceof Collection<?> list) {
            return list.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
        }
        return value instanceof String text ? List.of(text) : List.of();
    }

    private String shown(String claim, List<String> sent) {
        if (!sent.isEmpty()) {
            return String.join(", ", sent);
        }
        return claims.get(claim) == null ? MISSING : NOT_A_STRING;
    }
}
