// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.MismatchCause;
import io.tokenfederation.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Does the JWT live now, and long enough? A Databricks token ends with it. The clocks have a check of their own. */
final class LifetimeCheck implements Check {
    static final String NAME = "lifetime";

    private static final Set<String> DEAD =
            Set.of(ErrorCode.IDP_TOKEN_EXPIRED.name(), ErrorCode.IDP_TOKEN_TOO_SHORT.name());

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of(TokenCheck.NAME);
    }

    @Override
    public Outcome run(Examination examination) {
        ServerClocks clocks = examination.clocks();
        List<Problem> found = LifeCheck.of(examination.jwt(), clocks.now(), clocks.databricksAhead());
        Optional<Problem> dead = found.stream().filter(LifetimeCheck::isDead).findFirst();
        if (dead.isPresent()) {
            return new Outcome.Failed(Finding.of(dead.get()));
        }
        // A short life, and an iat in the future: the exchange shows what Databricks makes of them.
        if (!found.isEmpty()) {
            return new Outcome.Warned(Finding.of(found.get(0)));
        }
        Duration left = Duration.between(clocks.now(), examination.jwt().expiresAt());
        return new Outcome.Passed(Times.inWords(left) + "; a Databricks token ends with the JWT it was exchanged for");
    }

    private static boolean isDead(Problem problem) {
        return DEAD.contains(problem.code())
                || problem.mismatch()
                        .filter(MismatchCause.NOT_YET_VALID::equals)
                        .isPresent();
    }
}
