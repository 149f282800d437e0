// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.util.List;

/** Whom does the JWT speak for? */
final class SubjectCheck implements Check {
    static final String NAME = "sub";

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
        return Expectation.difference(examination, NAME)
                .orElseGet(() -> new Outcome.Passed(examination.jwt().subject()));
    }
}
