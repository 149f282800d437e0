// SPDX-License-Identifier: Apache-2.0
package systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.sdk.core.DatabricksConfig;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.auth0.Auth0TokenSource;
import io.tokenfederation.databrickssdk.FederatedCredentials;
import io.tokenfederation.deltasharing.RecipientLogin;
import io.tokenfederation.deltasharing.RecipientLoginBuilder;
import io.tokenfederation.deltasharing.RecipientTokens;
import io.tokenfederation.deltasharing.SharingClient;
import io.tokenfederation.deltasharing.SharingProfile;
import io.tokenfederation.entra.EntraTokenSource;
import io.tokenfederation.entra.ManagedIdentityTokenSource;
import io.tokenfederation.jdbc.FederatedDataSource;
import io.tokenfederation.mcpsdk.FederatedMcp;
import io.tokenfederation.okta.OktaTokenSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In every module: whatever can be built from a secret does not print it. New classes are found by themselves. */
class SecretsAreNotPrintedTest {
    /** Texts that are there to be read: what a server said, which is scrubbed on its way; rows and parameters of a test. */
    private static final Set<String> TEXTS = Set.of(
            "io.tokenfederation.internal.ErrorReply",
            "io.tokenfederation.testkit.SqlApi$Done",
            "io.tokenfederation.testkit.GenieMessage",
            "io.tokenfederation.testkit.SqlRows",
            "io.tokenfederation.testkit.SqlStatement");

    static List<Class<?>> classes() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.tokenfederation")
                        .stream()
                        .filter(type -> !TEXTS.contains(type.getName()))
                        .<Class<?>>map(JavaClass::reflect)
                        .toList();
    }

    /** What a recipient has of the sort: a token of the provider's, a secret, and what is made of them. */
    static Stream<Object> recipients() {
        String secret = SecretSamples.CANARY;
        String endpoint = "\"endpoint\":\"https://sharing.example.com\",";
        SharingProfile bearer = SharingProfile.parse(
                "{\"shareCredentialsVersion\":1," + endpoint + "\"bearerToken\":\"" + secret + "\"}");
        SharingProfile client = SharingProfile.parse("{\"shareCredentialsVersion\":2," + endpoint
                + "\"type\":\"oauth_client_credentials\",\"tokenEndpoint\":\"https://idp.example.com/token\","
                + "\"clientId\":\"id\",\"clientSecret\":\"" + secret + "\"}");
        return Stream.of(bearer, client)
                .flatMap(profile -> Stream.of(
                        profile,
                        profile.credential(),
                        RecipientTokens.builder(profile),
                        RecipientTokens.of(profile),
                        SharingClient.of(profile),
                        SharingClient.of(profile).table("sales", "public", "orders")));
    }

    /** What a parameter says may be a person's address. */
    static Stream<Object> logins() {
        RecipientLoginBuilder login = RecipientLogin.builder()
                .recipient(URI.create("https://sharing.example.com/recipients/1"))
                .clientId("id")
                .scopes("read")
                .parameter("login_hint", SecretSamples.CANARY)
                .browser(address -> {});
        return Stream.of(login, login.build());
    }

    static Stream<Object> sources() {
        String secret = SecretSamples.CANARY;
        DatabricksTokenSource tokens = () -> DatabricksToken.of(secret, Instant.MAX);
        FederatedCredentials credentials = FederatedCredentials.of(tokens);
        DatabricksConfig config = credentials.applyTo(new DatabricksConfig().setHost("https://adb-1.example.com"));
        return Stream.of(
                credentials,
                credentials.configure(config),
                config,
                config.getHttpClient(),
                FederatedMcp.of(tokens).forwardToken(true),
                FederatedMcp.of(tokens).transport(HttpClientStreamableHttpTransport.builder("https://mcp.example.com")),
                FederatedDataSource.builder()
                        .url("jdbc:databricks://adb-1.example.com;httpPath=/sql/1.0/warehouses/abc")
                        .tokens(tokens)
                        .build(),
                OidcTokenSource.builder()
                        .tokenEndpoint("https://idp.example.com/token")
                        .clientId("id")
                        .clientSecret(secret)
                        .build(),
                Auth0TokenSource.builder()
                        .domain("dev-1.us.auth0.com")
                        .clientId("id")
                        .clientSecret(secret)
                        .audience("a")
                        .build(),
                OktaTokenSource.builder()
                        .domain("dev-1.okta.com")
                        .clientId("id")
                        .clientSecret(secret)
                        .scopes("databricks")
                        .build(),
                EntraTokenSource.builder()
                        .tenant("contoso.com")
                        .clientId("id")
                        .clientSecret(secret)
                        .application("api://a")
                        .build(),
                ManagedIdentityTokenSource.builder()
                        .environment(Map.of("IDENTITY_ENDPOINT", "http://127.0.0.1:1/", "IDENTITY_HEADER", secret))
                        .resource("api://a")
                        .build());
    }

    @ParameterizedTest
    @MethodSource("classes")
    void whatIsBuiltFromASecretDoesNotPrintIt(Class<?> type) {
        for (Object built : SecretSamples.builtFrom(type)) {
            assertThat(built.toString()).as(type.getName()).doesNotContain(SecretSamples.CANARY);
        }
    }

    @ParameterizedTest
    @MethodSource({"sources", "recipients", "logins"})
    void sourceDoesNotPrintItsSecret(Object source) {
        assertThat(source.toString()).doesNotContain(SecretSamples.CANARY);
    }

    @Test
    void buildingThemLeavesNothingInTheWorkingDirectory() {
        for (Class<?> type : classes()) {
            SecretSamples.builtFrom(type);
        }

        assertThat(Path.of("")).isDirectoryNotContaining("glob:**word*");
    }

    /** Otherwise the test above would look at nothing. */
    @Test
    void secretsAreReallyBuiltIn() {
        List<String> built = classes().stream()
                .filter(type -> !SecretSamples.builtFrom(type).isEmpty())
                .map(Class::getName)
                .toList();

        assertThat(built)
                .contains(
                        "io.tokenfederation.DatabricksToken",
                        "io.tokenfederation.auth0.Auth0Refusals",
                        "io.tokenfederation.entra.AzureHost",
                        "io.tokenfederation.entra.AppServiceEndpoint",
                        "io.tokenfederation.workload.Variables",
                        "io.tokenfederation.deltasharing.SharingCredential$BearerToken",
                        "io.tokenfederation.deltasharing.SharingCredential$ClientCredentials",
                        "io.tokenfederation.deltasharing.LoginTokens",
                        "io.tokenfederation.deltasharing.RecipientSession",
                        "io.tokenfederation.testkit.EntraTokens$Issued");
        assertThat(built.stream().map(name -> name.replaceAll("[A-Z].*", "")).distinct())
                .contains(
                        "io.tokenfederation.",
                        "io.tokenfederation.internal.",
                        "io.tokenfederation.auth0.",
                        "io.tokenfederation.okta.",
                        "io.tokenfederation.entra.",
                        "io.tokenfederation.mcp.",
                        "io.tokenfederation.deltasharing.",
                        "io.tokenfederation.policy.",
                        "io.tokenfederation.testkit.",
                        "io.tokenfederation.workload.");
    }
}
