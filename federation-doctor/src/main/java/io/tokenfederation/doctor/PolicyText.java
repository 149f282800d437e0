// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.IdpToken;
import io.tokenfederation.Problem;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.internal.SafeText;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.PolicyOwner;
import java.util.Optional;

/** The policy a JWT needs, as it is pasted. */
final class PolicyText {
    private static final String OF_A_PERSON = """
            Which policy it needs: one of the account (account-wide federation), as the token is a person's
              The subject claim must hold the person's Databricks user name, and users must not be able to set that
              claim themselves, nor have it unverified: who sets another's name there is that other to Databricks. Never send a person's token to
              Databricks where roles decide: there the application's own JWT is exchanged.
            """;

    private PolicyText() {}

    /** The command that creates the policy this JWT matches; empty where no policy can. */
    static String forPasting(IdpToken jwt, ResolvedRole role) {
        try {
            return FederationPolicy.matching(jwt).toCli(PolicyOwner.of(role.servicePrincipal()));
        } catch (IllegalArgumentException e) {
            // An issuer that no policy can name: the check of iss says so.
            return "";
        }
    }

    /** All that explain says of policies. */
    static String explained(IdpToken jwt, Optional<TokenFacts> facts, Optional<ServicePrincipal> principal) {
        boolean person = isPersons(facts);
        try {
            FederationPolicy policy = needed(jwt, person);
            String whose =
                    person ? OF_A_PERSON : "Which policy it needs, on each service principal it is exchanged for\n";
            String rest = policy.toJson().indent(2);
            return whose
                    + rest
                    + principal
                            .filter(known -> !person)
                            .map(known -> "\nAs a command\n"
                                    + policy.toCli(PolicyOwner.of(known)).indent(2) + "\nIn Terraform\n"
                                    + policy.toTerraform(PolicyOwner.of(known), "backend")
                                            .indent(2))
                            .orElse("");
        } catch (IllegalArgumentException e) {
            return "Which policy it needs: none can match it, as " + SafeText.of(String.valueOf(e.getMessage())) + "\n";
        }
    }

    /** {@return what is wrong if no policy can match this JWT} */
    static Optional<Problem> impossible(IdpToken jwt, Optional<TokenFacts> facts) {
        try {
            needed(jwt, isPersons(facts));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(Problem.of(
                    "POLICY_INVALID",
                    "no federation policy can match it, as " + SafeText.of(String.valueOf(e.getMessage())),
                    "Have the identity provider issue JWTs that a policy can name: iss is an https URL with a host name"
                            + " that is one, and aud and the subject are texts."));
        }
    }

    private static boolean isPersons(Optional<TokenFacts> facts) {
        return facts.filter(known -> known.holder() == TokenFacts.Holder.PERSON).isPresent();
    }

    private static FederationPolicy needed(IdpToken jwt, boolean person) {
        return person ? ofPerson(jwt) : FederationPolicy.matching(jwt);
    }

    private static FederationPolicy ofPerson(IdpToken jwt) {
        // User names are e-mail addresses; but one that nobody verified is whatever its user wrote.
        boolean verified = Boolean.TRUE.equals(jwt.claims().get("email_verified"));
        String claim = verified && jwt.claims().get("email") instanceof String ? "email" : "sub";
        return FederationPolicy.matching(jwt, claim).forAccount();
    }
}
