// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.SigningKey;
import io.tokenfederation.auth0.Auth0TokenSource;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The examples of the guide to Auth0 for the application's own JWT, as they stand there, up to a Databricks token. */
class Auth0GuideTest {
    private static final String AUDIENCE = "https://adb-1234567890123456.7.azuredatabricks.net";

    private final LoopbackIdp auth0 = LoopbackIdp.auth0().start();
    private final LoopbackDatabricks databricks = LoopbackDatabricks.builder().start();
    private final ServicePrincipal principal = databricks.servicePrincipal("west", "west-group");

    @AfterEach
    void close() {
        databricks.close();
        auth0.close();
    }

    @Test
    void secretWillDo() {
        auth0.m2mClient("backend", "s3cret");

        assertExchanged(bySecret(auth0.issuer(), "backend", "s3cret"));
    }

    @Test
    void privateKeyWillDo() {
        PemPair pair = PemPair.rsa();
        auth0.m2mClientWithKey("backend", pair.publicKey());

        assertExchanged(byKey(auth0.issuer(), "backend", pair.privateKey(), "key-1"));
    }

    private static IdpTokenSource bySecret(String domain, String id, String secret) {
        IdpTokenSource idp = Auth0TokenSource.builder()
                .domain(domain) // dev-1.us.auth0.com
                .clientId(id)
                .clientSecret(secret)
                .audience("https://adb-1234567890123456.7.azuredatabricks.net")
                .build();
        return idp;
    }

    private static IdpTokenSource byKey(String domain, String id, String pem, String keyId) {
        SigningKey key = SigningKey.fromPem(pem).keyId(keyId); // the Key ID that Auth0 shows
        IdpTokenSource idp = Auth0TokenSource.builder()
                .domain(domain)
                .clientId(id)
                .privateKey(key)
                .audience("https://adb-1234567890123456.7.azuredatabricks.net")
                .build();
        return idp;
    }

    private void assertExchanged(IdpTokenSource idp) {
        auth0.api(AUDIENCE).grant("backend", AUDIENCE);
        databricks.policy(principal, Deployment.policy(auth0.issuer(), AUDIENCE, auth0.subjectOf("backend")));
        DatabricksTokenExchanger exchanger = DatabricksTokenExchanger.builder()
                .workspace(databricks.workspaceUrl().toString())
                .idpTokenSource(idp)
                .build();

        assertThat(exchanger.tokenFor(principal)).isNotNull();
    }
}
