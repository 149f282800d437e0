// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpToken;
import io.tokenfederation.MismatchCause;
import io.tokenfederation.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * From when to when a JWT lives, and so the Databricks token it is exchanged for, which ends at the same time.
 *
 * <p>By the server's clock: who signs and who checks are elsewhere. Whether the clocks agree is {@link ClockCheck}'s.
 */
final class LifeCheck {
    /** A JWT that ends sooner may be over when the exchange gets there, or its token soon after. */
    private static final Duration NEARLY_OVER = Duration.ofSeconds(60);

    /** Below this, tokens are renewed so often that the identity provider's rate limits come near. */
    private static final Duration SHORT = Duration.ofMinutes(10);

    private LifeCheck() {}

    /**
     * Looks at a JWT's beginning and end.
     *
     * @param jwt the JWT
     * @param now this machine's time
     * @param serverAhead how far the server's clock is ahead; zero if that is not known
     * @return what is wrong, worst first; a short life alone is worth a warning, as everything works
     */
    static List<Problem> of(IdpToken jwt, Instant now, Duration serverAhead) {
        Instant there = now.plus(serverAhead);
        return Stream.of(beginning(jwt, there), end(jwt, there))
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Looks at a JWT's {@code nbf}, before which it must not be accepted (RFC 7519 §4.1.5), and at its {@code iat}, which
     * in the future shows a wrong clock and need not be refused.
     *
     * @param jwt the JWT
     * @param there the server's time
     * @return what is wrong, with the cause NOT_YET_VALID for {@code nbf} and CLOCK_SKEW for {@code iat}
     */
    static Optional<Problem> beginning(IdpToken jwt, Instant there) {
        Optional<Duration> begins = until(jwt, "nbf", there);
        if (begins.isPresent()) {
            String when = "begins in " + begins.get().toSeconds() + " s (nbf)";
            return Optional.of(DoctorCode.IDP_TOKEN_NOT_YET_VALID
                    .problem("the JWT of issuer '" + jwt.issuer() + "' " + when)
                    .fix("The JWT " + when + ": set the identity provider's clock by NTP, or have it issue JWTs without"
                            + " an nbf that is ahead.")
                    .mismatch(MismatchCause.NOT_YET_VALID));
        }
        return until(jwt, "iat", there)
                .map(ahead -> DoctorCode.IDP_TOKEN_NOT_YET_VALID
                        .problem("the JWT of issuer '" + jwt.issuer() + "' was issued " + ahead.toSeconds()
                                + " s in the future (iat)")
                        .fix("The JWT's iat is " + ahead.toSeconds()
                                + " s in the future: set the identity provider's clock by NTP.")
                        .mismatch(MismatchCause.CLOCK_SKEW));
    }

    private static Optional<Duration> until(IdpToken jwt, String claim, Instant there) {
        if (!(jwt.claims().get(claim) instanceof Number seconds) || seconds.doubleValue() < 0) {
            return Optional.empty();
        }
        Instant begins = TimeClaims.time(seconds).orElse(Instant.MAX);
        return Optional.of(Duration.between(there, begins)).filter(ahead -> ahead.compareTo(ClockCheck.TOLERATED) > 0);
    }

    private static Optional<Problem> end(IdpToken jwt, Instant there) {
        Duration left = Duration.between(there, jwt.expiresAt());
        String seconds = left.abs().toSeconds() + " s";
        if (left.isNegative() || left.isZero()) {
            return Optional.of(Problem.of(
                            ErrorCode.IDP_TOKEN_EXPIRED,
                            "the JWT of issuer '" + jwt.issuer() + "' expired " + seconds + " ago")
                    .fix("The JWT expired " + seconds
                            + " ago: have the token source issue a new one before each exchange."));
        }
        if (left.compareTo(NEARLY_OVER) <= 0) {
            return Optional.of(Problem.of(
                            ErrorCode.IDP_TOKEN_TOO_SHORT,
                            "the JWT of issuer '" + jwt.issuer() + "' ends in " + seconds)
                    .fix("The JWT ends in " + seconds
                            + ": have a new one issued before the exchange, with a life of an hour."));
        }
        return left.compareTo(SHORT) < 0 ? Optional.of(tooShort(jwt, seconds)) : Optional.empty();
    }

    private static Problem tooShort(IdpToken jwt, String left) {
        return Problem.of(
                        ErrorCode.TOKEN_LIFE_TOO_SHORT,
                        "the JWT ends at " + jwt.expiresAt() + ", in " + left + ", and each Databricks token with it")
                .fix("A Databricks token lives only until the JWT's end, " + jwt.expiresAt()
                        + ": raise the token lifetime in the identity provider; an hour is good.");
    }
}
