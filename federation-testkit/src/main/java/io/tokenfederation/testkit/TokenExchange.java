// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import io.tokenfederation.policy.Difference;
import io.tokenfederation.policy.FederationPolicy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The token endpoint: RFC 8693 as Databricks speaks it, every check for real. */
final class TokenExchange {
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String JWT = "urn:ietf:params:oauth:token-type:jwt";

    private final Account account;
    private final IssuedTokens tokens;
    private final Refusals refusals;
    private final Clock clock;
    private final String issuer;
    private final IssuerKeys keys = new IssuerKeys();
    private final Map<String, LongAdder> exchanges = new ConcurrentHashMap<>();

    TokenExchange(URI base, Account account, IssuedTokens tokens, Refusals refusals, Clock clock) {
        this.issuer = base + "/oidc";
        this.account = account;
        this.tokens = tokens;
        this.refusals = refusals;
        this.clock = clock;
    }

    Reply answer(HttpCall call) {
        Map<String, String> form = Optional.of(call)
                .filter(HttpCall::hasForm)
                .flatMap(HttpCall::form)
                .orElseThrow(() -> DatabricksReplies.invalidRequest("the body is not a form"));
        String scope = checked(form);
        SubjectToken token =
                SubjectToken.read(form.getOrDefault("subject_token", "")).orElseThrow(DatabricksReplies::tokenInvalid);
        String clientId = form.getOrDefault("client_id", "");
        List<FederationPolicy> matching = clientId.isEmpty() ? ofAccount(token) : ofServicePrincipal(token, clientId);
        Instant now = clock.instant();
        if (!token.isValidAt(now)) {
            throw DatabricksReplies.tokenInvalid();
        }
        // Two policies may differ in their keys alone, as while pinned keys are being replaced.
        FederationPolicy policy = matching.stream()
                .filter(one -> token.isSignedFor(one, keys))
                .findFirst()
                .orElseThrow(DatabricksReplies::tokenInvalid);
        String userName = clientId.isEmpty() ? token.shown(policy.subjectClaim()) : clientId;
        if (account.principal(userName).isEmpty()) {
            throw DatabricksReplies.tokenInvalid();
        }
        return issued(userName, token.expiresAt().orElse(now), scope, now);
    }

    long exchanges() {
        return exchanges.values().stream().mapToLong(LongAdder::sum).sum();
    }

    long exchanges(String userName) {
        LongAdder count = exchanges.get(userName);
        return count == null ? 0 : count.sum();
    }

    /** Checks what does not depend on the token; returns the scope. */
    private static String checked(Map<String, String> form) {
        if (form.containsKey("client_assertion")) {
            throw DatabricksReplies.clientAssertion();
        }
        if (!EXCHANGE.equals(form.get("grant_type"))) {
            throw DatabricksReplies.unsupportedGrantType();
        }
        if (!JWT.equals(form.get("subject_token_type"))) {
            throw DatabricksReplies.invalidRequest("subject_token_type must be " + JWT);
        }
        String scope = form.getOrDefault("scope", "");
        if (scope.isBlank()) {
            throw DatabricksReplies.invalidRequest("scope is missing");
        }
        return scope;
    }

    private List<FederationPolicy> ofAccount(SubjectToken token) {
        return matching(token, account.accountPolicies());
    }

    private List<FederationPolicy> ofServicePrincipal(SubjectToken token, String clientId) {
        List<FederationPolicy> policies = account.policiesOf(clientId);
        List<FederationPolicy> matching = matching(token, policies);
        if (matching.isEmpty()) {
            throw mismatch(token, policies);
        }
        return matching;
    }

    private List<FederationPolicy> matching(SubjectToken token, List<FederationPolicy> policies) {
        return policies.stream()
                .filter(policy -> differences(token, policy).isEmpty())
                .toList();
    }

    private Refusal mismatch(SubjectToken token, List<FederationPolicy> policies) {
        Optional<FederationPolicy> nearest = nearest(token, policies);
        if (nearest.isPresent() && differences(token, nearest.get()).equals(List.of("aud"))) {
            return DatabricksReplies.audienceInvalid(token.shown("aud"), nearest.get(), accepted(nearest.get()));
        }
        if (refusals == Refusals.NAME_THE_TOKEN && !policies.isEmpty()) {
            return DatabricksReplies.tokenInvalid(token.shown("iss"), token.shown("sub"), token.shown("aud"));
        }
        return nearest.map(policy -> DatabricksReplies.tokenInvalid(
                        policy.issuer(), policy.subject().orElse(""), accepted(policy)))
                .orElseGet(DatabricksReplies::tokenInvalid);
    }

    /** The policy with the fewest differences; empty if several have as few. */
    private Optional<FederationPolicy> nearest(SubjectToken token, List<FederationPolicy> policies) {
        int fewest = policies.stream()
                .mapToInt(policy -> differences(token, policy).size())
                .min()
                .orElse(0);
        List<FederationPolicy> near = policies.stream()
                .filter(policy -> differences(token, policy).size() == fewest)
                .toList();
        return near.size() == 1 ? Optional.of(near.get(0)) : Optional.empty();
    }

    private List<String> differences(SubjectToken token, FederationPolicy policy) {
        return policy.compare(token.claims(), account.id()).stream()
                .map(Difference::claim)
                .toList();
    }

    private String accepted(FederationPolicy policy) {
        return policy.audiences().isEmpty() ? account.id() : String.join(", ", policy.audiences());
    }

    /** Without {@code issued_token_type}: RFC 8693 requires it, the documented reply lacks it. */
    private Reply issued(String userName, Instant expiresAt, String scope, Instant now) {
        String token = tokens.issue(issuer, new IssuedTokens.Issued(userName, expiresAt), scope, now);
        exchanges.computeIfAbsent(userName, name -> new LongAdder()).increment();
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("access_token", token);
        reply.put("scope", scope);
        reply.put("token_type", "Bearer");
        reply.put("expires_in", Duration.between(now, expiresAt).toSeconds());
        return Reply.json(200, reply).header("Cache-Control", "no-store");
    }
}
