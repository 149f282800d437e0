// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import io.tokenfederation.MismatchCause;
import io.tokenfederation.internal.ClaimMixUp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Compares one policy with one token's claims, as Databricks does: exactly, character for character. */
final class Comparison {
    private static final String MISSING = "(missing)";
    private static final String NOT_A_STRING = "(not a string)";

    private final FederationPolicy policy;
    private final Map<String, ?> claims;
    private final String accountId;
    private final Remedies remedies;
    private final List<Difference> found = new ArrayList<>();

    Comparison(FederationPolicy policy, Map<String, ?> claims, String accountId) {
        this.policy = policy;
        this.claims = claims;
        this.accountId = accountId;
        this.remedies = new Remedies(policy, claims);
    }

    List<Difference> differences() {
        compareIssuer();
        compareAudience();
        if (policy.subject().isPresent()) {
            compareSubject(policy.subject().get());
        } else {
            compareUserName();
        }
        return List.copyOf(found);
    }

    private void compareIssuer() {
        if (!policy.issuer().equals(claims.get("iss"))) {
            List<String> sent = text("iss");
            add("iss", List.of(policy.issuer()), sent, Remark.between(List.of(policy.issuer()), sent));
        }
    }

    private void compareAudience() {
        List<String> accepted = policy.audiences().isEmpty() ? List.of(accountId) : policy.audiences();
        List<String> sent = texts("aud");
        if (sent.stream().noneMatch(accepted::contains)) {
            Remark remark = policy.audiences().isEmpty()
                    ? Remark.accountIdDefault(accountId, sent)
                    : Remark.betweenAudiences(accepted, sent, claims);
            add("aud", accepted, sent, remark);
        }
    }

    private void compareSubject(String subject) {
        String claim = policy.subjectClaim();
        // Only aud and groups may be lists: a list of one subject is not that subject.
        List<String> sent = claim.equals("groups") ? texts(claim) : text(claim);
        if (!sent.contains(subject)) {
            List<String> expected = List.of(subject);
            Remark remark = ClaimMixUp.of(claims, claim, subject)
                    .map(copied -> Remark.of(copied, expected, sent))
                    .orElseGet(() -> Remark.between(expected, sent));
            add(claim, expected, sent, remark);
        }
    }

    /** An account policy takes any subject: it is the name of a Databricks user, which only Databricks can check. */
    private void compareUserName() {
        String claim = policy.subjectClaim();
        if (text(claim).stream().allMatch(String::isBlank)) {
            Remark remark = new Remark(
                    MismatchCause.OTHER,
                    "an account policy takes the Databricks user name from this claim",
                    "any user name",
                    "");
            add(claim, List.of("any user name"), List.of(), remark);
        }
    }

    private void add(String claim, List<String> expected, List<String> sent, Remark remark) {
        Remark told = sent.isEmpty() ? remark.because(absence(claim)) : remark;
        found.add(new Difference(
                claim,
                String.join(", ", expected),
                sent.isEmpty() ? shown(claim) : String.join(", ", sent),
                told.cause(),
                told.hint(),
                remedies.of(claim, told)));
    }

    private MismatchCause absence(String claim) {
        return claims.get(claim) == null || claims.get(claim) instanceof String
                ? MismatchCause.CLAIM_MISSING
                : MismatchCause.CLAIM_NO_STRING;
    }

    private String shown(String claim) {
        return absence(claim) == MismatchCause.CLAIM_MISSING ? MISSING : NOT_A_STRING;
    }

    private List<String> text(String claim) {
        return claims.get(claim) instanceof String text ? List.of(text) : List.of();
    }

    private List<String> texts(String claim) {
        return claims.get(claim) instanceof Collection<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : text(claim);
    }
}
