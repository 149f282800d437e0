// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.deltasharing.SharingCredential;
import io.tokenfederation.deltasharing.SharingException;
import io.tokenfederation.deltasharing.SharingProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of profile there is, and what becomes of it. */
class SharingProfileTest {
    private static final String SECRET = "s3cret-of-the-profile";

    @Test
    void firstVersionHoldsABearerToken(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("config.share"),
                "{\"shareCredentialsVersion\":1,\"endpoint\":\"https://sharing.example.com/delta-sharing/\","
                        + "\"bearerToken\":\"" + SECRET
                        + "\",\"expirationTime\":\"2021-11-12T00:12:29.0Z\",\"icon\":\"x\"}");

        SharingProfile profile = SharingProfile.read(file);

        assertThat(profile.version()).isEqualTo(1);
        assertThat(profile.endpoint()).isEqualTo(URI.create("https://sharing.example.com/delta-sharing"));
        assertThat(profile.credential())
                .isEqualTo(
                        new SharingCredential.BearerToken(SECRET, Optional.of(Instant.parse("2021-11-12T00:12:29Z"))));
    }

    @Test
    void secondVersionHoldsABearerTokenToo() {
        assertThat(profile(2, "bearer_token", "\"bearerToken\":\"" + SECRET + "\"")
                        .credential())
                .isEqualTo(new SharingCredential.BearerToken(SECRET, Optional.empty()));
    }

    @Test
    void clientCredentialsKeepTheTokenEndpointAsItIs() {
        SharingProfile profile = profile(
                2,
                "OAuth_Client_Credentials",
                "\"tokenEndpoint\":\"https://idp.example.com/token/\",\"clientId\":\"id\",\"clientSecret\":\"" + SECRET
                        + "\",\"scope\":\"a/.default  b\"");

        assertThat(profile.credential())
                .isEqualTo(new SharingCredential.ClientCredentials(
                        URI.create("https://idp.example.com/token/"),
                        "id",
                        Optional.of(SECRET),
                        List.of("a/.default", "b")));
    }

    @Test
    void profileOfTheProvidersPortalNeedHoldNoSecret() {
        SharingProfile profile = profile(
                2,
                "oauth_client_credentials",
                "\"tokenEndpoint\":\"https://idp.example.com/token\",\"clientId\":\"id\",\"clientSecret\":\"\"");

        assertThat(((SharingCredential.ClientCredentials) profile.credential()).clientSecret())
                .isEmpty();
    }

    /** So that nobody takes it for a secret; where none is set otherwise, the tokens say which field it is. */
    @Test
    void placeForTheSecretIsNoSecret() {
        SharingProfile profile = profile(
                2,
                "oauth_client_credentials",
                "\"tokenEndpoint\":\"https://idp.example.com/token\",\"clientId\":\"id\","
                        + "\"clientSecret\":\"[REPLACE_WITH_YOUR_CLIENT_SECRET]\"");

        assertThat(((SharingCredential.ClientCredentials) profile.credential()).clientSecret())
                .isEmpty();
    }

    @Test
    void privateKeyIsNestedAndNotRead() {
        SharingProfile profile = profile(
                2,
                "oauth_jwt_bearer_private_key_jwt",
                "\"auth\":{\"tokenEndpoint\":\"https://idp.example.com/token\",\"issuer\":\"https://idp.example.com/\","
                        + "\"clientId\":\"id\",\"audience\":\"sharing\",\"scope\":\"read\",\"privateKey\":"
                        + "{\"privateKeyFile\":\"/no/such/key.pem\",\"keyId\":\"k1\",\"algorithm\":\"RS256\"}}");

        assertThat(profile.credential())
                .isEqualTo(new SharingCredential.PrivateKeyJwt(
                        URI.create("https://idp.example.com/token"),
                        new SharingCredential.GrantClaims("https://idp.example.com/", "id", "sharing", List.of("read")),
                        new SharingCredential.PrivateKeyFile(
                                Path.of("/no/such/key.pem"), Optional.of("k1"), Optional.of("RS256"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic", "persistent_oauth2.0", "oauth_authorization_code", "aws_iam"})
    void otherTypesAreRefusedByName(String type) {
        SharingException refused = SharingTable.failure(
                () -> profile(2, type, "\"username\":\"u\",\"password\":\"" + SECRET + "\",\"bearerToken\":\"x\""));

        assertThat(refused.code()).isEqualTo("SHARING_PROFILE_UNSUPPORTED");
        assertThat(refused).hasMessageContaining("'" + type + "'").hasMessageNotContaining(SECRET);
    }

    @Test
    void newerVersionIsRefusedByItsNumber() {
        SharingException refused = SharingTable.failure(() -> profile(3, "bearer_token", "\"bearerToken\":\"x\""));

        assertThat(refused.code()).isEqualTo("SHARING_PROFILE_UNSUPPORTED");
        assertThat(refused).hasMessageContaining("version 3");
    }

    @Test
    void typeOfTheSecondVersionIsNoneOfTheFirst() {
        SharingException refused = SharingTable.failure(() -> profile(
                1,
                "oauth_client_credentials",
                "\"tokenEndpoint\":\"https://idp.example.com/token\",\"clientId\":\"id\""));

        assertThat(refused.code()).isEqualTo("SHARING_PROFILE_UNSUPPORTED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | shareCredentialsVersion",
                "{'shareCredentialsVersion':true} | shareCredentialsVersion",
                "{'shareCredentialsVersion':0} | shareCredentialsVersion",
                "{'shareCredentialsVersion':1,'bearerToken':'x'} | endpoint",
                "{'shareCredentialsVersion':1,'endpoint':'http://sharing.example.com','bearerToken':'x'} | endpoint",
                "{'shareCredentialsVersion':1,'endpoint':'https://u:p@sharing.example.com','bearerToken':'x'} | endpoint",
                "{'shareCredentialsVersion':1,'endpoint':'https://sharing.example.com?a=b','bearerToken':'x'} | endpoint",
                "{'shareCredentialsVersion':1,'endpoint':'https://sharing.example.com'} | bearerToken",
                "{'shareCredentialsVersion':1,'endpoint':'https://sharing.example.com','bearerToken':'x y'} | bearerToken",
                "{'shareCredentialsVersion':1,'endpoint':'https://sharing.example.com','bearerToken':7} | bearerToken",
                "{'shareCredentialsVersion':1,'endpoint':'https://e.example.com','bearerToken':'YOUR_TOKEN'} | bearerToken",
                "{'shareCredentialsVersion':1,'endpoint':'https://e.example.com','bearerToken':'x','expirationTime':'soon'}"
                        + " | expirationTime",
                "{'shareCredentialsVersion':2,'endpoint':'https://sharing.example.com','bearerToken':'x'} | type",
                "{'shareCredentialsVersion':2,'type':'oauth_client_credentials','endpoint':'https://e.example.com'}"
                        + " | tokenEndpoint",
                "{'shareCredentialsVersion':2,'type':'oauth_jwt_bearer_private_key_jwt','endpoint':'https://e.example.com'}"
                        + " | auth"
            })
    void whatIsMissingOrWrongIsNamed(String json, String field) {
        SharingException refused = SharingTable.failure(() -> SharingProfile.parse(json.replace('\'', '"')));

        assertThat(refused.code()).isEqualTo("SHARING_PROFILE_INVALID");
        assertThat(refused).hasMessageContaining("'" + field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "no json: " + SECRET, "[1]", "{\"shareCredentialsVersion\":1} {\"a\":\"" + SECRET + "\"}"})
    void whatIsNoProfileIsNotQuoted(String text) {
        SharingException refused = SharingTable.failure(() -> SharingProfile.parse(text));

        assertThat(refused.code()).isEqualTo("SHARING_PROFILE_UNREADABLE");
        assertThat(refused).hasMessageNotContaining(SECRET).hasNoCause();
    }

    @Test
    void fileThatIsNotThereIsNamed(@TempDir Path folder) {
        SharingException refused = SharingTable.failure(() -> SharingProfile.read(folder.resolve("none.share")));

        assertThat(refused.code()).isEqualTo("SHARING_PROFILE_UNREADABLE");
        assertThat(refused).hasMessageContaining("none.share").hasMessageContaining("NoSuchFileException");
    }

    @Test
    void nothingSecretIsPrinted() {
        SharingProfile bearer = profile(1, "bearer_token", "\"bearerToken\":\"" + SECRET + "\"");
        SharingProfile client = profile(
                2,
                "oauth_client_credentials",
                "\"tokenEndpoint\":\"https://idp.example.com/token\",\"clientId\":\"id\",\"clientSecret\":\"" + SECRET
                        + "\"");

        assertThat(bearer + " " + client).doesNotContain(SECRET).contains("redacted");
    }

    private static SharingProfile profile(int version, String type, String fields) {
        return SharingProfile.parse("{\"shareCredentialsVersion\":" + version + ",\"type\":\"" + type
                + "\",\"endpoint\":\"https://sharing.example.com/delta-sharing\"," + fields + "}");
    }
}
