// SPDX-License-Identifier: Apache-2.0
package systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import example.app.Deployment;
import io.tokenfederation.Caller;
import io.tokenfederation.CallerRejectedException;
import io.tokenfederation.CallerVerifier;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.RoleNotMappedException;
import io.tokenfederation.RoleResolver;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.TokenExchangeException;
import io.tokenfederation.VerifiedClaims;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.ToolResult;
import io.tokenfederation.testkit.McpEra;
import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The promises that, if one is broken, make the system broken. One test or more for each, named after it. */
class InvariantsTest {
    private final Deployment deployment = new Deployment();
    private final RecordedFlow flow = new RecordedFlow(deployment);
    private final RecordingHttpClient http = flow.http();

    @AfterEach
    void close() {
        deployment.close();
    }

    @Test
    void invariant1ThePersonsTokenGoesNeitherToDatabricksNorToTheMcpServer() {
        String personsToken = deployment.userToken("sales-west");

        ToolResult answer = flow.run(personsToken);

        assertThat(answer.isError()).isFalse();
        assertThat(http.sent()).isNotEmpty().noneMatch(sent -> sent.holds(personsToken));
        assertThat(http.sent())
                .noneMatch(sent -> sent.holds(personsToken.substring(personsToken.lastIndexOf('.') + 1)));
    }

    @Test
    void invariant2TheM2mSecretGoesToTheIdentityProviderOnlyAndTheJwtToDatabricksOnly() {
        flow.run(deployment.userToken("sales-west"));

        String tokenEndpoint = deployment.idp.tokenEndpoint().toString();
        String exchange = deployment.databricks.workspaceUrl() + "/oidc/v1/token";
        assertThat(http.sent(sent -> sent.holds(Deployment.CLIENT_SECRET)))
                .isNotEmpty()
                .allMatch(sent -> sent.uri().equals(tokenEndpoint))
                .noneMatch(sent -> sent.headers().contains(Deployment.CLIENT_SECRET));
        assertThat(http.sent(sent -> sent.holds(flow.m2mJwt())))
                .isNotEmpty()
                .allMatch(sent -> sent.uri().equals(exchange))
                .noneMatch(sent -> sent.headers().contains(flow.m2mJwt()));
    }

    @Test
    void invariant2NoFailureAndNoLogLineHoldsASecret() {
        CapturedLogs.clear();
        List<Throwable> failures = new ArrayList<>();
        for (int status : new int[] {200, 302, 400, 401, 403, 429, 500, 503}) {
            for (String type : List.of("application/json", "text/html", "text/plain")) {
                failures.add(flow.failureWhenBothEndpointsEcho(status, type));
            }
        }

        assertThat(failures).doesNotContainNull();
        for (Throwable failure : failures) {
            for (Throwable at = failure; at != null; at = at.getCause()) {
                assertThat(at.toString()).doesNotContain(Deployment.CLIENT_SECRET, flow.m2mJwt());
            }
        }
        flow.run(deployment.userToken("sales-west"));
        assertThat(CapturedLogs.text())
                .contains("exchanged a JWT for")
                .doesNotContain(Deployment.CLIENT_SECRET, flow.m2mJwt());
    }

    @Test
    void invariant3RoleComesFromAVerifiedClaimOnly() {
        CallerVerifier callers = deployment.callers();
        var forged =
                deployment.idp.userToken("auth0|7").audience("sales-portal").claim(Deployment.ROLE_CLAIM, "executives");

        Stream.of(forged.unsigned(), forged.hs256WithPublicKey(), forged.signedWithUnknownKey())
                .forEach(token -> assertThat(
                                catchThrowableOfType(CallerRejectedException.class, () -> callers.verify(token)))
                        .isNotNull());

        Stream.of(RoleResolver.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getParameterCount() > 0)
                .filter(method -> !method.getName().equals("resolveTrustedRoleName"))
                .forEach(method -> assertThat(method.getParameterTypes()).containsExactly(VerifiedClaims.class));
    }

    @Test
    void invariant3RoleNameOfASessionIsTakenOnlyByABackendThatSaysItHasSessions() {
        assertThatIllegalStateException()
                .isThrownBy(() -> deployment.roles().resolveTrustedRoleName("executive"))
                .withMessageContaining("rolesFromOwnSession()");
    }

    @Test
    void invariant4UnknownRoleIsDeniedAndNothingIsAsked() {
        var denied =
                catchThrowableOfType(RoleNotMappedException.class, () -> flow.run(deployment.userToken("interns")));

        assertThat(denied.code()).isEqualTo("ROLE_UNKNOWN");
        assertThatThrownBy(() -> flow.run(deployment.userToken("Executives")))
                .hasMessageContaining("'Executives' differs in case from 'executives'");
        assertThat(deployment.idp.tokenRequests()).isZero();
        assertThat(deployment.databricks.exchangeRequests()).isZero();
        assertThat(deployment.mcp.requests()).isZero();
    }

    @Test
    void invariant5TheJwtIsExchangedAsItWasIssuedAndMustMatchCharacterForCharacter() {
        ServicePrincipal principal = deployment.principal("west_sales");
        String issuer = deployment.idp.issuer();
        String subject = Deployment.CLIENT_ID + "@clients";
        List<List<String>> almost = List.of(
                List.of(issuer.substring(0, issuer.length() - 1), Deployment.AUDIENCE, subject),
                List.of(issuer, Deployment.AUDIENCE + "/", subject),
                List.of(issuer, Deployment.AUDIENCE.replace("adb", "Adb"), subject),
                List.of(issuer, Deployment.AUDIENCE, Deployment.CLIENT_ID),
                List.of(issuer, Deployment.AUDIENCE, subject.toUpperCase(java.util.Locale.ROOT)));

        for (List<String> policy : almost) {
            deployment.databricks.removePolicies(principal);
            deployment.databricks.policy(principal, Deployment.policy(policy.get(0), policy.get(1), policy.get(2)));
            var refused = catchThrowableOfType(
                    TokenExchangeException.class, () -> deployment.exchanger().tokenFor(principal));

            assertThat(refused).as("policy %s", policy).isNotNull();
            assertThat(refused.code()).endsWith("_MISMATCH");
        }
    }

    @Test
    void invariant6OnePrincipalsTokenIsNeverServedForAnother() throws Exception {
        DatabricksTokenExchanger databricks = deployment.exchanger();
        List<ServicePrincipal> principals = List.copyOf(deployment.principals.values());
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<Boolean>> right = new ArrayList<>();
            Random random = new Random(6);
            for (int i = 0; i < 2_000; i++) {
                ServicePrincipal principal = principals.get(random.nextInt(principals.size()));
                boolean reject = random.nextInt(10) == 0;
                right.add(threads.submit(() -> {
                    DatabricksToken token = databricks.tokenFor(principal);
                    if (reject) {
                        databricks.rejected(token);
                    }
                    return token.servicePrincipal().orElseThrow().equals(principal);
                }));
            }
            for (Future<Boolean> each : right) {
                assertThat(each.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        for (ServicePrincipal principal : principals) {
            assertThat(flow.ranAs(databricks, principal)).isEqualTo(principal.toString());
        }
    }

    @Test
    void invariant6TwoExchangersShareNoToken() {
        ServicePrincipal principal = deployment.principal("finance");

        DatabricksToken one = deployment.exchanger().tokenFor(principal);
        DatabricksToken other = deployment.exchanger().tokenFor(principal);

        assertThat(one).isNotEqualTo(other);
        assertThat(deployment.databricks.exchanges()).isEqualTo(2);
    }

    @Test
    void invariant7TheCallerHeadersAuthoriseNothing() {
        ServicePrincipal west = deployment.principal("west_sales");
        ResolvedRole claimed = new ResolvedRole("executive", "executives", deployment.principal("executive"));
        DatabricksTokenExchanger databricks = deployment.exchanger();
        try (McpClient mcp = McpClient.builder(deployment.mcp.uri())
                .tokens(databricks.sourceFor(west))
                .role(claimed)
                .forwardToken(true)
                .build()) {
            ToolResult answer = mcp.callTool("query", Map.of("sql", "SELECT 1"));

            assertThat(deployment.mcp.lastCallerRole()).contains("executive");
            assertThat(answer.text()).contains(west.toString()).doesNotContain("group-of-executive");
        }
    }

    @Test
    void invariant8NoCredentialFollowsARedirect() throws IOException {
        ServicePrincipal principal = deployment.principal("admin");
        try (OtherHost elsewhere = new OtherHost()) {
            deployment.idp.failNext(1, elsewhere.redirect(307));
            assertThatThrownBy(() -> deployment.exchanger().tokenFor(principal)).isInstanceOf(IdpTokenException.class);
            deployment.databricks.tokenEndpoint().failNext(1, elsewhere.redirect(307));
            assertThatThrownBy(() -> deployment.exchanger().tokenFor(principal))
                    .isInstanceOf(TokenExchangeException.class);

            assertThat(elsewhere.requests()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void invariant8NothingOfAnMcpCallFollowsARedirect(McpEra era) throws IOException {
        deployment.mcp.speak(era);
        Map<String, List<Integer>> redirects =
                Map.of("MCP_LOGIN_REDIRECT", List.of(302, 303), "MCP_MOVED", List.of(301, 307, 308));
        try (OtherHost elsewhere = new OtherHost()) {
            redirects.forEach((code, statuses) ->
                    statuses.forEach(status -> assertThat(flow.codesOfCallsThatMeet(elsewhere.redirect(status)))
                            .as("status %s", status)
                            .containsExactly(code, code)));

            assertThat(elsewhere.requests()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NORMAL", "ALWAYS"})
    void invariant8CredentialsNeedHttpsAndAClientThatStays(HttpClient.Redirect follows) {
        HttpClient follower = HttpClient.newBuilder().followRedirects(follows).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabricksTokenExchanger.builder().workspace("http://adb-1.example.com"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OidcTokenSource.builder().tokenEndpoint("http://idp.example.com/token"));
        assertThatIllegalArgumentException().isThrownBy(() -> McpClient.builder("http://mcp.example.com/mcp"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabricksTokenExchanger.builder().workspace("http://127.0.0.1.evil.example"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> deployment.auth0().httpClient(follower).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabricksTokenExchanger.builder()
                        .workspace("https://adb-1.example.com")
                        .idpTokenSource(deployment.auth0().build())
                        .httpClient(follower)
                        .build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> McpClient.builder(deployment.mcp.uri())
                        .tokens(deployment.exchanger().sourceFor(deployment.principal("admin")))
                        .httpClient(follower)
                        .build())
                .withMessageContaining("follows redirects");
    }

    @Test
    void invariant9NothingThatHoldsASecretIsSerializableOrPrintsIt() throws IOException {
        IdpTokenSource source = deployment.auth0().build();
        IdpToken jwt = source.mint();
        DatabricksToken token = deployment.exchanger(() -> jwt).tokenFor(deployment.principal("admin"));
        Caller caller = deployment.callers().verify(deployment.userToken("sales-west"));

        assertThat(List.of(source, jwt, token, caller)).noneMatch(Serializable.class::isInstance);
        assertThat(List.of(source, jwt, token, caller).toString())
                .doesNotContain(jwt.value(), token.value(), Deployment.CLIENT_SECRET);
    }
}
