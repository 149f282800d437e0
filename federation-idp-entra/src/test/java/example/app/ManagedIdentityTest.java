// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.entra.ManagedIdentityTokenSource;
import io.tokenfederation.entra.ManagedIdentityTokenSourceBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ManagedIdentityTest {
    private static final String HEADER = "c4nary-identity-header";
    private static final String RESOURCE_ID =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i";
    /** As the instance metadata service answers: times are strings. */
    private static final String ISSUED = "{\"access_token\":\"" + ScriptedEntra.jwt(Map.of())
            + "\",\"client_id\":\"c\",\"expires_in\":\"86399\",\"expires_on\":\"4000000000\",\"resource\":\"r\","
            + "\"token_type\":\"Bearer\"}";

    private ScriptedEntra host;

    @BeforeEach
    void start() throws IOException {
        host = new ScriptedEntra();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void machineAsksTheMetadataService() {
        host.answers(200, ISSUED);

        assertThat(onMachine().build().mint().value()).isEqualTo(ScriptedEntra.jwt(Map.of()));

        assertThat(asked().method()).isEqualTo("GET");
        assertThat(asked().path()).isEqualTo("/metadata/identity/oauth2/token");
        assertThat(asked().query()).isEqualTo(Map.of("api-version", "2018-02-01", "resource", ScriptedEntra.API));
        assertThat(asked().headers()).containsEntry("metadata", "true");
    }

    static Stream<Arguments> identities() {
        return Stream.of(
                named(builder -> builder.clientId("c&1"), "client_id", "client_id", "c&1"),
                named(builder -> builder.objectId("o-1"), "object_id", "object_id", "o-1"),
                named(builder -> builder.resourceId(RESOURCE_ID), "msi_res_id", "mi_res_id", RESOURCE_ID));
    }

    private static Arguments named(
            UnaryOperator<ManagedIdentityTokenSourceBuilder> setting, String atImds, String atAppService, String id) {
        return Arguments.of(setting, atImds, atAppService, id);
    }

    @ParameterizedTest
    @MethodSource("identities")
    void assignedIdentityIsNamedAsEachEndpointSpellsIt(
            UnaryOperator<ManagedIdentityTokenSourceBuilder> setting, String atImds, String atAppService, String id) {
        host.answers(200, ISSUED);

        setting.apply(onMachine()).build().mint();
        setting.apply(onAppService()).build().mint();

        assertThat(host.asked().get(0).query()).containsEntry(atImds, id);
        assertThat(host.asked().get(1).query()).containsEntry(atAppService, id);
    }

    @Test
    void appServiceWantsItsHeader() {
        host.answers(200, ISSUED);

        assertThat(onAppService().build().mint()).isNotNull();

        assertThat(asked().path()).isEqualTo("/msi/token");
        assertThat(asked().query()).isEqualTo(Map.of("api-version", "2019-08-01", "resource", ScriptedEntra.API));
        assertThat(asked().headers()).containsEntry("x-identity-header", HEADER).doesNotContainKey("metadata");
    }

    @Test
    void cloudShellIsAskedByForm() {
        host.answers(200, ISSUED);

        assertThat(on(Map.of("MSI_ENDPOINT", host.url() + "/oauth2/token"))
                        .build()
                        .mint())
                .isNotNull();

        assertThat(asked().method()).isEqualTo("POST");
        assertThat(asked().form()).isEqualTo(Map.of("resource", ScriptedEntra.API));
        assertThat(asked().headers()).containsEntry("metadata", "true");
    }

    @Test
    void serviceFabricIsRefusedWithTheWayOut() {
        Map<String, String> environment = Map.of(
                "IDENTITY_ENDPOINT", "https://localhost:2377/metadata/identity/oauth2/token",
                "IDENTITY_HEADER", HEADER,
                "IDENTITY_SERVER_THUMBPRINT", "aa");

        assertThatIllegalStateException()
                .isThrownBy(() -> on(environment).build())
                .withMessageContaining("Service Fabric is not supported")
                .withMessageContaining("EntraTokenSource");
    }

    @ParameterizedTest
    @CsvSource({"MSI_ENDPOINT, Cloud Shell", "IDENTITY_ENDPOINT, Azure Arc"})
    void hostWithOneIdentityRefusesAnother(String variable, String name) {
        Map<String, String> environment = Map.of(variable, host.url() + "/token", "IMDS_ENDPOINT", host.url());

        assertThatIllegalStateException()
                .isThrownBy(() -> on(environment).clientId("c").build())
                .withMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example/token", "https://127.0.0.1/token", "http://canary@127.0.0.1/token"})
    void secretGoesToThisHostOnly(String endpoint) {
        Map<String, String> environment = Map.of("IDENTITY_ENDPOINT", endpoint, "IDENTITY_HEADER", HEADER);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> on(environment).build())
                .withMessageNotContainingAny("canary", "c4nary");
    }

    @Test
    void metadataServiceIsAtItsOneAddress() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> on(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://evil.example"))
                        .build());
    }

    @Test
    void headerThatCannotBeSentIsRefusedUnquoted() {
        Map<String, String> environment =
                Map.of("IDENTITY_ENDPOINT", host.url() + "/msi/token", "IDENTITY_HEADER", "c4nary\r\nx: y");

        assertThatIllegalStateException()
                .isThrownBy(() -> on(environment).build())
                .withMessageContaining("IDENTITY_HEADER")
                .withMessageNotContaining("c4nary");
    }

    @ParameterizedTest
    @CsvSource({
        "404, IDP_UNAVAILABLE",
        "410, IDP_UNAVAILABLE",
        "429, IDP_RATE_LIMITED",
        "500, IDP_UNAVAILABLE",
        "503, IDP_UNAVAILABLE"
    })
    void whatPassesIsRetryable(int status, String code) {
        host.answers(status, "", Map.of("Retry-After", "3", "Server", "IMDS/150.870.65.1854"));

        IdpTokenException failure = failure(onMachine());

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.httpStatus()).hasValue(status);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Identity not found|ENTRA_IDENTITY_NOT_FOUND|assign to it the user-assigned identity 'c-1'",
                "Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the"
                        + " token request|ENTRA_IDENTITY_AMBIGUOUS|clientId(...)",
                "AADSTS500011: The resource principal named x was not found|ENTRA_RESOURCE_NOT_FOUND|Check '"
                        + ScriptedEntra.API,
                "something new|IDP_REFUSED|Read the error"
            })
    void refusalOfTheMetadataServiceIsToldApart(String words, String code, String fix) {
        host.answers(400, "{\"error\":\"invalid_request\",\"error_description\":\"" + words + "\"}");

        IdpTokenException failure = failure(onMachine().clientId("c-1"));

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.fix()).contains(fix);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.oauthError()).contains("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No MSI found for specified ClientId/ResourceId/PrincipalId.",
                "No managed identity was found",
                "Unable to load the proper Managed Identity."
            })
    void appServiceWithoutTheIdentitySaysSo(String words) {
        host.answers(400, "{\"statusCode\":400,\"message\":\"" + words + " " + HEADER + "\",\"correlationId\":\"c\"}");

        IdpTokenException failure = failure(onAppService());

        assertThat(failure.code()).isEqualTo("ENTRA_IDENTITY_NOT_FOUND");
        assertThat(failure).hasMessageNotContaining(HEADER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<html>canary</html>", "[]", "{}", "{\"access_token\":7}", "{\"access_token\":\"\"}", "{\"canary"
            })
    void replyWithoutTokenIsUnreadable(String body) {
        host.answers(200, body);

        IdpTokenException failure = failure(onMachine());

        assertThat(failure.code()).isEqualTo("IDP_REPLY_UNREADABLE");
        assertThat(failure.getCause()).isNull();
        assertThat(failure).hasMessageNotContaining("canary");
    }

    @Test
    void machineThatIsNotOnAzureIsToldSo() {
        ManagedIdentityTokenSourceBuilder source = onMachine();
        host.close();

        IdpTokenException failure = failure(source);

        assertThat(failure.code()).isEqualTo("IDP_UNREACHABLE");
        assertThat(failure.fix()).contains("Run this on Azure", "EntraTokenSource");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void databricksItselfIsNamedByItsOwnSetting() {
        host.answers(200, ISSUED);

        onMachine().azureDatabricks().build().mint();

        assertThat(asked().query()).containsEntry("resource", "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> onMachine().resource("2ff814a6-3304-4ab8-85cb-cd0e6f879c1d"));
    }

    @Test
    void settingsThatContradictAreRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ManagedIdentityTokenSource.builder().build())
                .withMessageContaining("resource(uri)");
        assertThatIllegalStateException()
                .isThrownBy(() -> onMachine().clientId("c").objectId("o"))
                .withMessageContaining("once");
        assertThatIllegalArgumentException().isThrownBy(() -> onMachine().clientId(" "));
    }

    @Test
    void printedFormSaysWhoIsAskedAndHoldsNoHeader() {
        assertThat(onAppService().clientId("c-1").build())
                .hasToString(
                        "ManagedIdentityTokenSource[the identity endpoint of App Service, the user-assigned identity"
                                + " 'c-1', for " + ScriptedEntra.API + "]");
    }

    private static IdpTokenException failure(ManagedIdentityTokenSourceBuilder builder) {
        ManagedIdentityTokenSource source = builder.build();
        return catchThrowableOfType(IdpTokenException.class, source::mint);
    }

    private ScriptedEntra.Asked asked() {
        return host.asked().get(host.asked().size() - 1);
    }

    private ManagedIdentityTokenSourceBuilder onMachine() {
        return on(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", host.url() + "/"));
    }

    private ManagedIdentityTokenSourceBuilder onAppService() {
        return on(Map.of("IDENTITY_ENDPOINT", host.url() + "/msi/token", "IDENTITY_HEADER", HEADER));
    }

    private static ManagedIdentityTokenSourceBuilder on(Map<String, String> environment) {
        return ManagedIdentityTokenSource.builder().environment(environment).resource(ScriptedEntra.API);
    }
}
