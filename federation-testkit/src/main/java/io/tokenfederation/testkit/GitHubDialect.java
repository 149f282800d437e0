// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The token service of GitHub Actions: an address with a query of its own, any audience, tokens of five minutes. */
final class GitHubDialect implements RuntimeDialect {
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final String SUBJECT = "repo:acme/etl:ref:refs/heads/main";
    private static final String PATH = "/_apis/distributedtask/hubs/Actions/plans/1f6e0a3c/jobs/9b2d7c40/idtoken";
    private static final String JWKS_PATH = "/.well-known/jwks";

    private final URI base;
    private final WorkloadTokens tokens;

    GitHubDialect(URI base, Tenant tenant) {
        this.base = base;
        this.tokens = new WorkloadTokens(tenant);
    }

    @Override
    public String issuer() {
        return base.toString();
    }

    @Override
    public URI tokenEndpoint() {
        return base.resolve(PATH + "?api-version=2.0");
    }

    @Override
    public String tokenMethod() {
        return "GET";
    }

    @Override
    public List<String> tokenPaths() {
        return List.of(PATH);
    }

    @Override
    public List<String> discoveryPaths() {
        return List.of("/.well-known/openid-configuration");
    }

    @Override
    public List<String> jwksPaths() {
        return List.of(JWKS_PATH);
    }

    @Override
    public Duration defaultLifetime() {
        return LIFETIME;
    }

    @Override
    public WorkloadTokens tokens() {
        return tokens;
    }

    @Override
    public String ownSubject() {
        return SUBJECT;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of(
                "ACTIONS_ID_TOKEN_REQUEST_URL",
                tokenEndpoint().toString(),
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                tokens.requestToken());
    }

    @Override
    public Reply discovery(HttpCall call) {
        return WorkloadTokens.discovery(issuer(), base + JWKS_PATH);
    }

    @Override
    public Reply token(HttpCall call) {
        if (!call.bearer().equals(Optional.of(tokens.requestToken()))) {
            throw WorkloadTokens.refusal(401, "Bad credentials");
        }
        if (call.parameter("api-version").isEmpty()) {
            throw WorkloadTokens.refusal(400, "No api-version was supplied for the request");
        }
        String subject = subjectOf("");
        String repository = subject.startsWith("repo:") ? subject.split(":", 3)[1] : "acme/etl";
        String owner = repository.split("/", 2)[0];
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("repository", repository);
        claims.put("repository_owner", owner);
        claims.put("ref", "refs/heads/main");
        claims.put("event_name", "push");
        claims.put("runner_environment", "github-hosted");
        String audience = call.parameter("audience").orElse("https://github.com/" + owner);
        String jwt = tokens.issue(issuer(), subject, audience, LIFETIME, claims);
        return Reply.json(200, Map.of("count", jwt.length(), "value", jwt));
    }
}
