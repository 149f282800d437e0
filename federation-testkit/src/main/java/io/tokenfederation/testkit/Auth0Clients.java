// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import io.tokenfederation.testkit.PresentedAssertion.Flaw;
import java.time.Duration;
import java.util.Set;

/** How Auth0 refuses a client it does not believe: in one and the same way, whatever is wrong. */
final class Auth0Clients implements ClientAuthentication.Words {
    private final Auth0Rules rules;

    Auth0Clients(Auth0Rules rules) {
        this.rules = rules;
    }

    @Override
    public Refusal several() {
        return Auth0Replies.invalidRequest("the client authenticates in two ways at once");
    }

    @Override
    public Refusal noCredential() {
        return Auth0Replies.unauthorized();
    }

    @Override
    public Refusal unknownClient(String clientId) {
        return Auth0Replies.unauthorized();
    }

    @Override
    public Refusal noM2mClient() {
        return Auth0Replies.grantTypeNotAllowed("client_credentials");
    }

    @Override
    public Refusal wrongSecret(String clientId) {
        return Auth0Replies.unauthorized();
    }

    @Override
    public Refusal noAssertion() {
        return Auth0Replies.invalidRequest("Invalid client assertion");
    }

    @Override
    public Refusal badAssertion(Flaw flaw, PresentedAssertion assertion) {
        return Auth0Replies.badAssertion(flaw);
    }

    /** At most five minutes, ten seconds of patience with clocks, for the issuer with its slash. */
    @Override
    public PresentedAssertion.Rules assertionRules(HttpCall call) {
        return new PresentedAssertion.Rules(
                Set.of("RS256", "RS384", "PS256"),
                rules.issuers(),
                Duration.ofMinutes(5),
                Duration.ofSeconds(10),
                PresentedAssertion::sameKeyId);
    }
}
