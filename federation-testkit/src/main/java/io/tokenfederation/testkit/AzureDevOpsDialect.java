// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The token service of Azure Pipelines: POST, one audience, and a subject that depends on the service connection. */
final class AzureDevOpsDialect implements RuntimeDialect {
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final String AUDIENCE = "api://AzureADTokenExchange";
    private static final String SUBJECT = "p://acme/data/etl";
    private static final String ORGANIZATION = "/0a4f9c1e-77b2-4f3d-9a60-1c5d8e2b7f34";
    private static final String PROJECT = "5b8d3a17-2c64-4e0f-8f19-6d7e9a0b1c23";
    private static final String PATH =
            "/acme/" + PROJECT + "/_apis/distributedtask/hubs/build/plans/1f6e0a3c/jobs/9b2d7c40/oidctoken";

    private final URI base;
    private final WorkloadTokens tokens;

    AzureDevOpsDialect(URI base, Tenant tenant) {
        this.base = base;
        this.tokens = new WorkloadTokens(tenant);
    }

    @Override
    public String issuer() {
        return base + ORGANIZATION;
    }

    @Override
    public URI tokenEndpoint() {
        return base.resolve(PATH);
    }

    @Override
    public List<String> tokenPaths() {
        return List.of(PATH);
    }

    @Override
    public List<String> discoveryPaths() {
        return List.of(ORGANIZATION + "/.well-known/openid-configuration");
    }

    @Override
    public List<String> jwksPaths() {
        return List.of("/.well-known/jwks");
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
                "SYSTEM_OIDCREQUESTURI",
                tokenEndpoint().toString(),
                "SYSTEM_ACCESSTOKEN",
                tokens.requestToken(),
                "SYSTEM_TEAMFOUNDATIONCOLLECTIONURI",
                base + "/acme/",
                "SYSTEM_TEAMPROJECTID",
                PROJECT,
                "SYSTEM_HOSTTYPE",
                "build",
                "SYSTEM_PLANID",
                "1f6e0a3c",
                "SYSTEM_JOBID",
                "9b2d7c40");
    }

    @Override
    public Reply discovery(HttpCall call) {
        return WorkloadTokens.discovery(issuer(), base + "/.well-known/jwks");
    }

    @Override
    public Reply token(HttpCall call) {
        if (!call.bearer().equals(Optional.of(tokens.requestToken()))) {
            throw WorkloadTokens.refusal(401, "The access token is not valid");
        }
        if (!call.parameter("api-version").orElse("").matches("7\\.\\d-preview\\.1")) {
            throw WorkloadTokens.refusal(400, "The request must name an api-version under preview, as 7.1-preview.1");
        }
        String subject = call.parameter("serviceConnectionId")
                .map(this::ofServiceConnection)
                .orElseGet(() -> subjectOf(""));
        return Reply.json(200, Map.of("oidcToken", tokens.issue(issuer(), subject, AUDIENCE, LIFETIME, Map.of())));
    }

    /** Organization and project stay those of the pipeline. */
    private String ofServiceConnection(String id) {
        String name = tokens.rules()
                .serviceConnection(id)
                .orElseThrow(() -> WorkloadTokens.refusal(404, "The service connection does not exist"));
        String pipeline = subjectOf("").startsWith("p://") ? subjectOf("") : SUBJECT;
        return "sc" + pipeline.substring(1, pipeline.lastIndexOf('/') + 1) + name;
    }
}
