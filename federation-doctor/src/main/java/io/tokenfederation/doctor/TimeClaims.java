// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The times in a JWT (RFC 7519 §4.1), as they stand there: any number can, also one that is no time. */
final class TimeClaims {
    /** The end of the year 9999: later years have no form in RFC 3339, and milliseconds overflow at last. */
    private static final double LAST = 253_402_300_799d;

    private static final List<String> NAMES = List.of("exp", "nbf", "iat");

    private TimeClaims() {}

    /** {@return the time a claim means; empty if it can mean none} */
    static Optional<Instant> time(Number seconds) {
        return seconds.doubleValue() >= 0 && seconds.doubleValue() <= LAST
                ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                : Optional.empty();
    }

    /** {@return one problem for each claim that is a number and no time} */
    static List<Problem> impossible(Map<String, ?> claims) {
        return NAMES.stream()
                .flatMap(name -> claims.get(name) instanceof Number number
                                && time(number).isEmpty()
                        ? Stream.of(Problem.of(
                                        ErrorCode.IDP_TOKEN_MALFORMED,
                                        name + " is " + number.doubleValue() + ", which is no time")
                                .fix("Have the identity provider write " + name
                                        + " as the seconds since 1970, not as milliseconds or nanoseconds."))
                        : Stream.empty())
                .toList();
    }
}
