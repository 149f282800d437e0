// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.nimbusds.jose.JWSHeader;
import io.tokenfederation.testkit.PresentedAssertion.Flaw;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** How Entra ID refuses a client it does not believe, and what it wants of a certificate's assertion. */
final class EntraClients implements ClientAuthentication.Words {
    /** Those on record; the others are refused by a bad signature, as the nearest there is. */
    private static final Map<Flaw, Integer> CODES = Map.of(
            Flaw.ISSUER_OR_SUBJECT, 700021,
            Flaw.AUDIENCE, 700023,
            Flaw.EXPIRED, 700024,
            Flaw.TOO_LONG, 700024,
            Flaw.NOT_YET_VALID, 700024,
            Flaw.NO_EXPIRY, 700024,
            Flaw.NO_ID, 50027,
            Flaw.REPLAYED, 50027);

    private final EntraRules rules;
    private final EntraReplies replies;

    EntraClients(EntraRules rules, EntraReplies replies) {
        this.rules = rules;
        this.replies = replies;
    }

    @Override
    public Refusal several() {
        return replies.refusal(9002313);
    }

    @Override
    public Refusal noCredential() {
        return replies.refusal(7000218);
    }

    @Override
    public Refusal unknownClient(String clientId) {
        return replies.refusal(
                700016,
                "Application with identifier '" + clientId + "' was not found in the directory '" + rules.tenantId()
                        + "'. This can happen if the application has not been installed by the administrator of the"
                        + " tenant or consented to by any user in the tenant. You may have sent your authentication"
                        + " request to the wrong tenant.");
    }

    @Override
    public Refusal noM2mClient() {
        return replies.refusal(7000218);
    }

    @Override
    public Refusal wrongSecret(String clientId) {
        return replies.refusal(
                7000215,
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value,"
                        + " not the client secret ID, for a secret added to app '" + clientId + "'.");
    }

    @Override
    public Refusal noAssertion() {
        return replies.refusal(50027);
    }

    @Override
    public Refusal badAssertion(Flaw flaw, PresentedAssertion assertion) {
        if (flaw == Flaw.KEY) {
            return replies.refusal(
                    700027,
                    "The certificate with identifier used to sign the client assertion is not registered on"
                            + " application. [Reason - The key was not found., Thumbprint of key used by client: '"
                            + assertion.jwt().getHeader().getX509CertSHA256Thumbprint() + "'].");
        }
        return replies.refusal(CODES.getOrDefault(flaw, 700027));
    }

    /** An application may have secrets and certificates at the same time. */
    @Override
    public boolean accepts(ClientAuthentication.Method method, Tenant.Client client) {
        return true;
    }

    @Override
    public PresentedAssertion.Rules assertionRules(HttpCall call) {
        return new PresentedAssertion.Rules(
                Set.of("PS256", "RS256"),
                Set.of(call.origin() + call.path()),
                Duration.ofMinutes(10),
                Duration.ZERO,
                EntraClients::isNamed);
    }

    /** By the certificate's thumbprint, or by the id of a key that came without certificate. */
    private static boolean isNamed(ClientKey key, JWSHeader header) {
        return key.thumbprint()
                .map(thumbprint -> thumbprint.equals(header.getX509CertSHA256Thumbprint()))
                .orElseGet(() -> header.getKeyID() != null
                        && header.getKeyID().equals(key.jwk().getKeyID()));
    }
}
