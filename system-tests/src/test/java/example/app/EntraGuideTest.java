// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.SigningKey;
import io.tokenfederation.entra.AzureManagementHeaders;
import io.tokenfederation.entra.EntraCloud;
import io.tokenfederation.entra.EntraTokenSource;
import io.tokenfederation.entra.EntraTokenSourceBuilder;
import io.tokenfederation.entra.EntraTokenVersion;
import io.tokenfederation.entra.ManagedIdentityTokenSource;
import io.tokenfederation.testkit.EntraRules;
import io.tokenfederation.testkit.LoopbackIdp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the Entra ID guide, as they stand there. */
class EntraGuideTest {
    private static final String API = "api://5a1d0c5e-31d1-4b1c-9d0e-1c9e7d6a3b52";
    private static final String MANAGEMENT = EntraCloud.PUBLIC.managementResource();

    private final LoopbackIdp idp = LoopbackIdp.entra().start();
    private final EntraRules rules = EntraRules.of(idp);
    private final String tenant = rules.tenantId();
    private final String id = "11111111-1111-1111-1111-111111111111";
    private final String secret = "s3cr3t~of.the+backend";
    private final String workspace = "https://adb-1234567890123456.7.azuredatabricks.net";

    @AfterEach
    void stop() {
        idp.close();
    }

    @Test
    void secretIsEnough() {
        IdpTokenSource idp = EntraTokenSource.builder()
                .tenant(tenant) // the Directory (tenant) ID; never common or organizations
                .clientId(id)
                .clientSecret(secret)
                .application(
                        "api://5a1d0c5e-31d1-4b1c-9d0e-1c9e7d6a3b52") // or the API's client id; /.default is appended
                .expectedVersion(EntraTokenVersion.V2) // what the federation policy was written for
                .build();
        DatabricksTokenExchanger databricks = DatabricksTokenExchanger.builder()
                .workspace(workspace)
                .idpTokenSource(idp)
                .build();

        assertThat(idp).asString().contains("https://login.microsoftonline.com/" + tenant, id);
        assertThat(databricks).isNotNull();
    }

    @Test
    void pemFileIsReadWithItsKeyAndCertificate(@TempDir Path directory) throws Exception {
        Path pemFile = Files.writeString(directory.resolve("backend.pem"), keyAndCertificate(directory));

        IdpTokenSource certified = EntraTokenSource.builder()
                .tenant(tenant)
                .clientId(id)
                .certificate(SigningKey.fromPem(Files.readString(pemFile)))
                .application("api://5a1d0c5e-31d1-4b1c-9d0e-1c9e7d6a3b52")
                .build();

        assertThat(certified).asString().contains(id);
    }

    @Test
    void identityNeedsItsResourceOnly() {
        IdpTokenSource identity = ManagedIdentityTokenSource.builder()
                .resource("api://5a1d0c5e-31d1-4b1c-9d0e-1c9e7d6a3b52")
                .build();

        assertThat(identity).asString().contains("the system-assigned identity", API);
    }

    @Test
    void identityIsTheCredentialOfAnApplication() {
        IdpTokenSource secretless = EntraTokenSource.builder()
                .tenant(tenant)
                .clientId(id)
                .federatedCredential(ManagedIdentityTokenSource.builder()
                        .resource(EntraCloud.PUBLIC.tokenExchangeAudience()) // api://AzureADTokenExchange
                        .build())
                .application("api://5a1d0c5e-31d1-4b1c-9d0e-1c9e7d6a3b52")
                .build();

        assertThat(secretless).asString().contains(id);
    }

    @Test
    void podsOwnTokenIsTheCredential(@TempDir Path directory) throws IOException {
        try (LoopbackIdp cluster = LoopbackIdp.auth0().start()) {
            String audience = EntraCloud.PUBLIC.tokenExchangeAudience();
            idp.api(API);
            rules.federatedCredential(id, cluster.issuer(), "system:serviceaccount:sales:backend", audience);
            Path file = Files.writeString(
                    directory.resolve("azure-identity-token"),
                    cluster.userToken("system:serviceaccount:sales:backend")
                            .audience(audience)
                            .sign());
            Map<String, String> environment = Map.of(
                    "AZURE_TENANT_ID",
                    tenant,
                    "AZURE_CLIENT_ID",
                    id,
                    "AZURE_AUTHORITY_HOST",
                    rules.authority().toString(),
                    "AZURE_FEDERATED_TOKEN_FILE",
                    file.toString());

            assertThat(pod(environment).mint().subject()).isEqualTo(idp.subjectOf(id));
        }
    }

    private static EntraTokenSource pod(Map<String, String> environment) {
        EntraTokenSource pod = EntraTokenSource.builder()
                .workloadIdentity(
                        environment) // System.getenv(): AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_FEDERATED_TOKEN_FILE
                .application("api://5a1d0c5e-31d1-4b1c-9d0e-1c9e7d6a3b52")
                .build();
        return pod;
    }

    @Test
    void databricksTakesTheTokenAsItIs() {
        idp.api(MANAGEMENT).m2mClient(id, secret);
        String workspaceResourceId =
                "/subscriptions/s/resourceGroups/g/providers/Microsoft.Databricks/workspaces/analytics";

        // entra(): EntraTokenSource.builder() with tenant, client id and credential, as above
        DatabricksTokenSource azure =
                DatabricksTokenSource.direct(entra().azureDatabricks().build());
        String bearer = azure.token().value();

        AzureManagementHeaders management = AzureManagementHeaders.of(
                entra().azureManagement().build(),
                workspaceResourceId); // /subscriptions/…/resourceGroups/…/providers/Microsoft.Databricks/workspaces/…
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(workspace + "/api/2.0/preview/scim/v2/Me"))
                .header("Authorization", "Bearer " + azure.token().value());
        management.addTo(request::header);

        assertThat(IdpToken.parse(bearer).audiences()).containsExactly(EntraRules.AZURE_DATABRICKS);
        assertThat(request.build().headers().firstValue("X-Databricks-Azure-SP-Management-Token"))
                .hasValueSatisfying(
                        token -> assertThat(IdpToken.parse(token).audiences()).hasSize(1));
    }

    private EntraTokenSourceBuilder entra() {
        return EntraTokenSource.builder()
                .tenant(tenant)
                .authority(rules.authority().toString())
                .clientId(id)
                .clientSecret(secret);
    }

    /** The JDK makes certificates by its keytool only. */
    private static String keyAndCertificate(Path directory) throws Exception {
        Path store = directory.resolve("backend.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "backend",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=backend",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        return pem(
                        "PRIVATE KEY",
                        keys.getKey("backend", "changeit".toCharArray()).getEncoded())
                + pem("CERTIFICATE", keys.getCertificate("backend").getEncoded());
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + kind
                + "-----\n";
    }
}
