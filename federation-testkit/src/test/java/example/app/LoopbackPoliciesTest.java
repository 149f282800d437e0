// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.ExchangeAssertions.NO_POLICY;
import static example.app.ExchangeAssertions.assertExchanged;
import static example.app.ExchangeAssertions.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import example.app.Web.Answer;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.SigningAlgorithm;
import io.tokenfederation.testkit.UserToken;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopbackPoliciesTest {
    private final Federation federation = new Federation();
    private final LoopbackIdp idp = federation.idp;
    private final LoopbackDatabricks databricks = federation.databricks;

    @AfterEach
    void close() {
        federation.close();
    }

    @Test
    void anAccountPolicyTakesUsersByTheirName() throws Exception {
        databricks.user("sarah@example.com", "analysts");
        databricks.accountPolicy(FederationPolicy.builder()
                .issuer(idp.issuer())
                .subjectClaim("email")
                .build());
        UserToken known = idp.userToken("u").audience(databricks.accountId()).email("sarah@example.com");
        UserToken stranger = idp.userToken("u").audience(databricks.accountId()).email("eve@example.com");
        Map<String, String> form = federation.form(known.sign());
        form.remove("client_id");

        Answer taken = federation.exchange(form);
        form.put("subject_token", stranger.sign());
        Answer refused = federation.exchange(form);

        assertThat(federation
                        .me(taken.json().path("access_token").asText())
                        .json()
                        .path("userName")
                        .asText())
                .isEqualTo("sarah@example.com");
        assertRefused(refused, NO_POLICY);
    }

    @Test
    void keysMayComeFromThePolicyOrItsAddress() throws Exception {
        String keys =
                Web.get(URI.create(idp.issuer() + ".well-known/jwks.json")).text();
        idp.discovery().failAlways(Fault.status(500));
        databricks.removePolicies(federation.west);
        assertRefused(federation.exchange(federation.subjectToken().sign()), NO_POLICY);

        databricks.policy(federation.west, federation.policy().jwksJson(keys).build());
        assertExchanged(federation, federation.subjectToken().sign());

        databricks.removePolicies(federation.west);
        databricks.policy(
                federation.west,
                federation
                        .policy()
                        .jwksUri(URI.create(idp.issuer() + ".well-known/jwks.json"))
                        .build());
        assertExchanged(federation, federation.subjectToken().sign());
        assertThat(idp.discoveryRequests()).isZero();
    }

    @Test
    void pinnedKeysDoNotFollowARotation() throws Exception {
        String keys =
                Web.get(URI.create(idp.issuer() + ".well-known/jwks.json")).text();
        databricks.removePolicies(federation.west);
        databricks.policy(federation.west, federation.policy().jwksJson(keys).build());

        idp.rotateKeys();

        assertRefused(federation.exchange(federation.subjectToken().sign()), NO_POLICY);
    }

    @Test
    void aPolicyWithOldKeysDoesNotHideOneWithTheNew() throws Exception {
        String oldKeys =
                Web.get(URI.create(idp.issuer() + ".well-known/jwks.json")).text();
        databricks.removePolicies(federation.west);
        databricks.policy(federation.west, federation.policy().jwksJson(oldKeys).build());
        databricks.policy(federation.west, federation.policy().build());

        idp.rotateKeys();

        assertExchanged(federation, federation.subjectToken().sign());
    }

    @Test
    void aKeyThatFitsDoesNotMakeItsAlgorithmOneThatIsTaken() throws Exception {
        String keys = Web.get(URI.create(idp.issuer() + ".well-known/jwks.json"))
                .text()
                .replace("\"alg\":\"RS256\",", "")
                .replace(",\"alg\":\"RS256\"", "");
        databricks.removePolicies(federation.west);
        databricks.policy(federation.west, federation.policy().jwksJson(keys).build());

        Answer pss = federation.exchange(federation.subjectToken().sign(SigningAlgorithm.PS256));

        assertThat(keys).doesNotContain("RS256");
        assertRefused(pss, NO_POLICY);
        assertExchanged(federation, federation.subjectToken().sign());
    }

    @Test
    void anAccountPolicyIsNotForWhoeverSendsAClientId() throws Exception {
        ServicePrincipal east = databricks.servicePrincipal("sales-east");
        databricks.accountPolicy(FederationPolicy.builder()
                .issuer(idp.issuer())
                .audience(Federation.AUDIENCE)
                .build());
        Map<String, String> form = federation.form(
                idp.userToken(east.toString()).audience(Federation.AUDIENCE).sign());
        form.put("client_id", east.toString());

        Answer withClientId = federation.exchange(form);
        form.remove("client_id");
        Answer without = federation.exchange(form);

        assertRefused(withClientId, NO_POLICY);
        assertThat(without.status()).isEqualTo(200);
    }

    @Test
    void discoveredKeysAreKeptAndFollowARotation() throws Exception {
        assertExchanged(federation, federation.subjectToken().sign());
        assertExchanged(federation, federation.subjectToken().sign());
        long before = idp.jwksRequests();

        idp.rotateKeys();
        assertExchanged(federation, federation.subjectToken().sign());

        assertThat(before).isEqualTo(1);
        assertThat(idp.jwksRequests()).isEqualTo(2);
    }

    @Test
    void discoveryMustBeTheIssuersOwn() throws Exception {
        idp.discovery()
                .failAlways(Fault.status(200)
                        .body(
                                "application/json",
                                "{\"issuer\":\"https://evil.example.com/\",\"jwks_uri\":\"" + idp.issuer()
                                        + ".well-known/jwks.json\"}"));

        assertRefused(federation.exchange(federation.subjectToken().sign()), NO_POLICY);
        assertThat(idp.jwksRequests()).isZero();
    }

    @Test
    void anIssuerThatCannotBeAskedVerifiesNothing() throws Exception {
        idp.jwks().failAlways(Fault.cutConnection());

        assertRefused(federation.exchange(federation.subjectToken().sign()), NO_POLICY);
    }

    @Test
    void policiesAreLimitedAndCheckedForTheirKind() {
        FederationPolicy ofAccount =
                FederationPolicy.builder().issuer(idp.issuer()).build();
        databricks.policy(federation.west, federation.policy().build());
        for (int i = 0; i < 19; i++) {
            databricks.policy(
                    federation.west, federation.policy().subject("s" + i).build());
            databricks.accountPolicy(FederationPolicy.builder()
                    .issuer(idp.issuer())
                    .audience("a" + i)
                    .build());
        }
        databricks.accountPolicy(ofAccount);

        assertThatIllegalStateException()
                .isThrownBy(() -> databricks.policy(
                        federation.west, federation.policy().subject("s20").build()))
                .withMessageContaining("20");
        assertThatIllegalStateException()
                .isThrownBy(() -> databricks.accountPolicy(FederationPolicy.builder()
                        .issuer(idp.issuer())
                        .audience("a20")
                        .build()));
        assertThatIllegalArgumentException().isThrownBy(() -> databricks.policy(federation.west, ofAccount));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> databricks.accountPolicy(federation.policy().build()));
    }

    @Test
    void aDeletedServicePrincipalHasNoPoliciesAndNoTokens() throws Exception {
        String token = federation.token();

        databricks.delete(federation.west);

        assertRefused(federation.exchange(federation.subjectToken().sign()), NO_POLICY);
        assertThat(federation.me(token).status()).isEqualTo(403);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        databricks.policy(federation.west, federation.policy().build()));
    }
}
