// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpToken;
import io.tokenfederation.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a JWT lives, and so the Databricks token it is exchanged for, which ends at the same time.
 *
 * <p>By the server's clock as well as by this machine's: who signs and who checks are elsewhere.
 */
final class LifeCheck {
    /** A JWT that ends sooner may be over when the exchange gets there, or its token soon after. */
    private static final Duration NEARLY_OVER = Duration.ofSeconds(60);

    /** Below this, tokens are renewed so often that the identity provider's rate limits come near. */
    private static final Duration SHORT = Duration.ofMinutes(10);

    /** What replies take, and that their dates are whole seconds. */
    private static final Duration TOLERATED = Duration.ofSeconds(30);

    private LifeCheck() {}

    /**
     * Looks at a JWT's end.
     *
     * @param jwt the JWT
     * @param now this machine's time
     * @param serverAhead how far the server's clock is ahead; zero if that is not known
     * @return what is wrong, worst first; a short life alone is worth a warning, as everything works
     */
    static List<Problem> of(IdpToken jwt, Instant now, Duration serverAhead) {
        List<Problem> found = new ArrayList<>();
        Duration left = Duration.between(now.plus(serverAhead), jwt.expiresAt());
        if (left.isNegative() || left.isZero()) {
            found.add(Problem.of(
                            ErrorCode.IDP_TOKEN_EXPIRED,
                            "the JWT of issuer '" + jwt.issuer() + "' expired "
                                    + left.abs().toSeconds() + " s ago")
                    .fix("The JWT expired " + left.abs().toSeconds()
                            + " s ago: have the token source issue a new one before each exchange."));
        } else if (left.compareTo(NEARLY_OVER) <= 0) {
            found.add(Problem.of(
                            ErrorCode.IDP_TOKEN_TOO_SHORT,
                            "the JWT of issuer '" + jwt.issuer() + "' ends in " + left.toSeconds() + " s")
                    .fix("The JWT ends in " + left.toSeconds()
                            + " s: have a new one issued before the exchange, with a life of an hour."));
        } else if (left.compareTo(SHORT) < 0) {
            found.add(Problem.of(
                            ErrorCode.TOKEN_LIFE_TOO_SHORT,
                            "the JWT ends at " + jwt.expiresAt() + ", in " + left.toSeconds()
                                    + " s, and each Databricks token with it")
                    .fix("A Databricks token lives only until the JWT's end, " + jwt.expiresAt()
                            + ": raise the token lifetime in the identity provider; an hour is good."));
        }
        if (serverAhead.abs().compareTo(TOLERATED) > 0) {
            found.add(clock(serverAhead));
        }
        return List.copyOf(found);
    }

    private static Problem clock(Duration serverAhead) {
        String how = serverAhead.abs().toSeconds() + " s " + (serverAhead.isNegative() ? "behind" : "ahead of");
        return DoctorCode.CLOCK_DIFFERS
                .problem("the server's clock is " + how + " this machine's")
                .fix("Set the clocks by NTP: the server's is " + how
                        + " this machine's, so tokens seem to live longer or shorter than they do.");
    }
}
