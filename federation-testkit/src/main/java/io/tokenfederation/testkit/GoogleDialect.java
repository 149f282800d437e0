// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The metadata server of a Google virtual machine: a header instead of a credential, a bare JWT for an answer. */
final class GoogleDialect implements RuntimeDialect {
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final String SUBJECT = "100000000000000000001";
    private static final String EMAIL = "etl@acme.iam.gserviceaccount.com";
    private static final String PATH = "/computeMetadata/v1/instance/service-accounts/";
    private static final String JWKS_PATH = "/oauth2/v3/certs";

    private final URI base;
    private final WorkloadTokens tokens;

    GoogleDialect(URI base, Tenant tenant) {
        this.base = base;
        this.tokens = new WorkloadTokens(tenant);
    }

    @Override
    public String issuer() {
        return base.toString();
    }

    @Override
    public URI tokenEndpoint() {
        return base.resolve(PATH + "default/identity");
    }

    @Override
    public String tokenMethod() {
        return "GET";
    }

    @Override
    public List<String> tokenPaths() {
        return List.of(PATH + "default/identity", PATH + EMAIL + "/identity");
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
        return Map.of("GCE_METADATA_HOST", base.getAuthority());
    }

    @Override
    public Reply discovery(HttpCall call) {
        return WorkloadTokens.discovery(issuer(), base + JWKS_PATH);
    }

    @Override
    public Reply token(HttpCall call) {
        // A request that a proxy passed on may come from outside the machine.
        if (!call.header("Metadata-Flavor").orElse("").equals("Google")
                || call.header("X-Forwarded-For").isPresent()) {
            throw new Refusal(Reply.text(403, "text/html", "<html><title>Error 403 (Forbidden)!!1</title></html>"));
        }
        String audience = call.parameter("audience")
                .orElseThrow(() -> new Refusal(Reply.text(400, "text/html", "non-empty audience parameter required")));
        String subject = subjectOf("");
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("azp", subject);
        if (call.parameter("format").orElse("standard").equals("full")) {
            claims.put("email", EMAIL);
            claims.put("email_verified", true);
            claims.put(
                    "google",
                    Map.of(
                            "compute_engine",
                            Map.of("project_id", "acme", "zone", "europe-west1-b", "instance_id", "7")));
        }
        String jwt = tokens.issue(issuer(), subject, audience, LIFETIME, claims);
        return Reply.text(200, "text/html", jwt).header("Metadata-Flavor", "Google");
    }
}
