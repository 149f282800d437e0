// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.IdpToken;
import java.util.List;
import java.util.Optional;

/** Who issued the JWT, and could a policy name them? */
final class IssuerCheck implements Check {
    static final String NAME = "iss";

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
        IdpToken jwt = examination.jwt();
        Optional<Outcome> unexpected = Expectation.difference(examination, NAME);
        if (unexpected.isPresent()) {
            return unexpected.get();
        }
        // Keys that are pinned are fetched by nobody; and nothing of an exercise on one machine is public.
        if (examination.setup().keysPinned || examination.setup().onStandIns()) {
            return new Outcome.Passed(jwt.issuer());
        }
        return SettingCheck.issuer(jwt.issuer())
                .<Outcome>map(problem -> new Outcome.Failed(Finding.of(problem)))
                .orElseGet(() -> new Outcome.Passed(jwt.issuer()));
    }
}
