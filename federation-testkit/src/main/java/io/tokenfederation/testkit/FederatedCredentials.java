// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import io.tokenfederation.policy.FederationPolicy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The JWTs of other issuers that Entra ID takes in place of a secret: issuer, subject and audience, letter by letter. */
final class FederatedCredentials {
    private static final String HINT = ". Please check your federated identity credential Subject, Audience and Issuer"
            + " against the presented assertion."
            + " https://learn.microsoft.com/entra/workload-id/workload-identity-federation";

    private final EntraReplies replies;
    private final Tenant tenant;
    private final IssuerKeys keys = new IssuerKeys();
    private final Map<String, List<FederationPolicy>> credentials = new ConcurrentHashMap<>();

    FederatedCredentials(EntraReplies replies, Tenant tenant) {
        this.replies = replies;
        this.tenant = tenant;
    }

    void add(String clientId, FederationPolicy credential) {
        credentials
                .computeIfAbsent(clientId, id -> new CopyOnWriteArrayList<>())
                .add(credential);
    }

    /** Refuses an assertion that is no proof of this client. */
    void verify(String clientId, PresentedAssertion assertion) {
        List<FederationPolicy> mine = credentials.getOrDefault(clientId, List.of());
        if (mine.isEmpty()) {
            throw replies.refusal(
                    70021,
                    "No matching federated identity record found for presented assertion. Assertion Issuer: '"
                            + assertion.issuer() + "'. Assertion Subject: '" + assertion.subject()
                            + "'. Assertion Audience: '" + shownAudience(assertion) + "'" + HINT);
        }
        List<FederationPolicy> ofIssuer = mine.stream()
                .filter(one -> one.issuer().equals(assertion.issuer()))
                .toList();
        List<FederationPolicy> ofSubject = ofIssuer.stream()
                .filter(one -> one.subject().orElse("").equals(assertion.subject()))
                .toList();
        FederationPolicy credential = ofSubject.stream()
                .filter(one -> assertion.audiences().stream().anyMatch(one.audiences()::contains))
                .findFirst()
                .orElseThrow(() -> ofIssuer.isEmpty()
                        ? noMatch(700211, "issuer", assertion.issuer())
                        : ofSubject.isEmpty()
                                ? noMatch(700213, "subject", assertion.subject())
                                : noMatch(700212, "audience", shownAudience(assertion)));
        verify(assertion, credential);
    }

    private void verify(PresentedAssertion assertion, FederationPolicy credential) {
        SubjectToken token = SubjectToken.read(assertion.jwt().getParsedString())
                .filter(jwt ->
                        assertion.jwt().getHeader().getAlgorithm().getName().equals("RS256"))
                .orElseThrow(() -> replies.refusal(50012, "The external assertion is not signed with RS256."));
        if (!token.isValidAt(tenant.now())) {
            throw replies.refusal(700024);
        }
        if (!token.isSignedFor(credential, keys)) {
            throw replies.refusal(50012, "Client assertion contains an invalid signature.");
        }
    }

    private Refusal noMatch(int code, String what, String presented) {
        return replies.refusal(
                code,
                "No matching federated identity record found for presented assertion " + what + " '" + presented + "'"
                        + HINT);
    }

    private static String shownAudience(PresentedAssertion assertion) {
        return String.join(", ", assertion.audiences());
    }
}
