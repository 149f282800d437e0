// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The times in a JWT (RFC 7519 §4.1), as they stand there: any number can, also one that is no time. */
final class TimeClaims {
    /** The end of the year 9999: later years have no form in RFC 3339, and milliseconds overflow at last. */
    private static final double LAST = 253_402_300_799d;

    private static final Duration TOLERATED = Duration.ofSeconds(30);
    private static final List<String> NAMES = List.of("exp", "nbf", "iat");

    private TimeClaims() {}

    /** {@return the time a claim means; empty if it is no number, or none that can be meant as a time} */
    static Optional<Instant> time(@Nullable Object value) {
        return value instanceof Number seconds && seconds.doubleValue() >= 0 && seconds.doubleValue() <= LAST
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

    /** {@return one problem for each of nbf and iat that is ahead of the time} */
    static List<Problem> ahead(Map<String, ?> claims, Instant now) {
        return Stream.of("nbf", "iat")
                .flatMap(name -> time(claims.get(name))
                        .filter(at -> at.isAfter(now.plus(TOLERATED)))
                        .map(at -> ahead(name, at, now))
                        .stream())
                .toList();
    }

    private static Problem ahead(String name, Instant at, Instant now) {
        String how = Duration.between(now, at).toSeconds() + " s ahead of this machine's clock (" + name + ")";
        return DoctorCode.CLOCK_DIFFERS
                .problem("the JWT's beginning, " + at + ", is " + how)
                .fix(
                        "Set the clocks of the identity provider and of this machine by NTP, or wait: the JWT's beginning is "
                                + how + ".");
    }
}
