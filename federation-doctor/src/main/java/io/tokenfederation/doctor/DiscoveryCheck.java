// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.IdpToken;
import io.tokenfederation.internal.ReplyDates;
import io.tokenfederation.policy.FederationPolicy;
import java.util.List;

/** Are the issuer's discovery document and keys where Databricks looks for them, and did one of the keys sign the JWT? */
final class DiscoveryCheck implements Check {
    static final String NAME = "discovery";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of(TokenCheck.NAME, AlgorithmCheck.NAME, IssuerCheck.NAME);
    }

    @Override
    public Outcome run(Examination examination) {
        IdpToken jwt = examination.jwt();
        ReplyDates.observing(examination.clocks()::ofIdp, () -> {
            FederationPolicy.matching(jwt).verify(jwt);
            return jwt;
        });
        return new Outcome.Passed("the issuer's document names it, and a key of its signed the JWT");
    }
}
