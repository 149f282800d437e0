// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpToken;
import io.tokenfederation.Problem;
import java.util.List;
import java.util.Set;

/** Is the JWT signed as Databricks takes it? */
final class AlgorithmCheck implements Check {
    static final String NAME = "algorithm";

    /** https://docs.databricks.com/aws/en/dev-tools/auth/oauth-federation-exchange */
    static final Set<String> ACCEPTED = Set.of("RS256", "ES256");

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
        if (!ACCEPTED.contains(jwt.algorithm())) {
            return new Outcome.Failed(Finding.of(Problem.of(
                    ErrorCode.IDP_TOKEN_ALGORITHM,
                    "the JWT is signed with " + jwt.algorithm() + "; Databricks takes RS256 and ES256")));
        }
        return new Outcome.Passed(
                jwt.algorithm() + jwt.keyId().map(id -> ", key " + id).orElse(""));
    }
}
