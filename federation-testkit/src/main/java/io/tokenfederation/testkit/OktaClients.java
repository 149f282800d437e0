// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import io.tokenfederation.testkit.PresentedAssertion.Flaw;
import java.time.Duration;
import java.util.Set;

/** How Okta refuses a client it does not believe, and what it wants of an assertion. */
final class OktaClients implements ClientAuthentication.Words {
    private static final Set<String> ALGORITHMS = Set.of("RS256", "RS384", "RS512", "ES256", "ES384", "ES512");

    @Override
    public Refusal several() {
        return OktaReplies.severalCredentials();
    }

    @Override
    public Refusal noCredential() {
        return OktaReplies.noCredentials();
    }

    @Override
    public Refusal unknownClient(String clientId) {
        return OktaReplies.unknownClient();
    }

    @Override
    public Refusal noM2mClient() {
        return OktaReplies.grantTypeNotAllowed();
    }

    @Override
    public Refusal wrongSecret(String clientId) {
        return OktaReplies.wrongSecret();
    }

    @Override
    public Refusal noAssertion() {
        return OktaReplies.noAssertion();
    }

    @Override
    public Refusal badAssertion(Flaw flaw, PresentedAssertion assertion) {
        return OktaReplies.badAssertion(flaw);
    }

    /** An hour at most, for the very address the request came to. */
    @Override
    public PresentedAssertion.Rules assertionRules(HttpCall call) {
        return new PresentedAssertion.Rules(
                ALGORITHMS,
                Set.of(call.origin() + call.path()),
                Duration.ofHours(1),
                Duration.ZERO,
                PresentedAssertion::sameKeyId);
    }
}
