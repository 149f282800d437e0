// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.internal.VisibleText;
import io.tokenfederation.policy.Ensured.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@link ShareProvider#ensure} did: step by step what was created, changed or found as it should be.
 *
 * @param recipient the recipient's name
 * @param created what became of the recipient itself; updated means its properties
 * @param policies what became of each policy, in the order of the grant
 * @param shares what became of each share's permission; created means granted now
 */
public record GrantReport(String recipient, Outcome created, List<Ensured> policies, Map<String, Outcome> shares) {
    /**
     * Checks that all parts are there.
     *
     * @param recipient the recipient's name
     * @param created what became of the recipient itself
     * @param policies what became of each policy
     * @param shares what became of each share's permission
     */
    public GrantReport {
        requireNonNull(recipient, "recipient");
        requireNonNull(created, "created");
        policies = List.copyOf(policies);
        shares = new LinkedHashMap<>(shares);
    }

    /** {@return what became of each share's permission, in the order of the grant} */
    @Override
    public Map<String, Outcome> shares() {
        return new LinkedHashMap<>(shares);
    }

    /** {@return whether anything was written} */
    public boolean changed() {
        return Stream.of(Stream.of(created), policies.stream().map(Ensured::outcome), shares.values().stream())
                .flatMap(outcomes -> outcomes)
                .anyMatch(outcome -> outcome != Outcome.UNCHANGED);
    }

    /** {@return one line for each step} */
    @Override
    public String toString() {
        return Stream.of(
                        Stream.of(words(created) + " recipient " + VisibleText.of(recipient)),
                        policies.stream().map(Ensured::toString),
                        shares.entrySet().stream()
                                .map(share ->
                                        (share.getValue() == Outcome.CREATED ? "granted" : words(share.getValue()))
                                                + " share " + VisibleText.of(share.getKey())))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }

    private static String words(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
