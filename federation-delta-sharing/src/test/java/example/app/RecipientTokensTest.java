// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.ClientAssertion;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.deltasharing.RecipientTokens;
import io.tokenfederation.deltasharing.SharingClient;
import io.tokenfederation.deltasharing.SharingException;
import io.tokenfederation.deltasharing.SharingProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a profile makes the identity provider be asked, and what else can be said. */
class RecipientTokensTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String PRIVATE_KEY_PROFILE =
            "{\"shareCredentialsVersion\":2,\"type\":\"oauth_jwt_bearer_private_key_jwt\","
                    + "\"endpoint\":\"https://sharing.example.com\",\"auth\":{\"tokenEndpoint\":\"https://idp.example.com/token\","
                    + "\"issuer\":\"https://idp.example.com/\",\"clientId\":\"id\",\"audience\":\"sharing\","
                    + "\"scope\":\"read\",\"privateKey\":{\"privateKeyFile\":\"key.pem\"}}}";

    private final ScriptedServer idp = new ScriptedServer();
    private final String jwt = Jwts.living(HOUR);

    @AfterEach
    void close() {
        idp.close();
    }

    @Test
    void idAndSecretAreFormEncodedAndScopesTooAndTheJwtIsTheBearer() {
        issue();

        DatabricksTokenSource tokens = RecipientTokens.of(client("id:1", "s/e+c ret%", "sql all-apis"));

        assertThat(tokens.token().value()).isEqualTo(jwt);
        assertThat(tokens.token().scopes()).isEmpty();
        assertThat(basic()).isEqualTo("id%3A1:s%2Fe%2Bc+ret%25");
        assertThat(idp.last().body().split("&"))
                .containsExactlyInAnyOrder("grant_type=client_credentials", "scope=sql+all-apis");
        assertThat(idp.requests()).hasSize(1);
    }

    @Test
    void audienceAndResourceAreAskedForWhereTheyAreSet() {
        issue();

        RecipientTokens.builder(client("id", "secret", ""))
                .audience("https://sharing.example.com")
                .resource("urn:sharing")
                .parameter("organization", "org_1")
                .build()
                .token();

        assertThat(idp.last().body().split("&"))
                .containsExactlyInAnyOrder(
                        "grant_type=client_credentials",
                        "audience=https%3A%2F%2Fsharing.example.com",
                        "resource=urn%3Asharing",
                        "organization=org_1");
    }

    @Test
    void whatIsSetIsTakenInsteadOfWhatTheProfileSays() {
        issue();

        RecipientTokens.builder(client("<client-id>", "<client-secret>", "<scope>"))
                .clientId("id")
                .clientSecret(() -> "from-the-vault")
                .scopes("read")
                .clientSecretPost()
                .build()
                .token();

        assertThat(idp.last().headers()).doesNotContainKey("Authorization");
        assertThat(idp.last().body().split("&"))
                .containsExactlyInAnyOrder(
                        "grant_type=client_credentials", "client_id=id", "client_secret=from-the-vault", "scope=read");
    }

    @Test
    void recipientNeedsNoSecretWhereItsWorkloadHasAJwtOfItsOwn() {
        issue();
        String own = Jwts.living(HOUR);

        RecipientTokens.builder(client("id", "", ""))
                .clientAssertion(ClientAssertion.issuedBy(() -> IdpToken.parse(own)))
                .build()
                .token();

        assertThat(idp.last().body()).contains("client_assertion=" + own).doesNotContain("client_secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[REPLACE_WITH_YOUR_CLIENT_SECRET]",
                "REPLACE_WITH_YOUR_CLIENT_SECRET",
                "YOUR_CLIENT_SECRET",
                "your-client-secret",
                "<client-secret>",
                "${SECRET}",
                "%SECRET%",
                "[your secret]",
                "{{secret}}",
                ""
            })
    void secretNobodyFilledInIsToldBeforeAnythingIsSent(String secret) {
        SharingException refused = SharingTable.failure(() -> SharingClient.of(client("id", secret, "")));

        assertThat(refused.code()).isEqualTo("SHARING_PROFILE_INVALID");
        assertThat(refused).hasMessageContaining("'clientSecret'");
        assertThat(idp.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[REPLACE_WITH_YOUR_CLIENT_ID]", "YOUR_CLIENT_ID", "<client id>"})
    void clientIdNobodyFilledInIsTold(String id) {
        SharingException refused = SharingTable.failure(() -> SharingClient.of(client(id, "secret", "")));

        assertThat(refused.code()).isEqualTo("SHARING_PROFILE_INVALID");
        assertThat(refused).hasMessageContaining("'clientId'").hasMessageContaining("placeholder");
    }

    /** A scope is a list: each part of a placeholder with a space in it looks like nothing of the sort. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[REPLACE_WITH_YOUR_SCOPE]",
                "<your scope>",
                "read [your scope]",
                "api://[APP_ID]/.default",
                "<id>/.default"
            })
    void scopeNobodyFilledInIsTold(String scope) {
        SharingException refused = SharingTable.failure(() -> SharingClient.of(client("id", "secret", scope)));

        assertThat(refused.code()).isEqualTo("SHARING_PROFILE_INVALID");
        assertThat(refused).hasMessageContaining("'scope'").hasMessageContaining("placeholder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"your-secret-is-safe", "[a]b", "1<2", "REPLACED", "a%b%c", "yourApp"})
    void secretThatOnlyLooksABitLikeItIsTaken(String secret) {
        issue();

        RecipientTokens.of(client("your-app", secret, "")).token();

        assertThat(idp.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"issuer", "clientId", "audience", "scope", "privateKeyFile"})
    void grantNobodyFilledInIsToldByItsField(String field) {
        String profile =
                PRIVATE_KEY_PROFILE.replaceAll("(\"" + field + "\":)\"[^\"]*\"", "$1\"[REPLACE_WITH_YOUR_VALUE]\"");

        SharingException refused = SharingTable.failure(() -> RecipientTokens.of(SharingProfile.parse(profile)));

        assertThat(refused.code()).isEqualTo("SHARING_PROFILE_INVALID");
        assertThat(refused).hasMessageContaining("'" + field + "'").hasMessageContaining("placeholder");
    }

    @Test
    void refusalOfTheIdentityProviderIsToldAndHoldsNoSecret() {
        idp.at("/token", json(401, "{\"error\":\"invalid_client\",\"error_description\":\"no s3cret-value here\"}"));

        IdpTokenException refused = catchThrowableOfType(
                IdpTokenException.class,
                () -> RecipientTokens.of(client("id", "s3cret-value", "")).token());

        assertThat(refused.code()).isEqualTo("IDP_CLIENT_REJECTED");
        assertThat(refused).hasMessageContaining("invalid_client").hasMessageNotContaining("s3cret-value");
    }

    @Test
    void bearerTokenIsSentAsItIsUntilItsEnd() {
        assertThat(RecipientTokens.of(bearer(Instant.now().plus(HOUR))).token().value())
                .isEqualTo("provider-token");

        SharingException expired = SharingTable.failure(
                () -> RecipientTokens.of(bearer(Instant.EPOCH)).token());
        assertThat(expired.code()).isEqualTo("SHARING_TOKEN_EXPIRED");
        assertThat(expired).hasMessageContaining("1970-01-01T00:00:00Z").hasMessageNotContaining("provider-token");
    }

    @Test
    void bearerTokenHasNoUseForAnIdentityProvider() {
        SharingProfile bearer = bearer(Instant.MAX.minusSeconds(1));

        assertThatIllegalStateException()
                .isThrownBy(() -> RecipientTokens.builder(bearer).audience("a").build())
                .withMessageContaining("audience");
        assertThatIllegalStateException()
                .isThrownBy(() -> RecipientTokens.builder(bearer).buildIdpTokenSource());
    }

    @Test
    void grantIsSignedWithTheProfilesKey(@TempDir Path folder) throws Exception {
        issue();
        Path pem = folder.resolve("key.pem");
        Files.writeString(pem, newKey());

        assertThat(RecipientTokens.of(privateKey(pem)).token().value()).isEqualTo(jwt);

        String form = idp.last().body();
        assertThat(form).contains("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer");
        assertThat(idp.last().headers()).doesNotContainKey("Authorization");
        assertThat(Jwts.payload(form.replaceAll(".*assertion=([^&]*).*", "$1")))
                .contains("\"iss\":\"id\"")
                .contains("\"aud\":\"https://idp.example.com/\"")
                .contains("\"resource\":[\"sharing\"]")
                .contains("\"scope\":\"read\"");
    }

    @Test
    void keyThatCannotBeReadIsNamedByItsFile(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("none.pem");
        Path garbage = Files.writeString(folder.resolve("garbage.pem"), "private-key-material");

        for (Path file : new Path[] {missing, garbage}) {
            IdpTokenException refused = catchThrowableOfType(
                    IdpTokenException.class,
                    () -> RecipientTokens.of(privateKey(file)).token());

            assertThat(refused.code()).isEqualTo("IDP_CREDENTIAL_UNREADABLE");
            assertThat(refused)
                    .hasMessageContaining(file.getFileName().toString())
                    .hasMessageNotContaining("private-key-material");
        }
        assertThat(idp.requests()).isEmpty();
    }

    private void issue() {
        idp.at("/token", json(200, Jwts.issued(jwt, HOUR)));
    }

    private String basic() {
        String header = idp.last().header("Authorization");
        return new String(Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8);
    }

    private SharingProfile client(String id, String secret, String scope) {
        return SharingProfile.parse("{\"shareCredentialsVersion\":2,\"type\":\"oauth_client_credentials\",\"endpoint\":"
                + "\"https://sharing.example.com\",\"tokenEndpoint\":\"" + idp.uri() + "/token\",\"clientId\":\"" + id
                + "\",\"clientSecret\":\"" + secret + "\",\"scope\":\"" + scope + "\"}");
    }

    private SharingProfile privateKey(Path pem) {
        return SharingProfile.parse(PRIVATE_KEY_PROFILE
                .replace("https://idp.example.com/token", idp.uri() + "/token")
                .replace("\"key.pem\"", "\"" + pem + "\",\"keyId\":\"k1\""));
    }

    private static SharingProfile bearer(Instant end) {
        return SharingProfile.parse("{\"shareCredentialsVersion\":1,\"endpoint\":\"https://sharing.example.com\","
                + "\"bearerToken\":\"provider-token\""
                + (end.getEpochSecond() > 1e12 ? "" : ",\"expirationTime\":\"" + end + "\"")
                + "}");
    }

    private static String newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        String der = Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + der + "\n-----END PRIVATE KEY-----\n";
    }
}
