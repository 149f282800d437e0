// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Says how two values that ought to be the same came to differ: the mistakes people make, most exact first.
 *
 * @param one what holds the first value, such as {@code the policy}
 * @param other what holds the second, such as {@code the token}
 */
public record NearMiss(String one, String other) {
    private static final String CLIENTS = "@clients";

    /**
     * What was found.
     *
     * @param mistake the name of the public {@code MismatchCause} it is
     * @param hint a sentence about it
     */
    public record Found(String mistake, String hint) {}

    /**
     * Compares two values.
     *
     * @param mine the first value
     * @param theirs the second
     * @return the mistake; empty if they are equal, or differ in no known way
     */
    public Optional<Found> between(String mine, String theirs) {
        if (mine.equals(theirs)) {
            return Optional.empty();
        }
        Stream<Supplier<Optional<Found>>> kinds = Stream.of(
                () -> suffix(mine, theirs),
                () -> Addresses.guidForUri(this, mine, theirs),
                () -> Spelling.between(this, mine, theirs),
                () -> Addresses.between(this, mine, theirs),
                () -> WorkloadSubjects.between(mine, theirs),
                () -> Addresses.parts(mine, theirs),
                () -> Addresses.guids(mine, theirs));
        return kinds.map(Supplier::get).flatMap(Optional::stream).findFirst();
    }

    private Optional<Found> suffix(String mine, String theirs) {
        if (theirs.equals(mine + "/")) {
            return found(Mistake.TRAILING_SLASH_MISSING, one + " lacks the trailing slash");
        }
        if (mine.equals(theirs + "/")) {
            return found(Mistake.TRAILING_SLASH_EXTRA, one + " has a trailing slash too many");
        }
        if (theirs.equals(mine + CLIENTS)) {
            return found(
                    Mistake.AUTH0_CLIENTS_SUFFIX, one + " lacks the suffix @clients that Auth0 gives to client ids");
        }
        if (mine.equals(theirs + CLIENTS)) {
            return found(Mistake.AUTH0_CLIENTS_SUFFIX, one + " has the suffix @clients, " + other + " has not");
        }
        return Optional.empty();
    }

    static Optional<Found> found(Mistake mistake, String hint) {
        return Optional.of(new Found(mistake.name(), hint));
    }
}
