// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import example.app.Portal.Vendor;
import example.app.Web.Answer;
import io.tokenfederation.testkit.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LoopbackCodeGrantTest {
    private final FakeClock clock = new FakeClock();
    private final Portal portal = new Portal(Vendor.OIDC, clock);

    @AfterEach
    void close() {
        portal.close();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void theIdTokenIsForTheApplicationAndThisLogin(Vendor vendor) throws Exception {
        try (Portal other = new Portal(vendor, clock)) {
            String code = other.code();
            clock.advance(Duration.ofSeconds(30));

            Answer answer = other.redeem(code, Map.of());

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            JsonNode claims = Web.claims(answer.json().path("id_token").asText());
            assertThat(claims.path("iss").asText()).isEqualTo(other.idp().issuer());
            assertThat(claims.path("aud").asText()).isEqualTo(Portal.CLIENT);
            assertThat(claims.path("nonce").asText()).isEqualTo("n-0S6_WzA2Mj");
            assertThat(claims.path("sub").asText()).isNotEmpty();
            assertThat(claims.path("auth_time").asLong()).isEqualTo(FakeClock.START.getEpochSecond());
            assertThat(claims.path("iat").asLong()).isEqualTo(FakeClock.START.getEpochSecond() + 30);
            assertThat(claims.path("exp").asLong()).isEqualTo(FakeClock.START.getEpochSecond() + 3630);
            assertThat(claims.path("name").asText()).isEqualTo("Sarah");
            assertThat(claims.path("at_hash").asText())
                    .isEqualTo(Hash.leftHalf(answer.json().path("access_token").asText()));
        }
    }

    @Test
    void theIdTokenIsSignedWithAPublishedKeyAlsoAfterARotation() throws Exception {
        portal.idp().rotateKeys();

        SignedJWT jwt = SignedJWT.parse(portal.tokens().json().path("id_token").asText());

        URI jwks = URI.create(Web.get(URI.create(portal.idp().issuer() + "/.well-known/openid-configuration"))
                .json()
                .path("jwks_uri")
                .asText());
        JWKSet keys = JWKSet.parse(Web.get(jwks).text());
        assertThat(jwt.verify(new RSASSAVerifier(
                        keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey())))
                .isTrue();
    }

    @Test
    void withoutNonceThereIsNoneAndWithoutOpenidNoIdToken() throws Exception {
        String plain = portal.login(Map.of("nonce", "")).get("code");
        String noOpenid = Web.query(portal.authorize(Map.of("scope", "read")).header("Location"))
                .get("code");

        assertThat(Web.claims(portal.redeem(plain, Map.of())
                                .json()
                                .path("id_token")
                                .asText())
                        .has("nonce"))
                .isFalse();
        JsonNode reply = portal.redeem(noOpenid, Map.of()).json();
        assertThat(reply.has("id_token")).isFalse();
        assertThat(reply.has("refresh_token")).isFalse();
        assertThat(reply.path("scope").asText()).isEqualTo("read");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            code_verifier | another-verifier-of-the-portal_0123456789.abcdefg | 400 | invalid_grant
            code_verifier | short                              | 400 | invalid_grant
            code_verifier |                                    | 400 | invalid_request
            redirect_uri  | http://localhost:5173/callback/    | 400 | invalid_grant
            redirect_uri  |                                    | 400 | invalid_request
            client_id     | other                              | 400 | invalid_grant
            client_id     | nobody                             | 401 | invalid_client
            client_id     | backend                            | 400 | unauthorized_client
            client_id     |                                    | 401 | invalid_client
            code          | made-up                            | 400 | invalid_grant
            code          |                                    | 400 | invalid_request
            client_secret | secret                             | 401 | invalid_client
            """)
    void aCodeIsBoundToItsRequest(String parameter, String value, int status, String error) throws Exception {
        portal.idp().m2mClient("backend", "secret");

        Answer answer = portal.redeem(portal.code(), Map.of(parameter, value == null ? "" : value));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("error").asText()).isEqualTo(error);
        assertThat(answer.json().has("access_token")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void everyProviderRefusesAWrongVerifierAndAnotherClient(Vendor vendor) throws Exception {
        try (Portal other = new Portal(vendor, clock)) {
            String stolen = other.code();
            String again =
                    Web.query(other.authorize(Map.of()).header("Location")).get("code");

            Answer verifier = other.redeem(stolen, Map.of("code_verifier", "x".repeat(43)));
            Answer client = other.redeem(again, Map.of("client_id", "other"));

            assertThat(verifier.json().path("error").asText()).isEqualTo("invalid_grant");
            assertThat(client.json().path("error").asText()).isEqualTo("invalid_grant");
        }
    }

    @Test
    void aWrongVerifierUsesTheCodeUp() throws Exception {
        String code = portal.code();
        portal.redeem(code, Map.of("code_verifier", "x".repeat(43)));

        assertThat(portal.redeem(code, Map.of()).json().path("error").asText()).isEqualTo("invalid_grant");
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void aCodeIsGoodForSixtySeconds(Vendor vendor) throws Exception {
        try (Portal other = new Portal(vendor, clock)) {
            String inTime = other.code();
            clock.advance(Duration.ofSeconds(59));
            Answer redeemed = other.redeem(inTime, Map.of());
            String late =
                    Web.query(other.authorize(Map.of()).header("Location")).get("code");
            clock.advance(Duration.ofSeconds(60));
            Answer expired = other.redeem(late, Map.of());

            assertThat(redeemed.status()).isEqualTo(200);
            assertThat(expired.json().path("error").asText()).isEqualTo("invalid_grant");
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void aCodeThatComesTwiceTakesAllItsTokensBack(Vendor vendor) throws Exception {
        try (Portal other = new Portal(vendor, clock)) {
            String code = other.code();
            JsonNode tokens = other.redeem(code, Map.of()).json();

            Answer replayed = other.redeem(code, Map.of());

            assertThat(replayed.json().path("error").asText()).isEqualTo("invalid_grant");
            assertThat(other.refresh(tokens.path("refresh_token").asText(), Map.of())
                            .json()
                            .path("error")
                            .asText())
                    .isEqualTo("invalid_grant");
            Answer userInfo = Web.get(
                    other.idp().login().userInfoEndpoint(),
                    "Authorization",
                    "Bearer " + tokens.path("access_token").asText());
            assertThat(userInfo.status()).isEqualTo(401);
        }
    }

    @Test
    void refreshTokensRotate() throws Exception {
        JsonNode first = portal.tokens().json();
        clock.advance(Duration.ofMinutes(10));

        JsonNode second =
                portal.refresh(first.path("refresh_token").asText(), Map.of()).json();
        Answer third = portal.refresh(second.path("refresh_token").asText(), Map.of());

        assertThat(third.status()).isEqualTo(200);
        JsonNode idToken = Web.claims(second.path("id_token").asText());
        assertThat(idToken.path("auth_time").asLong()).isEqualTo(FakeClock.START.getEpochSecond());
        assertThat(idToken.path("iat").asLong()).isEqualTo(FakeClock.START.getEpochSecond() + 600);
        assertThat(idToken.has("nonce")).isFalse();
        assertThat(Web.claims(second.path("access_token").asText()).path("exp").asLong())
                .isEqualTo(FakeClock.START.getEpochSecond() + 900);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void aRefreshTokenThatComesTwiceEndsTheWholeLine(Vendor vendor) throws Exception {
        try (Portal other = new Portal(vendor, clock)) {
            String first = other.tokens().json().path("refresh_token").asText();
            String second =
                    other.refresh(first, Map.of()).json().path("refresh_token").asText();

            Answer reused = other.refresh(first, Map.of());
            Answer newest = other.refresh(second, Map.of());

            assertThat(second).isNotEmpty().isNotEqualTo(first);
            assertThat(reused.json().path("error").asText()).isEqualTo("invalid_grant");
            assertThat(newest.json().path("error").asText()).isEqualTo("invalid_grant");
        }
    }

    @Test
    void aRefreshTokenIsOfOneApplicationAndForADay() throws Exception {
        String stolen = portal.tokens().json().path("refresh_token").asText();
        String old = portal.redeem(
                        Web.query(portal.authorize(Map.of()).header("Location")).get("code"), Map.of())
                .json()
                .path("refresh_token")
                .asText();

        Answer ofAnother = portal.refresh(stolen, Map.of("client_id", "other"));
        clock.advance(Duration.ofDays(1));
        Answer expired = portal.refresh(old, Map.of());

        assertThat(ofAnother.json().path("error").asText()).isEqualTo("invalid_grant");
        assertThat(expired.json().path("error").asText()).isEqualTo("invalid_grant");
    }

    @Test
    void aRefreshMayAskForLessButNotForMore() throws Exception {
        String code =
                portal.login(Map.of("scope", "openid offline_access read")).get("code");
        String first =
                portal.redeem(code, Map.of()).json().path("refresh_token").asText();

        Answer less = portal.refresh(first, Map.of("scope", "read"));
        Answer more = portal.refresh(less.json().path("refresh_token").asText(), Map.of("scope", "read profile"));

        assertThat(less.json().path("scope").asText()).isEqualTo("read");
        assertThat(less.json().has("id_token")).isFalse();
        assertThat(more.json().path("error").asText()).isEqualTo("invalid_scope");
    }

    @Test
    void withoutOfflineAccessThereIsNoRefreshToken() throws Exception {
        String code = portal.login(Map.of("scope", "openid read")).get("code");

        assertThat(portal.redeem(code, Map.of()).json().has("refresh_token")).isFalse();
    }

    @Test
    void faultsAndForgeriesStrikeLoginsToo() throws Exception {
        portal.idp().login().faults().failNext(1, Fault.status(503));
        Answer failed = portal.authorize(Map.of());
        portal.idp().login().idTokenForgery().claim("nonce", "another").omit("auth_time");
        String code = portal.code();
        portal.idp().failNext(1, Fault.status(500));
        Answer refused = portal.redeem(code, Map.of());

        JsonNode claims =
                Web.claims(portal.redeem(code, Map.of()).json().path("id_token").asText());

        assertThat(failed.status()).isEqualTo(503);
        assertThat(refused.status()).isEqualTo(500);
        assertThat(claims.path("nonce").asText()).isEqualTo("another");
        assertThat(claims.has("auth_time")).isFalse();
        assertThat(portal.idp().login().requests()).isEqualTo(2);
    }
}
