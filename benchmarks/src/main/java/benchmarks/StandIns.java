// SPDX-License-Identifier: Apache-2.0
package benchmarks;

import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.SigningAlgorithm;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The identity provider and the workspace, over HTTP on this machine, for those who make the exchange. They sign and
 * verify every JWT, and share the processors with what is measured.
 */
final class StandIns implements Upstream {
    static final String AUDIENCE = "https://workspace.example.com";
    static final String CLIENT = "backend";
    static final String SECRET = "not-a-secret-on-loopback";

    private final LoopbackIdp idp = LoopbackIdp.auth0().start();
    private final LoopbackDatabricks databricks = LoopbackDatabricks.builder().start();
    private final List<ServicePrincipal> principals;

    StandIns(Conditions conditions) {
        idp.api(AUDIENCE, SigningAlgorithm.RS256, conditions.life())
                .m2mClient(CLIENT, SECRET)
                .grant(CLIENT, AUDIENCE);
        FederationPolicy policy = FederationPolicy.builder()
                .issuer(idp.issuer())
                .audience(AUDIENCE)
                .subject(CLIENT + "@clients")
                .build();
        principals = IntStream.range(0, Contender.IDENTITIES)
                .mapToObj(i -> databricks.servicePrincipal("role-" + i))
                .toList();
        principals.forEach(principal -> databricks.policy(principal, policy));
        if (!conditions.delay().isZero()) {
            idp.failAlways(Fault.delay(conditions.delay()));
            databricks.tokenEndpoint().failAlways(Fault.delay(conditions.delay()));
        }
    }

    ServicePrincipal principal(int identity) {
        return principals.get(identity);
    }

    String workspace() {
        return databricks.workspaceUrl().toString();
    }

    URI idpEndpoint() {
        return idp.tokenEndpoint();
    }

    URI exchangeEndpoint() {
        return databricks.workspaceUrl().resolve("/oidc/v1/token");
    }

    /** What is posted to the identity provider. */
    static Map<String, String> clientCredentials() {
        return Map.of(
                "grant_type", "client_credentials",
                "client_id", CLIENT,
                "client_secret", SECRET,
                "audience", AUDIENCE);
    }

    /** What is posted to the workspace. */
    Map<String, String> exchangeOf(String jwt, int identity) {
        return Map.of(
                "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token", jwt,
                "subject_token_type", "urn:ietf:params:oauth:token-type:jwt",
                "scope", "all-apis",
                "client_id", principal(identity).toString());
    }

    static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Override
    public Calls calls() {
        return new Calls(idp.tokenRequests(), databricks.exchangeRequests());
    }

    @Override
    public void fail() {
        idp.failAlways(Fault.status(503));
        databricks.tokenEndpoint().failAlways(Fault.status(503));
    }

    @Override
    public void close() {
        idp.close();
        databricks.close();
    }
}
