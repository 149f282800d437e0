// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.Problem;
import io.tokenfederation.ResolvedRole;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Does Databricks exchange the JWT for a token of this role's service principal? */
final class ExchangeCheck implements RoleCheck {
    static final String NAME = "exchange";

    /** What a federation policy is the remedy for. */
    private static final Set<String> OF_POLICY = Set.of(
            ErrorCode.NO_FEDERATION_POLICY.name(),
            ErrorCode.ISSUER_MISMATCH.name(),
            ErrorCode.AUDIENCE_MISMATCH.name(),
            ErrorCode.SUBJECT_MISMATCH.name());

    @Override
    public String name() {
        return NAME;
    }

    /** The exchanger refuses by itself what these have found. */
    @Override
    public List<String> needs() {
        return List.of(
                WorkspaceCheck.NAME, TokenCheck.NAME, AudienceCheck.NAME, AlgorithmCheck.NAME, LifetimeCheck.NAME);
    }

    @Override
    public Outcome run(Examination examination, ResolvedRole role) {
        try {
            DatabricksToken token = examination.databricks().tokenFor(role.servicePrincipal());
            Duration left = Duration.between(examination.clocks().now(), token.expiresAt());
            return new Outcome.Passed("a token for " + String.join(" ", token.scopes()) + ", " + Times.inWords(left));
        } catch (FederationException e) {
            return new Outcome.Failed(explained(e, examination, role));
        }
    }

    private static Finding explained(FederationException failure, Examination examination, ResolvedRole role) {
        IdpToken jwt = examination.jwt();
        ExchangeDiagnosis diagnosis = new ExchangeDiagnosis(
                jwt,
                examination.accountId().orElse(""),
                examination.clocks().databricksNow(),
                examination::signatureProblem);
        Problem problem = diagnosis.of(failure, examination.policies(role));
        Finding finding = Finding.of(problem);
        return OF_POLICY.contains(problem.code()) ? finding.withPaste(PolicyText.forPasting(jwt, role)) : finding;
    }
}
