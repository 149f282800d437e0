// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import example.app.LoopbackSite.Page;
import io.tokenfederation.SigningKey;
import io.tokenfederation.mcp.McpAuthorization;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code private_key_jwt}: an assertion of the application's own. */
class McpAuthorizationKeyTest {
    private AuthorizedWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new AuthorizedWorld();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({
        "EC, '', ES256, SHA256withECDSAinP1363Format",
        "EC, '\"RS256\",\"ES256\"', ES256, SHA256withECDSAinP1363Format",
        "RSA, '', RS256, SHA256withRSA",
        "RSA, '\"ES256\",\"RS384\"', RS384, SHA384withRSA"
    })
    void keySignsAsTheIssuerWantsAndForTheIssuerAlone(String kind, String taken, String algorithm, String verifier)
            throws Exception {
        KeyPair pair = pair(kind);
        String metadata = world.metadata("client_secret_basic", "private_key_jwt");
        world.issuer.on(AuthorizedWorld.AS, Page.json(taken.isEmpty() ? metadata : withAlgorithms(metadata, taken)));
        McpClient mcp = world.client(McpAuthorization.clientCredentials("app-1", SigningKey.fromPem(pem(pair))));
        mcp.callTool("query", Map.of());
        world.valid.clear();
        mcp.callTool("query", Map.of());

        Map<String, String> form = world.tokenRequests().get(0).form();
        String assertion = form.get("client_assertion");
        JsonNode claims = part(assertion, 1);
        assertThat(form)
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .doesNotContainKeys("client_id", "client_secret");
        assertThat(part(assertion, 0).path("alg").asText()).isEqualTo(algorithm);
        assertThat(verifies(assertion, pair, verifier)).isTrue();
        assertThat(claims.path("iss").asText()).isEqualTo("app-1");
        assertThat(claims.path("sub").asText()).isEqualTo("app-1");
        assertThat(claims.path("aud").asText()).isEqualTo(world.issuer.url(""));
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(60);
        assertThat(part(world.tokenRequests().get(1).form().get("client_assertion"), 1)
                        .path("jti"))
                .isNotEqualTo(claims.path("jti"));
    }

    @Test
    void keyThatCanSignInNoWayTheIssuerTakesIsSaid() throws Exception {
        world.issuer.on(
                AuthorizedWorld.AS,
                Page.json(withAlgorithms(world.metadata("private_key_jwt"), "\"ES256\",\"EdDSA\"")));

        McpException failure = Failures.ofCall(
                world.client(McpAuthorization.clientCredentials("app-1", SigningKey.fromPem(pem(pair("RSA"))))));

        assertThat(failure.code()).isEqualTo("MCP_AUTH_METHOD_UNSUPPORTED");
        assertThat(failure).hasMessageContaining("ES256, EdDSA").hasMessageContaining("RS256");
        assertThat(world.tokenRequests()).isEmpty();
    }

    private static String withAlgorithms(String metadata, String algorithms) {
        return metadata.replace("}", ",\"token_endpoint_auth_signing_alg_values_supported\":[" + algorithms + "]}");
    }

    private static JsonNode part(String jwt, int index) {
        return AuthorizedWorld.read(
                new String(Base64.getUrlDecoder().decode(jwt.split("\\.")[index]), StandardCharsets.UTF_8));
    }

    private static boolean verifies(String jwt, KeyPair pair, String verifier) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(verifier);
        signature.initVerify(pair.getPublic());
        signature.update(jwt.substring(0, jwt.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(jwt.split("\\.")[2]));
    }

    private static KeyPair pair(String kind) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        if (kind.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else {
            generator.initialize(2_048);
        }
        return generator.generateKeyPair();
    }

    private static String pem(KeyPair pair) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }
}
