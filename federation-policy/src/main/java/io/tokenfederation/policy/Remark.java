// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import io.tokenfederation.MismatchCause;
import io.tokenfederation.internal.NearMiss;
import io.tokenfederation.internal.NearMiss.Found;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is to be said of a difference.
 *
 * @param cause how the two came to differ
 * @param hint a sentence about it, or empty
 * @param expected of what the policy accepts, the value nearest to the token's
 * @param actual of what the token has, the value nearest to the policy's; empty if it has none
 */
record Remark(MismatchCause cause, String hint, String expected, String actual) {
    private static final NearMiss NEAR_MISS = new NearMiss("the policy", "the token");
    private static final String AZURE_DATABRICKS = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";

    Remark because(MismatchCause other) {
        return new Remark(other, hint, expected, actual);
    }

    /** The most exact of what can be said of any two values. */
    static Remark between(List<String> accepted, List<String> sent) {
        Stream<Remark> known = accepted.stream()
                .flatMap(one -> sent.stream()
                        .flatMap(other -> NEAR_MISS.between(one, other).stream()
                                .map(near -> of(near, List.of(one), List.of(other)))));
        return known.min(Comparator.comparing(Remark::cause))
                .orElseGet(() -> new Remark(MismatchCause.OTHER, "", accepted.get(0), first(sent)));
    }

    static Remark of(Found near, List<String> accepted, List<String> sent) {
        return new Remark(MismatchCause.valueOf(near.mistake()), near.hint(), accepted.get(0), first(sent));
    }

    static Remark accountIdDefault(String accountId, List<String> sent) {
        return new Remark(
                MismatchCause.ACCOUNT_ID_DEFAULT,
                "the policy lists no audiences, so it accepts only the account id",
                accountId,
                first(sent));
    }

    /** Some audiences tell by themselves that nobody asked for one. */
    static Remark betweenAudiences(List<String> accepted, List<String> sent, Map<String, ?> claims) {
        Remark near = between(accepted, sent);
        boolean spelling = near.cause() != MismatchCause.GUID_FOR_URI
                && near.cause().compareTo(MismatchCause.SEVERAL_SPELLINGS) <= 0;
        return spelling
                ? near
                : unasked(sent, claims)
                        .map(cause -> new Remark(cause, words(cause), near.expected(), first(sent)))
                        .orElse(near);
    }

    private static Optional<MismatchCause> unasked(List<String> sent, Map<String, ?> claims) {
        if (sent.equals(List.of("account")) && text(claims, "iss").contains("/realms/")) {
            return Optional.of(MismatchCause.KEYCLOAK_DEFAULT_AUDIENCE);
        }
        boolean apiServer = sent.stream().anyMatch(aud -> aud.contains("kubernetes.default.svc") || aud.equals("k3s"));
        if (apiServer && text(claims, "sub").startsWith("system:serviceaccount:")) {
            return Optional.of(MismatchCause.KUBERNETES_DEFAULT_AUDIENCE);
        }
        return sent.stream().anyMatch(aud -> aud.replaceAll("/+$", "").equals(AZURE_DATABRICKS))
                ? Optional.of(MismatchCause.AZURE_DATABRICKS_AUDIENCE)
                : Optional.empty();
    }

    private static String words(MismatchCause cause) {
        return switch (cause) {
            case KEYCLOAK_DEFAULT_AUDIENCE ->
                "'account' is what Keycloak issues where the client has no Audience mapper";
            case KUBERNETES_DEFAULT_AUDIENCE ->
                "it is the default token of the pod, meant for the cluster's API server";
            default -> "the token is for Azure Databricks itself";
        };
    }

    private static String first(List<String> sent) {
        return sent.isEmpty() ? "" : sent.get(0);
    }

    private static String text(Map<String, ?> claims, String name) {
        return claims.get(name) instanceof String text ? text : "";
    }
}
