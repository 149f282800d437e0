// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.SigningKey;
import io.tokenfederation.okta.OktaTokenSource;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.OktaRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The examples of the guide to Okta, as they stand there, up to a Databricks token. */
class OktaGuideTest {
    private static final String AUDIENCE = "https://adb-1234567890123456.7.azuredatabricks.net";

    private final LoopbackIdp okta = LoopbackIdp.okta().start();
    private final LoopbackDatabricks databricks = LoopbackDatabricks.builder().start();
    private final ServicePrincipal principal = databricks.servicePrincipal("west", "west-group");
    private final String domain = OktaRules.of(okta).domain();

    @AfterEach
    void close() {
        databricks.close();
        okta.close();
    }

    @Test
    void secretWillDo() {
        okta.m2mClient("backend", "s3cret");

        assertExchanged(bySecret(domain, "backend", "s3cret"));
    }

    @Test
    void privateKeyWillDo() {
        PemPair pair = PemPair.rsa();
        okta.m2mClientWithKey("backend", pair.publicKey());

        assertExchanged(byKey(domain, "backend", pair.privateKey(), "kid-1"));
    }

    @Test
    void customDomainWillDo() {
        okta.m2mClient("backend", "s3cret");

        assertExchanged(
                underACustomDomain(domain.replace("127.0.0.1", "localhost"), okta.issuer(), "backend", "s3cret"));
    }

    private static IdpTokenSource bySecret(String domain, String id, String secret) {
        IdpTokenSource idp = OktaTokenSource.builder()
                .domain(domain) // dev-1.okta.com: the host alone, without -admin
                .authorizationServer("default")
                .clientId(id)
                .clientSecret(secret)
                .scopes("databricks")
                .expectedAudience("https://adb-1234567890123456.7.azuredatabricks.net")
                .build();
        return idp;
    }

    private static IdpTokenSource byKey(String domain, String id, String pem, String kid) {
        SigningKey key = SigningKey.fromPem(pem).keyId(kid); // the KID that Okta shows
        IdpTokenSource idp = OktaTokenSource.builder()
                .domain(domain)
                .clientId(id)
                .privateKey(key)
                .scopes("databricks")
                .build();
        return idp;
    }

    private static IdpTokenSource underACustomDomain(String customDomain, String issuer, String id, String secret) {
        IdpTokenSource idp = OktaTokenSource.builder()
                .domain(customDomain) // login.example.com
                .issuer(issuer) // https://dev-1.okta.com/oauth2/default, as the JWTs and the federation policy say
                .clientId(id)
                .clientSecret(secret)
                .scopes("databricks")
                .build();
        return idp;
    }

    private void assertExchanged(IdpTokenSource idp) {
        okta.api(AUDIENCE).grant("backend", AUDIENCE, "databricks");
        databricks.policy(principal, Deployment.policy(okta.issuer(), AUDIENCE, okta.subjectOf("backend")));

        assertThat(exchanged(databricks.workspaceUrl().toString(), idp, principal.toString()))
                .isNotNull();
    }

    private static DatabricksToken exchanged(String workspace, IdpTokenSource idp, String applicationId) {
        DatabricksTokenExchanger databricks = DatabricksTokenExchanger.builder()
                .workspace(workspace) // https://adb-1234567890123456.7.azuredatabricks.net
                .idpTokenSource(idp)
                .build();
        DatabricksToken token = databricks.tokenFor(ServicePrincipal.of(applicationId)); // a UUID
        return token;
    }
}
