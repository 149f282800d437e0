// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tokenfederation.SigningKey;
import io.tokenfederation.entra.EntraCloud;
import io.tokenfederation.entra.EntraTokenSource;
import io.tokenfederation.entra.EntraTokenSourceBuilder;
import io.tokenfederation.entra.ManagedIdentityTokenSource;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EntraSettingsTest {
    private static final Map<String, String> POD = Map.of(
            "AZURE_TENANT_ID", ScriptedEntra.TENANT,
            "AZURE_CLIENT_ID", ScriptedEntra.CLIENT,
            "AZURE_FEDERATED_TOKEN_FILE", "/var/run/secrets/azure/tokens/azure-identity-token");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "72f988bf-86f1-41af-91ab-2d7cd011db47",
                " contoso.onmicrosoft.com ",
                "contoso.com",
                "id.contoso.co.uk"
            })
    void tenantIsAnIdOrADomain(String tenant) {
        assertThat(complete().tenant(tenant).build().toString())
                .contains("https://login.microsoftonline.com/" + tenant.strip() + "/oauth2/v2.0/token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "Organizations", " consumers "})
    void tenantForPeopleIsRefused(String tenant) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> complete().tenant(tenant))
                .withMessageContaining("is for people")
                .withMessageContaining("Directory (tenant) ID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "contoso",
                "a/b.com",
                "a.com/v2.0",
                "a.com?x",
                "a.com#x",
                "canary@a.com",
                "https://a.com",
                "a..com"
            })
    void tenantThatIsNoneIsRefused(String tenant) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> complete().tenant(tenant))
                .withMessageNotContaining("canary");
    }

    @ParameterizedTest
    @CsvSource({
        "PUBLIC, https://login.microsoftonline.com/",
        "US_GOVERNMENT, https://login.microsoftonline.us/",
        "CHINA, https://login.partner.microsoftonline.cn/"
    })
    void cloudSaysWhereToAsk(EntraCloud cloud, String authority) {
        assertThat(complete().cloud(cloud).build().toString()).contains("[" + authority + ScriptedEntra.TENANT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.microsoftonline.com",
                "login.microsoftonline.com",
                "https://login.microsoftonline.com/tenant",
                "https://canary@login.microsoftonline.com",
                "https://login.microsoftonline.com?x=y",
                ""
            })
    void authorityThatIsNoHostIsRefused(String authority) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> complete().authority(authority))
                .withMessageNotContaining("canary");
    }

    @Test
    void missingSettingsAreNamed() {
        EntraTokenSourceBuilder builder = EntraTokenSource.builder();

        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("tenant(id)");
        builder.tenant(ScriptedEntra.TENANT);
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("clientId(id)");
        builder.clientId(ScriptedEntra.CLIENT);
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("exactly one credential");
        builder.clientSecret("secret");
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("what the token is for");
    }

    @Test
    void twoCredentialsAreRefusedByName() {
        EntraTokenSourceBuilder builder = complete().federatedCredentialFile(Path.of("token"));

        assertThatIllegalStateException()
                .isThrownBy(builder::build)
                .withMessageContaining("[clientSecret, federatedCredentialFile]");
    }

    @Test
    void twoTargetsAreRefusedByName() {
        assertThatIllegalStateException()
                .isThrownBy(() -> complete().azureDatabricks().build())
                .withMessageContaining("one thing")
                .withMessageContaining("application(" + ScriptedEntra.API + ")")
                .withMessageContaining("azureDatabricks()");
        assertThatIllegalStateException()
                .isThrownBy(() -> complete()
                        .v1Resource(ScriptedEntra.API)
                        .azureManagement()
                        .build())
                .withMessageContaining("v1Resource(" + ScriptedEntra.API + ")")
                .withMessageContaining("azureManagement()");
    }

    @Test
    void scopeIsNoResource() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ManagedIdentityTokenSource.builder().resource(ScriptedEntra.API + "/.default"))
                .withMessageContaining("without /.default");
    }

    @Test
    void oneTargetMayBeSaidTwice() {
        assertThat(complete().application(ScriptedEntra.API + "/.default").build())
                .isNotNull();
    }

    @Test
    void printedFormIsThatOfTheClass() {
        assertThat(complete().build().toString()).startsWith("EntraTokenSource[https://login.microsoftonline.com/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://adb-1234567890123456.7.azuredatabricks.net",
                "https://ADB-1234567890123456.7.azuredatabricks.net/.default",
                "adb-1234567890123456.7.azuredatabricks.net",
                "https://adb-1.7.databricks.azure.us/",
                "https://adb-1.7.databricks.azure.cn",
                "https://dbc-a1b2345c-d6e7.cloud.databricks.com",
                "https://1234567890123456.7.gcp.databricks.com"
            })
    void workspaceIsNoApplication(String workspace) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> complete().application(workspace))
                .withMessageContaining("is a workspace")
                .withMessageContaining("Expose an API")
                .withMessageContaining("azureDatabricks()");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ManagedIdentityTokenSource.builder().resource(workspace))
                .withMessageContaining("is a workspace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "api://a api://b", "/.default"})
    void applicationThatIsNoneIsRefused(String application) {
        assertThatIllegalArgumentException().isThrownBy(() -> complete().application(application));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d",
                "2FF814A6-3304-4ab8-85cb-cd0e6f879c1d",
                "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default"
            })
    void databricksItselfIsNoApplicationToExchangeFor(String application) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> complete().application(application))
                .withMessageContaining("azureDatabricks()");
    }

    @Test
    void keyThatIsNotRsaIsRefused() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        SigningKey key = withoutCertificate(generator);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntraTokenSource.builder().certificate(key))
                .withMessageContaining("RSA key only");
    }

    @Test
    void keyWithoutItsCertificateIsRefused() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        SigningKey key = withoutCertificate(generator);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntraTokenSource.builder().certificate(key))
                .withMessageContaining("without its certificate");
    }

    private static SigningKey withoutCertificate(KeyPairGenerator generator) {
        String encoded = Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        return SigningKey.fromPem("-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_FEDERATED_TOKEN_FILE"})
    void podWithoutTheWebhooksVariablesIsToldWhichIsMissing(String name) {
        Map<String, String> environment = new HashMap<>(POD);
        environment.put(name, " ");

        assertThatIllegalStateException()
                .isThrownBy(() -> EntraTokenSource.builder().workloadIdentity(environment))
                .withMessageContaining(name + " is not set")
                .withMessageContaining("azure.workload.identity/use");
    }

    @Test
    void podsEnvironmentIsAllThereIsToSay() {
        Map<String, String> environment = new HashMap<>(POD);
        environment.put("AZURE_AUTHORITY_HOST", "https://login.microsoftonline.us/");

        EntraTokenSource source = EntraTokenSource.builder()
                .workloadIdentity(environment)
                .application(ScriptedEntra.API)
                .build();

        assertThat(source.toString())
                .contains("https://login.microsoftonline.us/" + ScriptedEntra.TENANT, ScriptedEntra.CLIENT);
    }

    private static EntraTokenSourceBuilder complete() {
        return EntraTokenSource.builder()
                .tenant(ScriptedEntra.TENANT)
                .clientId(ScriptedEntra.CLIENT)
                .clientSecret("secret")
                .application(ScriptedEntra.API);
    }
}
