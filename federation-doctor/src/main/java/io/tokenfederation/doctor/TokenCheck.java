// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.IdpToken;

/** Does the identity provider give the application a JWT? */
final class TokenCheck implements Check {
    static final String NAME = "IdP token";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Outcome run(Examination examination) {
        IdpToken jwt = examination.mint();
        return new Outcome.Passed(TokenFacts.of(jwt).inWords());
    }
}
