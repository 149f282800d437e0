// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.ClientAssertion;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.SigningKey;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the guide to any OIDC provider, as they stand there. */
class OidcGuideTest {
    @Test
    void sourceOfAnyIssuer() throws IOException {
        try (LoopbackIdp provider = LoopbackIdp.auth0().start()) {
            provider.api("https://adb-1.example.com")
                    .m2mClient("backend", "secret")
                    .grant("backend", "https://adb-1.example.com");
            IdpTokenSource source = source(provider.issuer(), "backend", "secret", "https://adb-1.example.com");

            FederationPolicy policy = shown(source);

            assertThat(policy.issuer()).isEqualTo(provider.issuer());
            assertThat(policy.audiences()).containsExactly("https://adb-1.example.com");
            assertThat(policy.subject()).contains("backend@clients");
            try (LoopbackDatabricks databricks = LoopbackDatabricks.builder().start()) {
                ServicePrincipal principal = databricks.servicePrincipal("west");
                databricks.policy(principal, policy);

                assertThat(exchanged(databricks.workspaceUrl().toString(), source, principal.toString()))
                        .isNotNull();
            }
        }
    }

    @Test
    void keyInsteadOfASecret(@TempDir Path directory) throws IOException, NoSuchAlgorithmException {
        Path pemFile = directory.resolve("backend.pem");
        Files.writeString(pemFile, newKey());

        IdpTokenSource source = keyed("https://sso.example.com/realms/main", "backend", pemFile);

        assertThat(source).hasToString("OidcTokenSource[issuer https://sso.example.com/realms/main, client backend]");
    }

    private static DatabricksToken exchanged(String workspace, IdpTokenSource idp, String applicationId) {
        DatabricksTokenExchanger databricks = DatabricksTokenExchanger.builder()
                .workspace(workspace) // https://adb-1234567890123456.7.azuredatabricks.net
                .idpTokenSource(idp)
                .build();
        DatabricksToken token = databricks.tokenFor(ServicePrincipal.of(applicationId)); // a UUID
        return token;
    }

    private static IdpTokenSource source(String issuer, String id, String secret, String audience) {
        IdpTokenSource idp = OidcTokenSource.builder()
                .issuer(issuer) // what iss says, character for character: https://sso.example.com/realms/main
                .clientId(id)
                .clientSecret(secret)
                .audience(audience) // only where the provider reads it: Keycloak does not
                .build();
        return idp;
    }

    private static IdpTokenSource keyed(String issuer, String id, Path pemFile) throws IOException {
        SigningKey key = SigningKey.fromPem(Files.readString(pemFile)).keyId("2026-11");
        IdpTokenSource idp = OidcTokenSource.builder()
                .issuer(issuer)
                .clientId(id)
                .clientAssertion(ClientAssertion.signedBy(key))
                .build();
        return idp;
    }

    private static FederationPolicy shown(IdpTokenSource idp) throws IOException {
        IdpToken token = idp.mint();
        System.out.println(FederationPolicy.matching(token)); // its iss, one aud, its sub: no secret
        return FederationPolicy.matching(token);
    }

    private static String newKey() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
    }
}
