// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Does the JWT live long enough? A Databricks token ends with it. The clocks have a check of their own. */
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
        for (Problem problem : found) {
            if (DEAD.contains(problem.code())) {
                return new Outcome.Failed(Finding.of(problem));
            }
        }
        Optional<Problem> shortLife = found.stream()
                .filter(problem -> problem.code().equals(ErrorCode.TOKEN_LIFE_TOO_SHORT.name()))
                .findFirst();
        if (shortLife.isPresent()) {
            return new Outcome.Warned(Finding.of(shortLife.get()));
        }
        Duration left = Duration.between(clocks.now(), examination.jwt().expiresAt());
        return new Outcome.Passed(Times.inWords(left) + "; a Databricks token ends with the JWT it was exchanged for");
    }
}
