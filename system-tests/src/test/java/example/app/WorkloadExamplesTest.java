// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.workload.AzureDevOpsTokenSource;
import io.tokenfederation.workload.GitHubActionsTokenSource;
import io.tokenfederation.workload.GoogleMetadataTokenSource;
import io.tokenfederation.workload.TokenFileSource;
import io.tokenfederation.workload.TokenVariableSource;
import io.tokenfederation.workload.WorkloadTokenSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the runtimes' pages, as they stand there, against a runtime and a workspace on loopback. */
class WorkloadExamplesTest {
    private static final String WORKSPACE_AUDIENCE = "https://adb-1234567890123456.7.azuredatabricks.net";

    private final LoopbackIdp issuer = LoopbackIdp.auth0().start();
    private final LoopbackDatabricks loopback = LoopbackDatabricks.builder().start();
    private final String workspace = loopback.workspaceUrl().toString();
    private final ServicePrincipal principal = loopback.servicePrincipal("nightly");
    private final String applicationId = principal.toString();
    private HttpServer runtime;
    private volatile String answer = "";

    @BeforeEach
    void start() throws IOException {
        runtime = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        runtime.createContext("/", exchange -> {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Metadata-Flavor", "Google");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        runtime.start();
    }

    @AfterEach
    void stop() {
        runtime.stop(0);
        loopback.close();
        issuer.close();
    }

    @Test
    void gitHubJobGetsADatabricksToken() throws IOException {
        Map<String, String> environment = gitHubJob();
        IdpTokenSource idp = GitHubActionsTokenSource.builder()
                .audience("https://github.com/my-org") // what the policy lists
                .environment(environment) // System.getenv(), which is the default
                .build();
        DatabricksTokenExchanger databricks = DatabricksTokenExchanger.builder()
                .workspace(workspace)
                .idpTokenSource(idp)
                .build();
        DatabricksToken token = databricks.tokenFor(ServicePrincipal.of(applicationId));

        assertThat(token).isNotNull();
        System.out.println(idp.mint());
    }

    @Test
    void environmentDecides() throws IOException {
        Map<String, String> environment = gitHubJob();
        IdpTokenSource idp =
                WorkloadTokenSource.fromEnvironment(environment); // or fromEnvironment(), for System.getenv()

        assertThat(idp.mint().subject()).isEqualTo("repo:my-org/my-repo:environment:prod");
    }

    @Test
    void azurePipelinesJobGetsADatabricksToken() {
        Map<String, String> environment = azureJob("p://my-organization/my-project/my-pipeline");
        IdpTokenSource idp = AzureDevOpsTokenSource.builder()
                .environment(environment) // System.getenv(), which is the default
                .build();
        DatabricksTokenExchanger databricks = DatabricksTokenExchanger.builder()
                .workspace(workspace)
                .idpTokenSource(idp)
                .build();
        DatabricksToken token = databricks.tokenFor(ServicePrincipal.of(applicationId));

        assertThat(token).isNotNull();
    }

    @Test
    void serviceConnectionIsNamedByItsId() throws IOException {
        Map<String, String> environment = azureJob("sc://my-organization/my-project/my-connection");
        IdpTokenSource idp = AzureDevOpsTokenSource.builder()
                .serviceConnectionId("5b0cbd1c-9a64-4f5d-8f0e-6d1f0f6a2c11")
                .environment(environment)
                .build();

        assertThat(idp.mint().subject()).startsWith("sc://");
    }

    @Test
    void gitLabJobGetsADatabricksToken() {
        Map<String, String> environment = Map.of(
                "DATABRICKS_ID_TOKEN",
                issued("https://gitlab.example.com", "project_path:my-group/my-project:ref_type:branch:ref:main"));
        IdpTokenSource idp = TokenVariableSource.gitLab("DATABRICKS_ID_TOKEN")
                .audience("https://gitlab.example.com") // checked before it is sent; leave it out for no check
                .environment(environment); // System.getenv(), which is the default
        DatabricksTokenExchanger databricks = DatabricksTokenExchanger.builder()
                .workspace(workspace)
                .idpTokenSource(idp)
                .build();
        DatabricksToken token = databricks.tokenFor(ServicePrincipal.of(applicationId));

        assertThat(token).isNotNull();
    }

    @Test
    void circleCiJobGetsADatabricksToken() {
        Map<String, String> environment =
                Map.of("CIRCLE_OIDC_TOKEN_V2", issued("16c1ed3e", "org/16c1ed3e/project/7cc1d11b/user/3"));
        IdpTokenSource idp =
                TokenVariableSource.circleCi().environment(environment); // System.getenv(), which is the default
        DatabricksTokenExchanger databricks = DatabricksTokenExchanger.builder()
                .workspace(workspace)
                .idpTokenSource(idp)
                .build();
        DatabricksToken token = databricks.tokenFor(ServicePrincipal.of(applicationId));

        assertThat(token).isNotNull();
    }

    @Test
    void podGetsADatabricksToken(@TempDir Path directory) throws IOException {
        Path tokenFile = Files.writeString(
                directory.resolve("token"), issued(WORKSPACE_AUDIENCE, "system:serviceaccount:prod:backend"));
        IdpTokenSource idp = TokenFileSource.of(tokenFile) // Path.of("/var/run/secrets/databricks/token")
                .audience("https://adb-1234567890123456.7.azuredatabricks.net"); // checked before it is sent
        DatabricksTokenExchanger databricks = DatabricksTokenExchanger.builder()
                .workspace(workspace)
                .idpTokenSource(idp)
                .build();
        DatabricksToken token = databricks.tokenFor(ServicePrincipal.of(applicationId));

        assertThat(token).isNotNull();
    }

    @Test
    void machineInGoogleCloudGetsAToken() throws IOException {
        answer = issued(WORKSPACE_AUDIENCE, "104567890123456789012");
        String metadataServer = url();
        IdpTokenSource idp = GoogleMetadataTokenSource.builder()
                .audience("https://adb-1234567890123456.7.azuredatabricks.net")
                .endpoint(metadataServer) // http://metadata.google.internal, which is the default
                .build();

        assertThat(idp.mint().subject()).isEqualTo("104567890123456789012");
    }

    private Map<String, String> gitHubJob() {
        answer = "{\"value\":\"" + issued("https://github.com/my-org", "repo:my-org/my-repo:environment:prod") + "\"}";
        return Map.of(
                "ACTIONS_ID_TOKEN_REQUEST_URL",
                url() + "/idtoken?api-version=2.0",
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                "request-token");
    }

    private Map<String, String> azureJob(String subject) {
        answer = "{\"oidcToken\":\"" + issued("api://AzureADTokenExchange", subject) + "\"}";
        return Map.of("SYSTEM_OIDCREQUESTURI", url() + "/oidctoken", "SYSTEM_ACCESSTOKEN", "access-token");
    }

    /** A token of the runtime, and the policy that its page says to make for it. */
    private String issued(String audience, String subject) {
        loopback.policy(principal, Deployment.policy(issuer.issuer(), audience, subject));
        return issuer.userToken(subject).audience(audience).sign();
    }

    private String url() {
        return "http://127.0.0.1:" + runtime.getAddress().getPort();
    }
}
