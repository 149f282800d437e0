// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import io.tokenfederation.policy.FederationPolicy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The JWTs that an MCP authorization server takes for a grant (RFC 7523 §2.1): those of platforms that workloads run on,
 * and ID-JAGs of identity providers. Each is verified with the keys its issuer publishes.
 */
final class McpAssertions {
    static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private record Workload(String clientId, FederationPolicy identity) {}

    private final String issuer;
    private final Set<String> audiences;
    private final Tenant tenant;
    private final ClientAuthentication clients;
    private final IssuerKeys keys = new IssuerKeys();
    private final List<Workload> workloads = new CopyOnWriteArrayList<>();
    private final Set<String> identityProviders = ConcurrentHashMap.newKeySet();

    /** For these audiences, one of which a workload's JWT must have; an ID-JAG must be for the issuer alone. */
    McpAssertions(String issuer, Set<String> audiences, Tenant tenant, ClientAuthentication clients) {
        this.issuer = issuer;
        this.audiences = audiences;
        this.tenant = tenant;
        this.clients = clients;
    }

    void trustWorkload(String clientId, String platform, String subject) {
        workloads.add(new Workload(clientId, policy(platform, subject)));
    }

    void trustIdentityProvider(String provider) {
        identityProviders.add(provider);
    }

    McpGrantee grantee(TokenRequest request) {
        String text = request.required("assertion");
        PresentedAssertion assertion =
                PresentedAssertion.parse(text).orElseThrow(() -> OidcReplies.invalidGrant("The assertion is no JWT"));
        SubjectToken token = SubjectToken.read(text)
                .orElseThrow(() -> OidcReplies.invalidGrant("The assertion is not signed with RS256 or ES256"));
        boolean idJag = IdJagGrant.JWT_TYPE.equals(
                Objects.toString(assertion.jwt().getHeader().getType(), ""));
        return idJag ? person(request, assertion, token) : workload(request, assertion, token);
    }

    private McpGrantee workload(TokenRequest request, PresentedAssertion assertion, SubjectToken token) {
        Workload known = workloads.stream()
                .filter(one -> one.identity().issuer().equals(assertion.issuer())
                        && one.identity().subject().orElse("").equals(assertion.subject()))
                .findFirst()
                .orElseThrow(
                        () -> OidcReplies.invalidGrant("No client is known by the assertion's issuer and subject"));
        if (assertion.audiences().stream().noneMatch(audiences::contains)) {
            throw OidcReplies.invalidGrant("The assertion's audience is neither the issuer nor the token endpoint");
        }
        requireGood(token, known.identity());
        if (request.get("client_id").filter(id -> !id.equals(known.clientId())).isPresent()) {
            throw OidcReplies.invalidGrant("The assertion is that of another client");
        }
        return McpGrantee.itself(known.clientId());
    }

    private McpGrantee person(TokenRequest request, PresentedAssertion assertion, SubjectToken token) {
        String clientId = clients.authenticate(request);
        if (!identityProviders.contains(assertion.issuer())) {
            throw OidcReplies.invalidGrant("The assertion's issuer is not trusted");
        }
        if (!assertion.audiences().equals(List.of(issuer))) {
            throw OidcReplies.invalidGrant("The assertion is not made out to this authorization server alone");
        }
        if (!token.shown("client_id").equals(clientId)) {
            throw OidcReplies.invalidGrant("The assertion is made out to another client");
        }
        requireGood(token, policy(assertion.issuer(), assertion.subject()));
        String id = token.shown("jti");
        if (id.isEmpty()
                || !tenant.firstUse(assertion.issuer(), id, token.expiresAt().orElseThrow())) {
            throw OidcReplies.invalidGrant("The assertion has no jti, or was used before");
        }
        Map<String, Object> claims = token.claims();
        return new McpGrantee(
                clientId,
                assertion.subject(),
                Optional.ofNullable(claims.get("resource")).map(String::valueOf),
                Optional.ofNullable(claims.get("scope"))
                        .map(scope -> Set.of(String.valueOf(scope).split(" ", -1))));
    }

    private void requireGood(SubjectToken token, FederationPolicy issuedBy) {
        if (!token.isValidAt(tenant.now())) {
            throw OidcReplies.invalidGrant("The assertion has expired, or is not valid yet");
        }
        if (!token.isSignedFor(issuedBy, keys)) {
            throw OidcReplies.invalidGrant("The assertion is not signed with a key of its issuer");
        }
    }

    private FederationPolicy policy(String of, String subject) {
        return FederationPolicy.builder()
                .issuer(of)
                .audience(issuer)
                .subject(subject)
                .build();
    }
}
