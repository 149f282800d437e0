// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Auth0Stage.AUDIENCE;
import static example.app.Auth0Stage.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.CallerVerifier;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.RoleResolver;
import io.tokenfederation.SigningKey;
import io.tokenfederation.auth0.Auth0TokenSource;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.SigningAlgorithm;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The mistakes A1 to A11: each has a code, and a fix that says where in Auth0 to change what. */
final class Auth0MistakesTest {
    private final Auth0Stage stage = new Auth0Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    static Stream<Auth0Mistake> mistakes() {
        return Stream.of(refusals(), tokens(), atDatabricks()).flatMap(rows -> rows);
    }

    private static Stream<Auth0Mistake> refusals() {
        return Stream.of(
                Auth0Mistake.of(
                        "A2 no API with this Identifier",
                        on -> on.source().audience(AUDIENCE + "/").build().mint(),
                        "AUTH0_API_NOT_FOUND",
                        "No API has the Identifier '" + AUDIENCE + "/'"),
                Auth0Mistake.of(
                        "A3 no client grant",
                        on -> {
                            on.idp.api("https://other.example.com");
                            on.source()
                                    .audience("https://other.example.com")
                                    .build()
                                    .mint();
                        },
                        "AUTH0_CLIENT_GRANT_MISSING",
                        "Applications > APIs > the API > Machine to Machine Applications"),
                Auth0Mistake.of(
                        "A4 application of another type",
                        on -> {
                            on.idp.application("spa");
                            on.source().clientId("spa").build().mint();
                        },
                        "AUTH0_GRANT_TYPE_DISABLED",
                        "Enable Client Credentials for the application 'spa'"),
                Auth0Mistake.of(
                        "A5 wrong secret",
                        on -> on.source().clientSecret("wrong-canary").build().mint(),
                        "IDP_CLIENT_REJECTED",
                        "Check client id 'client-1' and its secret in 127.0.0.1"),
                Auth0Mistake.passing(
                        "A9 quota of tokens used up",
                        on -> {
                            on.auth0.hourlyQuota(CLIENT, 1);
                            on.source().build().mint();
                            on.source().build().mint();
                        },
                        "AUTH0_QUOTA_EXCEEDED",
                        "cache tokens"),
                Auth0Mistake.passing(
                        "A11 assertion arrived twice",
                        on -> {
                            on.says(401, "invalid_client", "Client assertion refused: the jti has already been used.");
                            on.application()
                                    .privateKey(
                                            SigningKey.fromPem(Keys.rsa(2048).privatePem()))
                                    .build()
                                    .mint();
                        },
                        "AUTH0_ASSERTION_REUSED",
                        "proxy that sends requests twice"),
                Auth0Mistake.of(
                        "a key that the application does not have",
                        on -> {
                            on.idp
                                    .m2mClientWithKey(
                                            "key-client", Keys.rsa(2048).publicPem())
                                    .grant("key-client", AUDIENCE);
                            on.application()
                                    .clientId("key-client")
                                    .privateKey(
                                            SigningKey.fromPem(Keys.rsa(2048).privatePem()))
                                    .build()
                                    .mint();
                        },
                        "AUTH0_ASSERTION_REFUSED",
                        "Applications > the application 'key-client' > Credentials"),
                Auth0Mistake.of(
                        "an organization that is missing",
                        on -> {
                            on.auth0.grantWithinOrganization(CLIENT, AUDIENCE, "org_1");
                            on.source().build().mint();
                        },
                        "AUTH0_ORGANIZATION_REFUSED",
                        "Set organization(name)"));
    }

    private static Stream<Auth0Mistake> tokens() {
        return Stream.of(
                Auth0Mistake.of(
                        "A1 opaque token",
                        on -> {
                            on.issues("opaque-canary", "Bearer");
                            on.source().build().mint();
                        },
                        "IDP_TOKEN_OPAQUE",
                        "Set audience to the Identifier of an API"),
                Auth0Mistake.of(
                        "A8 HS256",
                        on -> {
                            on.idp.api(AUDIENCE, SigningAlgorithm.HS256, Duration.ofHours(1));
                            on.source().build().mint();
                        },
                        "IDP_TOKEN_ALGORITHM",
                        "Choose RS256 at Applications > APIs > '" + AUDIENCE + "' > Settings > Signing Algorithm"),
                Auth0Mistake.of(
                        "A8 PS256",
                        on -> {
                            on.idp.api(AUDIENCE, SigningAlgorithm.PS256, Duration.ofHours(1));
                            on.source().build().mint();
                        },
                        "IDP_TOKEN_ALGORITHM",
                        "RS256"),
                Auth0Mistake.of(
                        "an encrypted token",
                        on -> {
                            // {"alg":"RSA-OAEP-256","enc":"A256GCM"} and four parts that nobody reads
                            on.issues(
                                    "eyJhbGciOiJSU0EtT0FFUC0yNTYiLCJlbmMiOiJBMjU2R0NNIn0.Y2FuYXJ5.Y2FuYXJ5.Y2FuYXJ5"
                                            + ".Y2FuYXJ5",
                                    "Bearer");
                            on.source().build().mint();
                        },
                        "IDP_TOKEN_ENCRYPTED",
                        "Switch JSON Web Encryption (JWE) off at Applications > APIs > '" + AUDIENCE + "'"),
                Auth0Mistake.of(
                        "a token bound to a certificate",
                        on -> {
                            on.idp.forgery().claim("cnf", Map.of("x5t#S256", "thumbprint"));
                            on.source().build().mint();
                        },
                        "IDP_TOKEN_NOT_BEARER",
                        "Switch sender constraining"),
                Auth0Mistake.of(
                        "a token bound by DPoP",
                        on -> {
                            on.issues("canary", "DPoP");
                            on.source().build().mint();
                        },
                        "IDP_TOKEN_NOT_BEARER",
                        "Switch sender constraining"));
    }

    private static Stream<Auth0Mistake> atDatabricks() {
        return Stream.of(
                Auth0Mistake.of(
                        "A6 custom domain asked, the other one in the policy",
                        on -> {
                            on.auth0.customDomain("localhost");
                            exchange(on, on.source().domain(on.idp.issuer().replace("127.0.0.1", "localhost")));
                        },
                        "ISSUER_MISMATCH",
                        "The JWT's iss is 'http://localhost:"),
                Auth0Mistake.of(
                        "A7 policy without @clients",
                        on -> {
                            on.policyFor(CLIENT);
                            exchange(on, on.source());
                        },
                        "SUBJECT_MISMATCH",
                        "lacks the suffix @clients"),
                Auth0Mistake.of(
                        "A7 agent_subject_claims, and a policy with @clients",
                        on -> {
                            on.auth0.agentSubjects(AUDIENCE);
                            exchange(on, on.source());
                        },
                        "SUBJECT_MISMATCH",
                        "has the suffix @clients, the JWT has not"),
                Auth0Mistake.of(
                        "A10 role claim under a reserved name",
                        on -> {
                            String token = on.idp
                                    .userToken("auth0|7")
                                    .audience("sales-portal")
                                    .sign();
                            CallerVerifier callers = CallerVerifier.builder()
                                    .issuer(on.idp.issuer())
                                    .audience("sales-portal")
                                    .build();
                            RoleResolver.builder()
                                    .claim("roles")
                                    .role("sales", "west")
                                    .servicePrincipals("{\"west\":\"" + on.principal + "\"}")
                                    .build()
                                    .resolve(callers.verify(token).claims());
                        },
                        "ROLE_CLAIM_MISSING",
                        "uses no reserved name"));
    }

    private static void exchange(Auth0Stage on, Auth0TokenSource.Builder source) {
        on.exchanger(source.build()).tokenFor(on.principal);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakeHasACodeAndAFix(Auth0Mistake mistake) {
        FederationException failure = catchThrowableOfType(
                FederationException.class, () -> mistake.made().on(stage));

        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(mistake.code());
        assertThat(failure.fix()).contains(mistake.inFix()).doesNotContain("%");
        assertThat(failure.retryable()).isEqualTo(mistake.retryable());
        for (Throwable link = failure; link != null; link = link.getCause()) {
            assertThat(link.toString()).doesNotContain("s3cret", "canary", "Y2FuYXJ5");
        }
    }

    /** A6, A7: what the policy module says of them, before anything is sent to Databricks. */
    @Test
    void policyIsComparedWithTheRealJwt() {
        IdpToken token = stage.source().build().mint();
        FederationPolicy guessed = FederationPolicy.builder()
                .issuer(stage.idp.issuer().replaceAll("/$", ""))
                .audience(AUDIENCE)
                .subject(CLIENT)
                .build();

        assertThat(guessed.compare(token, "account"))
                .extracting("hint")
                .containsExactly(
                        "the policy lacks the trailing slash",
                        "the policy lacks the suffix @clients that Auth0 gives to client ids");
    }

    /** A7 is legal the other way round: sub without @clients can be exchanged. */
    @Test
    void agentSubjectCanBeExchanged() {
        stage.auth0.agentSubjects(AUDIENCE);
        stage.policyFor(CLIENT);

        assertThat(stage.exchanger(stage.source().build()).tokenFor(stage.principal))
                .isNotNull();
    }

    /** A9: until the quota is renewed, callers get the reason, and Auth0 is left alone. */
    @Test
    void quotaThatIsUsedUpIsNotAskedForAgain() {
        stage.auth0.hourlyQuota(CLIENT, 1);
        stage.source().build().mint();
        DatabricksTokenExchanger exchanger = stage.exchanger(stage.source().build());

        for (int i = 0; i < 5; i++) {
            IdpTokenException failure =
                    catchThrowableOfType(IdpTokenException.class, () -> exchanger.tokenFor(stage.principal));

            assertThat(failure.code()).isEqualTo("AUTH0_QUOTA_EXCEEDED");
            assertThat(failure.retryAfter())
                    .hasValueSatisfying(wait -> assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofHours(1)));
        }

        assertThat(stage.idp.tokenRequests()).isEqualTo(2);
    }

    /** What a failing server says is no verdict on the request. */
    @Test
    void serverErrorStaysRetryableWhateverItSays() {
        stage.says(503, "access_denied", "Service not enabled within domain: x");

        assertThatThrownBy(() -> stage.source().build().mint())
                .isInstanceOfSatisfying(IdpTokenException.class, failure -> {
                    assertThat(failure.code()).isEqualTo("IDP_UNAVAILABLE");
                    assertThat(failure.retryable()).isTrue();
                });
    }
}
