// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.FederationException;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.RoleNotMappedException;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.TokenExchangeException;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.SigningAlgorithm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people get wrong, and that each mistake has a type, a code and a fix of its own. */
class FailureTableTest {
    private final Deployment deployment = new Deployment();
    private final ServicePrincipal west = deployment.principal("west_sales");

    @AfterEach
    void close() {
        deployment.close();
    }

    @Test
    void wrongAudience() {
        replacePolicy(Deployment.policy(deployment.idp.issuer(), "https://adb-2.example.com", subject()));

        FederationException failure = failure(TokenExchangeException.class);

        assertFailure(failure, "AUDIENCE_MISMATCH", "audience");
        assertThat(failure.getMessage()).contains(Deployment.AUDIENCE);
        assertThat(failure.oauthError()).contains("invalid_grant");
    }

    @Test
    void issuerWithoutSlash() {
        String issuer = deployment.idp.issuer();
        replacePolicy(Deployment.policy(issuer.substring(0, issuer.length() - 1), Deployment.AUDIENCE, subject()));

        FederationException failure = failure(TokenExchangeException.class);

        assertFailure(failure, "ISSUER_MISMATCH", "trailing slash");
        assertThat(failure.fix()).contains("'" + issuer + "'");
    }

    @Test
    void subjectWithoutClientsSuffix() {
        replacePolicy(Deployment.policy(deployment.idp.issuer(), Deployment.AUDIENCE, Deployment.CLIENT_ID));

        FederationException failure = failure(TokenExchangeException.class);

        assertFailure(failure, "SUBJECT_MISMATCH", "@clients");
    }

    @Test
    void missingPolicy() {
        deployment.databricks.removePolicies(west);

        FederationException failure = failure(TokenExchangeException.class);

        assertFailure(failure, "NO_FEDERATION_POLICY", "attach a federation policy");
        assertThat(failure.getMessage()).contains(deployment.idp.issuer(), Deployment.AUDIENCE, subject());
    }

    @Test
    void missingServicePrincipal() {
        deployment.databricks.delete(west);

        assertFailure(failure(TokenExchangeException.class), "NO_FEDERATION_POLICY", "application id");
    }

    @Test
    void unknownRole() {
        var claims =
                deployment.callers().verify(deployment.userToken("interns")).claims();

        var failure = catchThrowableOfType(
                RoleNotMappedException.class, () -> deployment.roles().resolve(claims));

        assertFailure(failure, "ROLE_UNKNOWN", "no default");
        assertThat(failure.getMessage()).contains("interns", "sales-west");
    }

    @Test
    void missingRoleClaim() {
        var claims = deployment
                .callers()
                .verify(deployment
                        .idp
                        .userToken("auth0|7")
                        .audience("sales-portal")
                        .sign())
                .claims();

        var failure = catchThrowableOfType(
                RoleNotMappedException.class, () -> deployment.roles().resolve(claims));

        assertFailure(failure, "ROLE_CLAIM_MISSING", "post-login hook");
        assertThat(failure.getMessage()).contains(Deployment.ROLE_CLAIM);
    }

    @Test
    void expiredJwt() {
        deployment.idp.lifetime(Duration.ofMinutes(-1));

        assertFailure(failure(IdpTokenException.class), "IDP_TOKEN_EXPIRED", "newly issued JWT");
        assertThat(deployment.databricks.exchangeRequests()).isZero();
    }

    @Test
    void shortLivedJwt() {
        deployment.idp.lifetime(Duration.ofSeconds(35));

        assertFailure(failure(IdpTokenException.class), "IDP_TOKEN_TOO_SHORT", "Raise the API's token lifetime");
        assertThat(deployment.databricks.exchangeRequests()).isZero();
    }

    @Test
    void hs256Jwt() {
        deployment.idp.api(Deployment.AUDIENCE, SigningAlgorithm.HS256, Duration.ofHours(1));

        assertFailure(failure(IdpTokenException.class), "IDP_TOKEN_ALGORITHM", "RS256");
        assertThat(deployment.databricks.exchangeRequests()).isZero();
    }

    @Test
    void opaqueToken() {
        OidcTokenSource withoutAudience = OidcTokenSource.builder()
                .tokenEndpoint(deployment.idp.tokenEndpoint().toString())
                .clientId(Deployment.CLIENT_ID)
                .clientSecret(Deployment.CLIENT_SECRET)
                .build();

        var failure = catchThrowableOfType(
                IdpTokenException.class,
                () -> deployment.exchanger(withoutAudience).tokenFor(west));

        assertFailure(failure, "IDP_TOKEN_OPAQUE", "audience");
        assertThat(deployment.databricks.exchangeRequests()).isZero();
    }

    @Test
    void wrongSecret() {
        var source = deployment.auth0().clientSecret("another").build();

        var failure = catchThrowableOfType(
                IdpTokenException.class, () -> deployment.exchanger(source).tokenFor(west));

        assertFailure(failure, "IDP_CLIENT_REJECTED", "secret");
    }

    @Test
    void unreachableWorkspace() throws IOException {
        DatabricksTokenExchanger nowhere = DatabricksTokenExchanger.builder()
                .workspace("http://127.0.0.1:" + closedPort())
                .idpTokenSource(deployment.auth0().build())
                .build();

        var failure = catchThrowableOfType(TokenExchangeException.class, () -> nowhere.tokenFor(west));

        assertFailure(failure, "EXCHANGE_UNREACHABLE", "proxy");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void unreachableIdentityProvider() throws IOException {
        var source =
                deployment.auth0().domain("http://127.0.0.1:" + closedPort()).build();

        var failure = catchThrowableOfType(
                IdpTokenException.class, () -> deployment.exchanger(source).tokenFor(west));

        assertFailure(failure, "IDP_UNREACHABLE", "proxy");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void htmlErrorPageOfAGateway() {
        deployment.databricks.tokenEndpoint().failAlways(Fault.htmlPage());

        FederationException failure = failure(TokenExchangeException.class);

        assertFailure(failure, "EXCHANGE_UNAVAILABLE", "status page");
        assertThat(failure.httpStatus()).hasValue(502);
        assertThat(failure.getMessage()).doesNotContain("<");
    }

    @Test
    void htmlPageInsteadOfAToken() {
        deployment
                .databricks
                .tokenEndpoint()
                .failAlways(Fault.status(200).body("text/html", "<html><body>Log in to continue</body></html>"));

        assertFailure(failure(TokenExchangeException.class), "EXCHANGE_REPLY_UNREADABLE", "/oidc/v1/token");
    }

    @Test
    void rateLimitOfDatabricks() {
        deployment.databricks.tokenEndpoint().failAlways(Fault.rateLimited(Duration.ofSeconds(17)));

        FederationException failure = failure(TokenExchangeException.class);

        assertFailure(failure, "EXCHANGE_RATE_LIMITED", "Wait");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(17));
        assertThat(failure.httpStatus()).hasValue(429);
    }

    @Test
    void rateLimitOfTheIdentityProvider() {
        deployment.idp.failAlways(Fault.rateLimited(Duration.ofSeconds(17)));

        FederationException failure = failure(IdpTokenException.class);

        assertFailure(failure, "IDP_RATE_LIMITED", "Wait");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.retryAfter()).isPresent();
    }

    private void replacePolicy(FederationPolicy policy) {
        deployment.databricks.removePolicies(west);
        deployment.databricks.policy(west, policy);
    }

    private <E extends FederationException> E failure(Class<E> type) {
        return catchThrowableOfType(type, () -> deployment.exchanger().tokenFor(west));
    }

    private static void assertFailure(FederationException failure, String code, String inFix) {
        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.fix()).contains(inFix);
        assertThat(failure.getMessage()).contains(code, failure.fix());
    }

    private static String subject() {
        return Deployment.CLIENT_ID + "@clients";
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
