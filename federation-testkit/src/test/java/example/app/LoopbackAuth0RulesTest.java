// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import example.app.Web.Answer;
import io.tokenfederation.testkit.Auth0Rules;
import io.tokenfederation.testkit.LoopbackIdp;
import java.net.URI;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackAuth0RulesTest {
    private static final String WORKSPACE = "https://adb-1.azuredatabricks.net";

    private final FakeClock clock = new FakeClock();
    private final LoopbackIdp idp = LoopbackIdp.auth0().clock(clock).start();
    private final Auth0Rules rules = Auth0Rules.of(idp);

    @BeforeEach
    void register() throws Exception {
        idp.api(WORKSPACE).m2mClient("backend", "secret").grant("backend", WORKSPACE);
        idp.m2mClientWithKey("signer", Signer.publicKeyPem()).grant("signer", WORKSPACE);
    }

    @AfterEach
    void close() {
        idp.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "PS256"})
    void anAssertionForTheIssuerIsGoodOnce(String algorithm) throws Exception {
        String assertion = Signer.sign(
                JWSAlgorithm.parse(algorithm),
                Signer.claims("signer", idp.issuer()).build(),
                header -> {});

        Answer first = present(assertion);
        Answer second = present(assertion);

        assertThat(Web.claims(token(first)).path("sub").asText()).isEqualTo("signer@clients");
        assertThat(second.status()).isEqualTo(401);
        assertThat(second.json().path("error").asText()).isEqualTo("invalid_client");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no slash", "endpoint", "too long", "expired", "no id", "RS512", "another's"})
    void anAssertionThatBreaksARuleIsRefused(String flaw) throws Exception {
        String audience = flaw.equals("endpoint")
                ? idp.tokenEndpoint().toString()
                : flaw.equals("no slash") ? idp.issuer().replaceAll("/$", "") : idp.issuer();
        JWTClaimsSet.Builder claims = Signer.claims(flaw.equals("another's") ? "backend" : "signer", audience);
        if (flaw.equals("no id")) {
            claims.jwtID(null);
        }
        // Ten seconds of patience on either side.
        long seconds = flaw.equals("too long") ? 311 : flaw.equals("expired") ? -11 : 60;
        claims.expirationTime(Date.from(FakeClock.START.plusSeconds(seconds)));
        JWSAlgorithm algorithm = flaw.equals("RS512") ? JWSAlgorithm.RS512 : JWSAlgorithm.RS256;

        Answer answer = present(Signer.sign(algorithm, claims.build(), header -> {}));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(idp.tokensIssued()).isZero();
    }

    @Test
    void aClientWithAKeyHasNoSecretToShow() throws Exception {
        Map<String, String> form = new HashMap<>(Map.of("client_id", "signer", "client_secret", "secret"));

        assertThat(ask(idp.tokenEndpoint(), form).status()).isEqualTo(401);
    }

    @Test
    void theRfc9068ProfileHasOtherClaimsAndAnotherType() throws Exception {
        rules.tokenDialect(WORKSPACE, "rfc9068_profile_authz");

        String jwt = token(ask());

        JsonNode claims = Web.claims(jwt);
        assertThat(SignedJWT.parse(jwt).getHeader().getType()).hasToString("at+jwt");
        assertThat(claims.path("client_id").asText()).isEqualTo("backend");
        assertThat(claims.path("jti").asText()).isNotEmpty();
        assertThat(claims.has("gty")).isFalse();
        assertThat(claims.has("azp")).isFalse();
        assertThat(claims.path("permissions").isArray()).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> rules.tokenDialect(WORKSPACE, "jwt"));
    }

    @Test
    void agentSubjectsHaveNoSuffix() throws Exception {
        rules.agentSubjects(WORKSPACE);

        assertThat(Web.claims(token(ask())).path("sub").asText()).isEqualTo("backend");
    }

    @Test
    void theIssuerFollowsACustomDomainOnly() throws Exception {
        URI alias = URI.create(idp.tokenEndpoint().toString().replace("127.0.0.1", "localhost"));

        String before = issuer(ask(alias, secret()));
        rules.customDomain("localhost");
        String byAlias = issuer(ask(alias, secret()));
        String byAddress = issuer(ask());

        assertThat(before).isEqualTo(idp.issuer());
        assertThat(byAlias).isEqualTo(idp.issuer().replace("127.0.0.1", "localhost"));
        assertThat(byAddress).isEqualTo(idp.issuer());
    }

    @Test
    void aQuotaIsToldAndKeptUntilTheHourEnds() throws Exception {
        rules.hourlyQuota("backend", 2);

        Answer first = ask();
        Answer second = ask();
        Answer third = ask();
        clock.advance(Duration.ofHours(1));
        Answer nextHour = ask();

        long left = Duration.ofHours(1).minus(Duration.ofSeconds(4 * 60 + 5)).toSeconds();
        assertThat(first.header("Auth0-Client-Quota-Limit")).isEqualTo("b=per_hour;q=2;r=1;t=" + left);
        assertThat(second.header("Auth0-Client-Quota-Limit")).isEqualTo("b=per_hour;q=2;r=0;t=" + left);
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.header("Retry-After")).isEqualTo(Long.toString(left));
        assertThat(third.json().path("error_description").asText()).isEqualTo("Client quota exceeded");
        assertThat(nextHour.status()).isEqualTo(200);
    }

    private Answer ask() throws Exception {
        return ask(idp.tokenEndpoint(), secret());
    }

    private static Map<String, String> secret() {
        return Map.of("client_id", "backend", "client_secret", "secret");
    }

    private Answer present(String assertion) throws Exception {
        return ask(idp.tokenEndpoint(), Signer.form(assertion));
    }

    private static Answer ask(URI endpoint, Map<String, String> credential) throws Exception {
        Map<String, String> form = new HashMap<>(credential);
        form.put("grant_type", "client_credentials");
        form.put("audience", WORKSPACE);
        return Web.postForm(endpoint, form);
    }

    private static String issuer(Answer answer) {
        return Web.claims(token(answer)).path("iss").asText();
    }

    private static String token(Answer answer) {
        return answer.json().path("access_token").asText();
    }
}
