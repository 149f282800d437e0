// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.entra.EntraCloud;
import io.tokenfederation.entra.EntraTokenSource;
import io.tokenfederation.entra.EntraTokenSourceBuilder;
import io.tokenfederation.entra.EntraTokenVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EntraTokenSourceTest {
    private static final String SECRET = "c4n~ary.s3cret+x";
    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private ScriptedEntra entra;

    @BeforeEach
    void start() throws IOException {
        entra = new ScriptedEntra().answers(200, ScriptedEntra.issued(ScriptedEntra.jwt(Map.of())));
    }

    @AfterEach
    void stop() {
        entra.close();
    }

    @ParameterizedTest
    @CsvSource({
        "api://databricks-federation, api://databricks-federation/.default",
        "api://databricks-federation/.default, api://databricks-federation/.default",
        "' 22222222-2222-2222-2222-222222222222 ', 22222222-2222-2222-2222-222222222222/.default",
        "https://api.contoso.com/, https://api.contoso.com//.default"
    })
    void formIsTheOneMicrosoftDocuments(String application, String scope) {
        IdpToken token =
                source().clientSecret(SECRET).application(application).build().mint();

        assertThat(token.value()).isEqualTo(ScriptedEntra.jwt(Map.of()));
        assertThat(asked().path()).isEqualTo("/" + ScriptedEntra.TENANT + "/oauth2/v2.0/token");
        assertThat(asked().form())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        ScriptedEntra.CLIENT,
                        "client_secret",
                        SECRET,
                        "scope",
                        scope));
    }

    @Test
    void firstVersionsEndpointIsAskedForAResource() {
        IdpToken token = source().clientSecret(SECRET)
                .v1Resource(ScriptedEntra.API)
                .build()
                .mint();

        assertThat(token.issuer()).endsWith("/v2.0");
        assertThat(asked().path()).isEqualTo("/" + ScriptedEntra.TENANT + "/oauth2/token");
        assertThat(asked().form()).containsEntry("resource", ScriptedEntra.API).doesNotContainKey("scope");
    }

    @Test
    void lifetimeAsStringIsTaken() {
        try (ScriptedEntra first = new ScriptedEntra()) {
            first.answers(
                    200,
                    ScriptedEntra.issued(ScriptedEntra.jwt(Map.of()))
                            .replace(":3599", ":\"3599\",\"ext_expires_in\":\"0\""));

            assertThat(source().authority(first.url())
                            .clientSecret(SECRET)
                            .v1Resource(ScriptedEntra.API)
                            .build()
                            .mint())
                    .isNotNull();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void secretIsAskedForEachTime() {
        Iterator<String> secrets = List.of("first", "second").iterator();
        EntraTokenSource source = source().clientSecret(secrets::next)
                .application(ScriptedEntra.API)
                .build();

        source.mint();
        IdpToken second = source.mint();

        assertThat(second).isNotNull();
        assertThat(entra.asked())
                .extracting(asked -> asked.form().get("client_secret"))
                .containsExactly("first", "second");
    }

    @Test
    void tokenFileIsReadEachTime(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("azure-identity-token");
        EntraTokenSource source = EntraTokenSource.builder()
                .workloadIdentity(Map.of(
                        "AZURE_TENANT_ID",
                        ScriptedEntra.TENANT,
                        "AZURE_CLIENT_ID",
                        ScriptedEntra.CLIENT,
                        "AZURE_AUTHORITY_HOST",
                        entra.url() + "/",
                        "AZURE_FEDERATED_TOKEN_FILE",
                        file.toString()))
                .application(ScriptedEntra.API)
                .build();

        Files.writeString(file, podToken("1") + "\n");
        source.mint();
        Files.writeString(file, podToken("2"));
        IdpToken second = source.mint();

        assertThat(second.value()).isEqualTo(ScriptedEntra.jwt(Map.of()));
        assertThat(entra.asked())
                .extracting(asked -> asked.form().get("client_assertion"))
                .containsExactly(podToken("1"), podToken("2"));
        assertThat(asked().form())
                .containsEntry("client_assertion_type", ASSERTION)
                .containsEntry("client_id", ScriptedEntra.CLIENT)
                .doesNotContainKey("client_secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "one\ntwo\n", "opaque-canary", "eyJcanary.e30.x"})
    void tokenFileThatHoldsNoJwtIsNotSent(String content, @TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), content);

        IdpTokenException failure = failure(source().federatedCredentialFile(file));

        assertThat(failure.code()).isEqualTo("IDP_CREDENTIAL_UNREADABLE");
        assertThat(failure).hasMessageContaining(file.toString()).hasMessageNotContaining("canary");
        assertThat(entra.asked()).isEmpty();
    }

    @Test
    void tokenFileThatIsNotThereIsNamed(@TempDir Path directory) {
        IdpTokenException failure = failure(source().federatedCredentialFile(directory.resolve("token")));

        assertThat(failure.code()).isEqualTo("IDP_CREDENTIAL_UNREADABLE");
        assertThat(failure).hasMessageContaining("NoSuchFileException");
    }

    @Test
    void fileLargerThanAnyJwtIsNotRead(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "a".repeat(70_000));

        assertThat(failure(source().federatedCredentialFile(file))).hasMessageContaining("larger than any JWT");
    }

    @Test
    void failureOfTheFederatedCredentialIsItsOwn() {
        IdpTokenException own = new IdpTokenException(Problem.of(ErrorCode.IDP_UNREACHABLE, "no GitHub"));

        IdpTokenException failure = failure(source().federatedCredential(() -> {
            throw own;
        }));

        assertThat(failure.code()).isEqualTo("IDP_UNREACHABLE");
        assertThat(failure).hasMessageContaining("no GitHub");
        assertThat(entra.asked()).isEmpty();
    }

    @Test
    void assertionThatEndedOnItsWayIsMadeAnewOnce() throws IOException {
        try (ScriptedEntra late = new ScriptedEntra()) {
            late.answers(
                            401,
                            ScriptedEntra.refusal(
                                    "invalid_client", "700024", "Client assertion is not within its valid time range."))
                    .answers(200, ScriptedEntra.issued(ScriptedEntra.jwt(Map.of())));
            Iterator<String> tokens = List.of("1", "2").iterator();

            IdpToken token = source().authority(late.url())
                    .federatedCredential(() -> IdpToken.parse(podToken(tokens.next())))
                    .application(ScriptedEntra.API)
                    .build()
                    .mint();

            assertThat(token).isNotNull();
            assertThat(late.asked())
                    .extracting(asked -> asked.form().get("client_assertion"))
                    .containsExactly(podToken("1"), podToken("2"));
        }
    }

    @Test
    void assertionThatStaysOutOfTimeIsGivenUpAfterTheSecond() throws IOException {
        try (ScriptedEntra late = new ScriptedEntra()) {
            late.answers(401, ScriptedEntra.refusal("invalid_client", "700024", "Not within its valid time range."));

            IdpTokenException failure =
                    failure(source().authority(late.url()).federatedCredential(() -> IdpToken.parse(podToken("1"))));

            assertThat(failure.code()).isEqualTo("ENTRA_ASSERTION_EXPIRED");
            assertThat(failure.retryable()).isFalse();
            assertThat(late.asked()).hasSize(2);
        }
    }

    @Test
    void managementTokenIsAskedForInItsOwnCloud() {
        source().cloud(EntraCloud.CHINA)
                .authority(entra.url())
                .clientSecret(SECRET)
                .azureManagement()
                .build()
                .mint();

        assertThat(asked().form()).containsEntry("scope", "https://management.core.chinacloudapi.cn//.default");
    }

    @Test
    void tokenOfTheExpectedVersionIsTaken() {
        assertThat(source().clientSecret(SECRET)
                        .application(ScriptedEntra.API)
                        .expectedVersion(EntraTokenVersion.V2)
                        .build()
                        .mint())
                .isNotNull();
    }

    @Test
    void tokenOfTheSecondVersionWhereTheFirstIsExpectedNamesBothWaysOut() {
        IdpTokenException failure = failure(source().clientSecret(SECRET).expectedVersion(EntraTokenVersion.V1));

        assertThat(failure.code()).isEqualTo("ENTRA_TOKEN_VERSION");
        assertThat(failure.fix())
                .contains("requestedAccessTokenVersion to 1")
                .contains("audience '22222222-2222-2222-2222-222222222222'");
    }

    @Test
    void printedFormHoldsNoSecret() {
        assertThat(source().clientSecret(SECRET).application(ScriptedEntra.API).build())
                .hasToString("EntraTokenSource[" + entra.url() + "/" + ScriptedEntra.TENANT
                        + "/oauth2/v2.0/token, client " + ScriptedEntra.CLIENT + "]");
    }

    private ScriptedEntra.Asked asked() {
        return entra.asked().get(entra.asked().size() - 1);
    }

    private static IdpTokenException failure(EntraTokenSourceBuilder builder) {
        EntraTokenSource source = builder.application(ScriptedEntra.API).build();
        return catchThrowableOfType(IdpTokenException.class, source::mint);
    }

    private EntraTokenSourceBuilder source() {
        return EntraTokenSource.builder()
                .tenant(ScriptedEntra.TENANT)
                .authority(entra.url())
                .clientId(ScriptedEntra.CLIENT);
    }

    private static String podToken(String id) {
        return ScriptedEntra.jwt(Map.of("iss", "https://oidc.prod-aks.azure.com/", "jti", id));
    }
}
