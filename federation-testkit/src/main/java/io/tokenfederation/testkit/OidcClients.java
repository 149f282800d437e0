// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import io.tokenfederation.testkit.PresentedAssertion.Flaw;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;

/** How the plain provider refuses a client it does not believe: without a hint what is wrong. */
final class OidcClients implements ClientAuthentication.Words {
    static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    private final Set<String> audiences;
    private final Predicate<ClientAuthentication.Method> taken;

    /** Takes assertions for the issuer or the token endpoint, as RFC 7523 §3 allows, and every kind of proof. */
    OidcClients(String issuer, URI tokenEndpoint) {
        this(Set.of(issuer, tokenEndpoint.toString()), method -> true);
    }

    /** Takes assertions for these audiences, and these kinds of proof. */
    OidcClients(Set<String> audiences, Predicate<ClientAuthentication.Method> taken) {
        this.audiences = audiences;
        this.taken = taken;
    }

    @Override
    public boolean accepts(ClientAuthentication.Method method, Tenant.Client client) {
        return taken.test(method) && ClientAuthentication.Words.super.accepts(method, client);
    }

    @Override
    public Refusal several() {
        return OidcReplies.invalidRequest("More than one way of client authentication");
    }

    @Override
    public Refusal noCredential() {
        return OidcReplies.invalidClient();
    }

    @Override
    public Refusal unknownClient(String clientId) {
        return OidcReplies.invalidClient();
    }

    @Override
    public Refusal noM2mClient() {
        return OidcReplies.unauthorizedClient();
    }

    @Override
    public Refusal wrongSecret(String clientId) {
        return OidcReplies.invalidClient();
    }

    @Override
    public Refusal noAssertion() {
        return OidcReplies.invalidClient();
    }

    @Override
    public Refusal badAssertion(Flaw flaw, PresentedAssertion assertion) {
        return OidcReplies.invalidClient();
    }

    @Override
    public PresentedAssertion.Rules assertionRules(HttpCall call) {
        return new PresentedAssertion.Rules(
                ALGORITHMS, audiences, Duration.ofMinutes(5), Duration.ofSeconds(10), PresentedAssertion::sameKeyId);
    }
}
