// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What can be said of a token by looking at it alone.
 *
 * @param decoded header and claims; empty if it is no JWT
 * @param jwt the token as this library reads it; empty if something is missing that it needs
 * @param wrong what would make Databricks refuse it, whatever the policy says
 * @param doubtful what is to be looked at
 */
record Explanation(
        Optional<DecodedToken> decoded, Optional<IdpToken> jwt, List<Problem> wrong, List<Problem> doubtful) {
    /** Keycloak's own API, to which every token is issued unless a mapper says more. */
    private static final String OF_EVERY_CLIENT = "account";

    static Explanation of(String token, Instant now) {
        List<Problem> wrong = new ArrayList<>();
        List<Problem> doubtful = new ArrayList<>();
        Optional<DecodedToken> decoded = DecodedToken.of(token);
        Optional<Problem> cut = CutToken.of(token);
        cut.ifPresent(wrong::add);
        // Of one whose claims are cut off, nothing else can be said.
        Optional<IdpToken> jwt = cut.isPresent() && decoded.isEmpty() ? Optional.empty() : parsed(token, wrong);
        // As they stand in the token: what reads the JWT makes whole seconds of them, and overflows.
        List<Problem> impossible =
                decoded.map(known -> TimeClaims.impossible(known.claims())).orElse(List.of());
        wrong.addAll(impossible);
        jwt.ifPresent(parsed -> look(parsed, wrong, doubtful));
        if (impossible.isEmpty()) {
            jwt.ifPresent(parsed -> lookAtTimes(parsed, now, wrong, doubtful));
        }
        Explanation explanation = new Explanation(decoded, jwt, wrong, doubtful);
        jwt.flatMap(parsed -> PolicyText.impossible(parsed, explanation.facts()))
                .ifPresent(wrong::add);
        return explanation;
    }

    boolean fits() {
        return wrong.isEmpty();
    }

    Optional<TokenFacts> facts() {
        return decoded.map(token -> TokenFacts.of(token.headerText("typ"), token.claims()));
    }

    private static Optional<IdpToken> parsed(String token, List<Problem> wrong) {
        try {
            return Optional.of(IdpToken.parse(token));
        } catch (IdpTokenException e) {
            wrong.add(e.problem());
            return Optional.empty();
        }
    }

    private static void look(IdpToken jwt, List<Problem> wrong, List<Problem> doubtful) {
        if (TokenFacts.of(jwt).isForAzureDatabricks()) {
            wrong.add(Problem.of(
                    ErrorCode.IDP_TOKEN_FOR_DATABRICKS,
                    "aud is Azure Databricks itself, so there is nothing to exchange"));
        }
        if (!AlgorithmCheck.ACCEPTED.contains(jwt.algorithm())) {
            wrong.add(Problem.of(
                    ErrorCode.IDP_TOKEN_ALGORITHM,
                    "it is signed with " + jwt.algorithm() + "; Databricks takes RS256 and ES256"));
        }
        if (jwt.claims().get("cnf") != null) {
            wrong.add(Problem.of(ErrorCode.IDP_TOKEN_NOT_BEARER, "it is bound to a key (it has cnf, RFC 7800)"));
        }
        SettingCheck.issuer(jwt.issuer()).ifPresent(doubtful::add);
        if (jwt.audiences().equals(List.of(OF_EVERY_CLIENT))) {
            doubtful.add(Problem.of(
                            ErrorCode.AUDIENCE_MISMATCH,
                            "aud is '" + OF_EVERY_CLIENT + "', which Keycloak gives every client of the realm")
                    .fix("Add an audience mapper to the client, with an audience of this workspace's own; a policy for"
                            + " '" + OF_EVERY_CLIENT + "' takes tokens that are meant for something else."));
        }
    }

    private static void lookAtTimes(IdpToken jwt, Instant now, List<Problem> wrong, List<Problem> doubtful) {
        for (Problem problem : LifeCheck.of(jwt, now, Duration.ZERO)) {
            (problem.code().equals(ErrorCode.TOKEN_LIFE_TOO_SHORT.name()) ? doubtful : wrong).add(problem);
        }
    }
}
