// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import example.app.Web.Answer;
import io.tokenfederation.IdpToken;
import io.tokenfederation.testkit.Auth0Rules;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.SigningAlgorithm;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopbackAuth0Test {
    private static final String WORKSPACE = "https://adb-1.azuredatabricks.net";
    private static final String SECRET = "s3cr+t/ &=:%";

    private final FakeClock clock = new FakeClock();
    private final LoopbackIdp idp = LoopbackIdp.auth0().clock(clock).start();

    @BeforeEach
    void register() {
        idp.api(WORKSPACE).m2mClient("backend", SECRET).grant("backend", WORKSPACE);
    }

    @AfterEach
    void close() {
        idp.close();
    }

    @Test
    void theM2mTokenHasTheClaimsOfAuth0() throws Exception {
        Answer answer = ask(Map.of());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("token_type").asText()).isEqualTo("Bearer");
        assertThat(answer.json().path("expires_in").asLong()).isEqualTo(86_400);
        long now = FakeClock.START.getEpochSecond();
        assertThat(Web.claims(token(answer)))
                .isEqualTo(
                        Web.json("{\"iss\":\"" + idp.issuer() + "\",\"sub\":\"backend@clients\",\"aud\":\"" + WORKSPACE
                                + "\",\"iat\":" + now + ",\"exp\":" + (now + 86_400)
                                + ",\"gty\":\"client-credentials\",\"azp\":\"backend\"}"));
    }

    @Test
    void theIssuerEndsInASlash() {
        assertThat(idp.issuer()).matches("http://127\\.0\\.0\\.1:\\d+/");
    }

    @Test
    void aJsonBodyWillDo() throws Exception {
        Answer answer = Web.postJson(idp.tokenEndpoint(), form(Map.of()));

        assertThat(IdpToken.parse(token(answer)).subject()).isEqualTo("backend@clients");
    }

    @Test
    void theSecretMayComeInABasicHeader() throws Exception {
        Map<String, String> form = Map.of("grant_type", "client_credentials", "audience", WORKSPACE);

        Answer right = Web.postForm(idp.tokenEndpoint(), form, "Authorization", Web.basic("backend", SECRET));
        Answer wrong = Web.postForm(idp.tokenEndpoint(), form, "Authorization", Web.basic("backend", "wrong"));
        Answer broken = Web.postForm(idp.tokenEndpoint(), form, "Authorization", "Basic ???");

        assertThat(right.status()).isEqualTo(200);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(broken.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            client_secret | wrong      | 401 | access_denied       | Unauthorized
            client_secret |            | 401 | access_denied       | Unauthorized
            client_id     | nobody     | 401 | access_denied       | Unauthorized
            client_id     | spa        | 403 | unauthorized_client | Grant type 'client_credentials' not allowed for the client.
            client_id     | stranger   | 403 | access_denied       | Client is not authorized to access "https://adb-1.azuredatabricks.net". You need to create a "client-grant" associated to this API.
            audience      | https://adb-1.azuredatabricks.net/ | 403 | access_denied | Service not enabled within domain: https://adb-1.azuredatabricks.net/
            grant_type    | password   | 403 | unsupported_grant_type | Unsupported grant type: password
            grant_type    |            | 400 | invalid_request     | Missing required parameter: grant_type
            scope         | write:all  | 403 | access_denied       | Client has not been granted scopes: write:all
            """)
    void aRequestThatBreaksARuleIsRefused(String field, String value, int status, String error, String description)
            throws Exception {
        idp.application("spa").m2mClient("stranger", SECRET);

        Answer answer = ask(Map.of(field, value == null ? "" : value));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json())
                .isEqualTo(Web.json("{\"error\":\"" + error + "\",\"error_description\":\""
                        + description.replace("\"", "\\\"") + "\"}"));
        assertThat(idp.tokensIssued()).isZero();
        assertThat(idp.tokenRequests()).isEqualTo(1);
    }

    @Test
    void aBodyOfAnotherKindOrWithADoubledParameterIsRefused() throws Exception {
        Answer text = Web.post(idp.tokenEndpoint(), "text/plain", "grant_type=client_credentials");
        Answer doubled = Web.post(
                idp.tokenEndpoint(), "application/x-www-form-urlencoded", "grant_type=a&grant_type=client_credentials");

        assertThat(text.status()).isEqualTo(400);
        assertThat(doubled.status()).isEqualTo(400);
    }

    @Test
    void aForgottenAudienceGivesAnOpaqueToken() throws Exception {
        Answer answer = ask(Map.of("audience", ""));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(token(answer)).doesNotContain(".");
    }

    @Test
    void grantedScopesAreAllInTheTokenUnlessFewerAreAskedFor() throws Exception {
        idp.grant("backend", WORKSPACE, "read:a", "read:b");

        Answer all = ask(Map.of());
        Answer fewer = ask(Map.of("scope", "read:b"));

        assertThat(all.json().path("scope").asText()).isEqualTo("read:a read:b");
        assertThat(Web.claims(token(all)).path("scope").asText()).isEqualTo("read:a read:b");
        assertThat(Web.claims(token(fewer)).path("scope").asText()).isEqualTo("read:b");
    }

    @Test
    void anOrganizationMustBeNamedWhereTheGrantWantsIt() throws Exception {
        Auth0Rules.of(idp).grantWithinOrganization("backend", WORKSPACE, "org_1");

        Answer without = ask(Map.of());
        Answer within = ask(Map.of("organization", "org_1"));

        assertThat(without.status()).isEqualTo(403);
        assertThat(Web.claims(token(within)).path("org_id").asText()).isEqualTo("org_1");
    }

    @Test
    void rateLimitsAndQuotasComeWithTheirHeaders() throws Exception {
        idp.failNext(1, Fault.rateLimited(Duration.ofSeconds(9)));
        idp.failNext(1, Fault.auth0QuotaExceeded(Duration.ofMinutes(5)));

        Answer limited = ask(Map.of());
        Answer quota = ask(Map.of());
        Answer proper = ask(Map.of());

        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.json().path("error").asText()).isEqualTo("too_many_requests");
        assertThat(limited.header("Retry-After")).isEqualTo("9");
        assertThat(limited.header("x-ratelimit-remaining")).isEqualTo("0");
        assertThat(limited.header("x-ratelimit-reset")).isEqualTo(Long.toString(FakeClock.START.getEpochSecond() + 9));
        assertThat(quota.json().path("error_description").asText()).isEqualTo("Client quota exceeded");
        assertThat(quota.header("Auth0-Client-Quota-Limit")).isEqualTo("b=per_hour;q=10;r=0;t=300");
        assertThat(proper.status()).isEqualTo(200);
        assertThat(idp.tokenRequests()).isEqualTo(3);
        assertThat(idp.tokensIssued()).isEqualTo(1);
    }

    @Test
    void lifetimesFollowTheApiUntilOneIsSet() throws Exception {
        idp.api(WORKSPACE, SigningAlgorithm.RS256, Duration.ofMinutes(10));

        IdpToken ofTheApi = IdpToken.parse(token(ask(Map.of())));
        idp.lifetime(Duration.ofSeconds(-5));
        IdpToken expired = IdpToken.parse(token(ask(Map.of())));

        assertThat(ofTheApi.expiresAt()).isEqualTo(FakeClock.START.plusSeconds(600));
        assertThat(expired.expiresAt()).isEqualTo(FakeClock.START.minusSeconds(5));
    }

    @Test
    void forgedClaimsAreInTheTokenUntilTheForgeryEnds() throws Exception {
        idp.forgery().subjectSuffix("").claim("aud", "https://elsewhere").omit("azp");

        JsonNode forged = Web.claims(token(ask(Map.of())));
        idp.forgery().end();
        JsonNode proper = Web.claims(token(ask(Map.of())));

        assertThat(forged.path("sub").asText()).isEqualTo("backend");
        assertThat(forged.path("aud").asText()).isEqualTo("https://elsewhere");
        assertThat(forged.has("azp")).isFalse();
        assertThat(proper.path("sub").asText()).isEqualTo("backend@clients");
        assertThat(proper.has("azp")).isTrue();
    }

    @Test
    void aGrantNeedsBothSidesRegistered() {
        assertThatIllegalArgumentException().isThrownBy(() -> idp.grant("backend", "https://unknown"));
        assertThatIllegalArgumentException().isThrownBy(() -> idp.grant("unknown", WORKSPACE));
    }

    private Answer ask(Map<String, String> changes) throws Exception {
        return Web.postForm(idp.tokenEndpoint(), form(changes));
    }

    private static Map<String, String> form(Map<String, String> changes) {
        Map<String, String> form = new HashMap<>(Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                "backend",
                "client_secret",
                SECRET,
                "audience",
                WORKSPACE));
        form.putAll(changes);
        return form;
    }

    private static String token(Answer answer) {
        return answer.json().path("access_token").asText();
    }
}
