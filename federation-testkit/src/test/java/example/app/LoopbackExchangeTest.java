// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.ExchangeAssertions.NO_POLICY;
import static example.app.ExchangeAssertions.assertExchanged;
import static example.app.ExchangeAssertions.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import example.app.Web.Answer;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.SigningAlgorithm;
import io.tokenfederation.testkit.UserToken;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopbackExchangeTest {
    private final Federation federation = new Federation();
    private final LoopbackIdp idp = federation.idp;
    private final LoopbackDatabricks databricks = federation.databricks;

    @AfterEach
    void close() {
        federation.close();
    }

    @Test
    void aMatchingTokenIsExchangedForOneThatEndsWithIt() throws Exception {
        Answer answer = federation.exchange(
                federation.subjectToken().expiresIn(Duration.ofSeconds(777)).sign());

        assertThat(answer.status()).isEqualTo(200);
        JsonNode reply = answer.json();
        assertThat(reply.properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("access_token", "scope", "token_type", "expires_in");
        assertThat(reply.path("scope").asText()).isEqualTo("all-apis");
        assertThat(reply.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(reply.path("expires_in").asLong()).isEqualTo(777);
        JsonNode claims = Web.claims(reply.path("access_token").asText());
        assertThat(claims.path("exp").asLong())
                .isEqualTo(FakeClock.START.plusSeconds(777).getEpochSecond());
        assertThat(claims.path("sub").asText()).isEqualTo(federation.west.toString());
    }

    @Test
    void exchangesAreCounted() throws Exception {
        ServicePrincipal east = databricks.servicePrincipal("sales-east");

        federation.token();
        federation.token();
        federation.exchange("no JWT");

        assertThat(databricks.exchangeRequests()).isEqualTo(3);
        assertThat(databricks.exchanges()).isEqualTo(2);
        assertThat(databricks.exchanges(federation.west)).isEqualTo(2);
        assertThat(databricks.exchanges(east)).isZero();
    }

    @Test
    void anEs256TokenIsTaken() throws Exception {
        assertExchanged(federation, federation.subjectToken().sign(SigningAlgorithm.ES256));
    }

    @Test
    void oneListedAudienceIsEnough() throws Exception {
        assertExchanged(
                federation,
                idp.userToken(Federation.SUBJECT)
                        .audience("https://elsewhere")
                        .audience(Federation.AUDIENCE)
                        .sign());
    }

    @Test
    void aTokenThatIsNotSignedByItsIssuerWithAnAllowedAlgorithmIsRefused() throws Exception {
        String proper = federation.subjectToken().sign();
        String cut = proper.substring(0, proper.lastIndexOf('.') + 1);

        for (String jwt : List.of(
                federation.subjectToken().signedWithUnknownKey(),
                federation.subjectToken().unsigned(),
                federation.subjectToken().hs256WithPublicKey(),
                federation.subjectToken().sign(SigningAlgorithm.PS256),
                federation.subjectToken().sign(SigningAlgorithm.HS256),
                cut,
                cut + "AAAA",
                "opaque",
                "")) {
            assertRefused(federation.exchange(jwt), NO_POLICY);
        }
        assertThat(databricks.exchanges()).isZero();
    }

    @Test
    void aTokenOutsideItsTimesIsRefused() throws Exception {
        long now = FakeClock.START.getEpochSecond();

        for (UserToken token : List.of(
                federation.subjectToken().expiresIn(Duration.ZERO),
                federation.subjectToken().expiresIn(Duration.ofSeconds(-1)),
                federation.subjectToken().claim("exp", "tomorrow"),
                federation.subjectToken().claim("nbf", now + 1),
                federation.subjectToken().claim("iat", now + 1))) {
            assertRefused(federation.exchange(token.sign()), NO_POLICY);
        }
        assertExchanged(
                federation,
                federation
                        .subjectToken()
                        .expiresIn(Duration.ofSeconds(1))
                        .claim("nbf", now)
                        .sign());
    }

    @Test
    void theClientIdAloneDecidesBetweenEqualPolicies() throws Exception {
        ServicePrincipal east = databricks.servicePrincipal("sales-east");
        databricks.policy(east, federation.policy().build());
        Map<String, String> form = federation.form(federation.subjectToken().sign());
        form.put("client_id", east.toString());

        String token = federation.exchange(form).json().path("access_token").asText();

        assertThat(federation.me(token).json().path("userName").asText()).isEqualTo(east.toString());
    }

    @Test
    void theAccountsEndpointExchangesToo() throws Exception {
        Map<String, String> form = federation.form(federation.subjectToken().sign());

        Answer own = Web.postForm(federation.at("/oidc/accounts/" + databricks.accountId() + "/v1/token"), form);
        Answer foreign = Web.postForm(federation.at("/oidc/accounts/" + UUID.randomUUID() + "/v1/token"), form);

        assertThat(own.status()).isEqualTo(200);
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(databricks.exchangeRequests()).isEqualTo(1);
    }

    @Test
    void theTokenEndpointFailsOnDemandAndTheRestApiDoesNot() throws Exception {
        String token = federation.token();
        databricks.tokenEndpoint().failNext(1, Fault.rateLimited(Duration.ofSeconds(3)));

        Answer limited = federation.exchange(federation.subjectToken().sign());
        Answer me = federation.me(token);

        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.header("Retry-After")).isEqualTo("3");
        assertThat(limited.json().path("error_code").asText()).isEqualTo("REQUEST_LIMIT_EXCEEDED");
        assertThat(me.status()).isEqualTo(200);
        assertThat(databricks.exchangeRequests()).isEqualTo(2);
    }
}
