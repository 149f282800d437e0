// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.auth0.Auth0TokenSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Auth0TokenSourceTest {
    private static final String AUDIENCE = "https://adb-1.azuredatabricks.net";
    private static final String SECRET = "c4n/ary+s3cret";

    private Tenant tenant;

    @BeforeEach
    void startTenant() throws IOException {
        tenant = new Tenant();
    }

    @AfterEach
    void stopTenant() {
        tenant.close();
    }

    @Test
    void formIsTheOneAuth0Documents() {
        tenant.answers(200, issued(Tenant.jwt()), Map.of());

        IdpToken token = source().build().mint();

        assertThat(token.subject()).isEqualTo("client-1@clients");
        assertThat(tenant.forms())
                .containsExactly(Map.of(
                        "path", "/oauth/token",
                        "grant_type", "client_credentials",
                        "client_id", "client-1",
                        "client_secret", SECRET,
                        "audience", AUDIENCE));
    }

    @Test
    void organizationIsSentWhereSet() {
        tenant.answers(200, issued(Tenant.jwt()), Map.of());

        IdpToken token = source().organization("org_1").build().mint();

        assertThat(token.value()).isEqualTo(Tenant.jwt());
        assertThat(tenant.forms().get(0)).containsEntry("organization", "org_1");
    }

    @Test
    void scopesAreSentWhereSet() {
        tenant.answers(200, issued(Tenant.jwt()), Map.of());

        IdpToken token = source().scopes("read:sales").build().mint();

        assertThat(token.value()).isEqualTo(Tenant.jwt());
        assertThat(tenant.forms().get(0)).containsEntry("scope", "read:sales");
    }

    @Test
    void eachMintAsksAgain() {
        tenant.answers(200, issued(Tenant.jwt()), Map.of());
        Auth0TokenSource source = source().build();

        assertThat(source.mint().value()).isEqualTo(source.mint().value());

        assertThat(tenant.forms()).hasSize(2);
    }

    /** Auth0's own texts, as its documentation and community quote them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "401|access_denied|Unauthorized|IDP_CLIENT_REJECTED|Check client id 'client-1'",
                "401|invalid_client||IDP_CLIENT_REJECTED|Client Secret (Post)",
                "403|access_denied|Client is not authorized to access '" + AUDIENCE
                        + "'. You need to create a 'client-grant' associated to this API.|AUTH0_CLIENT_GRANT_MISSING"
                        + "|Authorise the application 'client-1' for the API '" + AUDIENCE + "'",
                "403|access_denied|Service not enabled within domain: " + AUDIENCE
                        + "|AUTH0_API_NOT_FOUND|No API has the Identifier '" + AUDIENCE + "'",
                "403|unauthorized_client|Grant type 'client_credentials' not allowed for the client."
                        + "|AUTH0_GRANT_TYPE_DISABLED|Enable Client Credentials",
                "403|unauthorized_client|third-party|AUTH0_CLIENT_UNAUTHORIZED|third-party application",
                "403|access_denied|something new|IDP_REFUSED|Read the error"
            })
    void refusalIsToldApart(int status, String error, String description, String code, String fix) {
        String said = description == null ? "" : ",\"error_description\":\"" + description + "\"";
        tenant.answers(status, "{\"error\":\"" + error + "\"" + said + "}", Map.of());

        IdpTokenException failure = failure();

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.fix()).contains(fix);
        assertThat(failure.httpStatus()).hasValue(status);
        assertThat(failure.oauthError()).contains(error);
        assertThat(failure.retryable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Global limit has been reached, IDP_RATE_LIMITED",
        "Client quota exceeded, AUTH0_QUOTA_EXCEEDED",
        "Organization quota exceeded, AUTH0_QUOTA_EXCEEDED"
    })
    void limitIsRetryableAfterTheTimeGiven(String description, String code) {
        tenant.answers(
                429,
                "{\"error\":\"too_many_requests\",\"error_description\":\"" + description + "\"}",
                Map.of("Retry-After", "60"));

        IdpTokenException failure = failure();

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.retryAfter()).contains(Duration.ofMinutes(1));
    }

    @Test
    void quotaHeaderSaysWhenToTryAgain() {
        tenant.answers(
                429,
                "{\"error\":\"too_many_requests\",\"error_description\":\"Client quota exceeded\"}",
                Map.of("Auth0-Client-Quota-Limit", "b=per_hour;q=10;r=0;t=3540,b=per_day;q=100;r=9;t=80000"));

        assertThat(failure().retryAfter()).contains(Duration.ofMinutes(59));
    }

    @Test
    void opaqueTokenPointsToTheAudience() {
        tenant.answers(200, issued("opaque-canary"), Map.of());

        IdpTokenException failure = failure();

        assertThat(failure.code()).isEqualTo("IDP_TOKEN_OPAQUE");
        assertThat(failure.fix()).contains("Set audience to the Identifier of an API");
        assertThat(failure).hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "404|<html><body>not here</body></html>|IDP_REPLY_UNREADABLE",
                "200|<html><body>log in</body></html>|IDP_REPLY_UNREADABLE",
                "302|^^|IDP_REPLY_UNREADABLE",
                "503|<html>maintenance</html>|IDP_UNAVAILABLE",
                "403|{\"code\":\"access_denied\",\"description\":\"Service not enabled within domain: x\"}"
                        + "|AUTH0_API_NOT_FOUND"
            })
    void otherAnswersKeepTheGeneralCode(int status, String body, String code) {
        tenant.answers(status, body, Map.of("Location", tenant.url() + "/elsewhere"));

        assertThat(failure().code()).isEqualTo(code);
        assertThat(tenant.forms()).hasSize(1);
    }

    @Test
    void echoedSecretIsInNoMessage() {
        tenant.answers(
                401,
                "{\"error\":\"access_denied\",\"error_description\":\"c4n\\/ary+s3cret or " + SECRET + "\"}",
                Map.of());

        for (Throwable link = failure(); link != null; link = link.getCause()) {
            assertThat(link.toString()).doesNotContain("s3cret");
        }
    }

    @Test
    void printedFormHoldsNoSecret() {
        assertThat(source().build())
                .hasToString("Auth0OidcTokenSource[" + tenant.url() + "/oauth/token, client client-1]");
    }

    private IdpTokenException failure() {
        Auth0TokenSource source = source().build();
        return catchThrowableOfType(IdpTokenException.class, source::mint);
    }

    private Auth0TokenSource.Builder source() {
        return Auth0TokenSource.builder()
                .domain(tenant.url())
                .clientId("client-1")
                .clientSecret(SECRET)
                .audience(AUDIENCE);
    }

    private static String issued(String token) {
        return "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":86400}";
    }
}
