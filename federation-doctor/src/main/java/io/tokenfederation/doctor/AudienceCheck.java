// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpToken;
import io.tokenfederation.Problem;
import java.util.List;
import java.util.Optional;

/** For whom is the JWT, and is there anything to exchange? */
final class AudienceCheck implements Check {
    static final String NAME = "aud";

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
        if (TokenFacts.of(jwt).isForAzureDatabricks()) {
            return new Outcome.Failed(Finding.of(Problem.of(
                    ErrorCode.IDP_TOKEN_FOR_DATABRICKS,
                    "aud is " + jwt.audiences() + ", which is Azure Databricks itself")));
        }
        return new Outcome.Passed(String.join(", ", jwt.audiences()));
    }
}
