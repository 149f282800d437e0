// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.IdpToken;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.PolicyOwner;
import java.util.Optional;

/** The policy a JWT needs, as it is pasted. */
final class PolicyText {
    private static final String OF_A_PERSON = """
            Which policy it needs: one of the account (account-wide federation), as the token is a person's
              The subject claim must hold the person's Databricks user name. Never send a person's token to
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
        boolean person = facts.filter(known -> known.holder() == TokenFacts.Holder.PERSON)
                .isPresent();
        try {
            FederationPolicy policy = person ? ofPerson(jwt) : FederationPolicy.matching(jwt);
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
            return "Which policy it needs: none can match it, as " + e.getMessage() + "\n";
        }
    }

    private static FederationPolicy ofPerson(IdpToken jwt) {
        // User names are e-mail addresses, where the token has one.
        String claim = jwt.claims().get("email") instanceof String ? "email" : "sub";
        return FederationPolicy.matching(jwt, claim).forAccount();
    }
}
