// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Auth0Stage.AUDIENCE;
import static example.app.Auth0Stage.CLIENT;

import io.tokenfederation.CallerVerifier;
import io.tokenfederation.RoleResolver;
import io.tokenfederation.SigningKey;
import io.tokenfederation.auth0.Auth0TokenSource;
import io.tokenfederation.testkit.SigningAlgorithm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The mistakes people make with Auth0, by their numbers in the catalogue. */
final class Auth0Mistakes {
    /** What Auth0 refuses. */
    private static final List<Auth0Mistake> REFUSED = List.of(
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
                                .privateKey(SigningKey.fromPem(Keys.rsa(2048).privatePem()))
                                .build()
                                .mint();
                    },
                    "AUTH0_ASSERTION_REUSED",
                    "proxy that sends requests twice"),
            Auth0Mistake.of(
                    "a key that the application does not have",
                    on -> {
                        on.idp
                                .m2mClientWithKey("key-client", Keys.rsa(2048).publicPem())
                                .grant("key-client", AUDIENCE);
                        on.application()
                                .clientId("key-client")
                                .privateKey(SigningKey.fromPem(Keys.rsa(2048).privatePem()))
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

    /** What the source finds in what Auth0 issued. */
    private static final List<Auth0Mistake> ISSUED = List.of(
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

    /** What only Databricks can find, which knows the policy; and the role resolver. */
    private static final List<Auth0Mistake> FOUND_LATER = List.of(
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

    private Auth0Mistakes() {}

    static Stream<Auth0Mistake> all() {
        return Stream.of(REFUSED, ISSUED, FOUND_LATER).flatMap(List::stream);
    }

    private static void exchange(Auth0Stage on, Auth0TokenSource.Builder source) {
        on.exchanger(source.build()).tokenFor(on.principal);
    }
}
