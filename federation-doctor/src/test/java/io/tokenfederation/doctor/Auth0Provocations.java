// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static io.tokenfederation.doctor.Stage.AUDIENCE;
import static io.tokenfederation.doctor.Stage.SECRET;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.MismatchCause;
import io.tokenfederation.Problem;
import io.tokenfederation.RoleResolver;
import io.tokenfederation.SigningKey;
import io.tokenfederation.VerifiedClaims;
import io.tokenfederation.auth0.Auth0TokenSource;
import io.tokenfederation.testkit.Auth0Rules;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.SigningAlgorithm;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A1 to A11. */
final class Auth0Provocations {
    private static final String CLIENT = "client-1";
    private static final String JSON = "application/json";

    static final List<Provocation> ALL = List.of(
            Provocation.of("A1", ErrorCode.IDP_TOKEN_OPAQUE, "Identifier of an API", on -> {
                LoopbackIdp idp = idp(on);
                idp.failAlways(Fault.status(200)
                        .body(JSON, "{\"access_token\":\"opaque\",\"token_type\":\"Bearer\",\"expires_in\":86400}"));
                return Stage.thrown(source(idp).build()::mint);
            }),
            Provocation.of(
                    "A2",
                    "AUTH0_API_NOT_FOUND",
                    "No API has the Identifier '" + AUDIENCE + "/'",
                    on -> Stage.thrown(source(idp(on)).audience(AUDIENCE + "/").build()::mint)),
            Provocation.of("A3", "AUTH0_CLIENT_GRANT_MISSING", "Machine to Machine Applications", on -> {
                LoopbackIdp idp = idp(on).api("https://other.example.com");
                return Stage.thrown(
                        source(idp).audience("https://other.example.com").build()::mint);
            }),
            Provocation.of("A4", "AUTH0_GRANT_TYPE_DISABLED", "for the application 'spa'", on -> {
                LoopbackIdp idp = idp(on).application("spa");
                return Stage.thrown(source(idp).clientId("spa").build()::mint);
            }),
            Provocation.of(
                    "A5",
                    ErrorCode.IDP_CLIENT_REJECTED,
                    "Check client id '" + CLIENT + "' and its secret",
                    on -> Stage.thrown(source(idp(on)).clientSecret("wrong").build()::mint)),
            Provocation.of("A6", ErrorCode.ISSUER_MISMATCH, "trailing slash", on -> {
                        LoopbackIdp idp = idp(on);
                        on.policy(idp.issuer().replaceAll("/$", ""), AUDIENCE, CLIENT + "@clients");
                        return on.refused(source(idp).build());
                    })
                    .with(MismatchCause.TRAILING_SLASH_MISSING),
            Provocation.of("A6", ErrorCode.ISSUER_MISMATCH, "http://localhost:", on -> {
                        LoopbackIdp idp = idp(on);
                        on.policy(idp.issuer(), AUDIENCE, CLIENT + "@clients");
                        Auth0Rules.of(idp).customDomain("localhost");
                        return on.refused(source(idp)
                                .domain(idp.issuer().replace("127.0.0.1", "localhost"))
                                .build());
                    })
                    .with(MismatchCause.HOST),
            Provocation.of("A7", ErrorCode.SUBJECT_MISMATCH, "'" + CLIENT + "@clients'", on -> {
                        LoopbackIdp idp = idp(on);
                        on.policy(idp.issuer(), AUDIENCE, CLIENT);
                        return on.refused(source(idp).build());
                    })
                    .with(MismatchCause.AUTH0_CLIENTS_SUFFIX),
            Provocation.of("A7", ErrorCode.SUBJECT_MISMATCH, "sub is '" + CLIENT + "'", on -> {
                        LoopbackIdp idp = idp(on);
                        on.policy(idp.issuer(), AUDIENCE, CLIENT + "@clients");
                        Auth0Rules.of(idp).agentSubjects(AUDIENCE);
                        return on.refused(source(idp).build());
                    })
                    .with(MismatchCause.AUTH0_CLIENTS_SUFFIX),
            Provocation.of(
                    "A8",
                    ErrorCode.IDP_TOKEN_ALGORITHM,
                    "'" + AUDIENCE + "' > Settings > Signing Algorithm",
                    on -> signed(on, SigningAlgorithm.HS256)),
            Provocation.of("A8", ErrorCode.IDP_TOKEN_ALGORITHM, "RS256", on -> signed(on, SigningAlgorithm.PS256)),
            Provocation.of("A9", "AUTH0_QUOTA_EXCEEDED", "cache tokens", on -> {
                LoopbackIdp idp = idp(on);
                Auth0Rules.of(idp).hourlyQuota(CLIENT, 1);
                source(idp).build().mint();
                return Stage.thrown(source(idp).build()::mint);
            }),
            Provocation.of("A10", ErrorCode.ROLE_CLAIM_MISSING, "https://example.com/roles", on -> {
                RoleResolver roles = RoleResolver.builder()
                        .claim("roles")
                        .role("sales", "west")
                        .servicePrincipals("{\"west\":\"" + on.principal + "\"}")
                        .build();
                Map<String, Object> claims = Map.of("iss", "https://dev-1.us.auth0.com/", "sub", "auth0|7");
                return Stage.thrown(() -> roles.resolve(VerifiedClaims.alreadyVerified(claims)));
            }),
            Provocation.of("A11", "AUTH0_ASSERTION_REUSED", "sends requests twice", on -> {
                LoopbackIdp idp = idp(on);
                idp.failAlways(
                        Fault.status(401)
                                .body(
                                        JSON,
                                        "{\"error\":\"invalid_client\",\"error_description\":\"The jti has already been used.\"}"));
                return Stage.thrown(Auth0TokenSource.builder()
                        .domain(idp.issuer())
                        .clientId(CLIENT)
                        .audience(AUDIENCE)
                        .privateKey(SigningKey.fromPem(Keys.PRIVATE_PEM))
                        .build()::mint);
            }));

    private Auth0Provocations() {}

    private static Problem signed(Stage on, SigningAlgorithm algorithm) {
        LoopbackIdp idp = idp(on).api(AUDIENCE, algorithm, Duration.ofHours(1));
        return Stage.thrown(source(idp).build()::mint);
    }

    private static LoopbackIdp idp(Stage on) {
        LoopbackIdp idp = on.started(LoopbackIdp.auth0().start());
        return idp.api(AUDIENCE).m2mClient(CLIENT, SECRET).grant(CLIENT, AUDIENCE);
    }

    private static Auth0TokenSource.Builder source(LoopbackIdp idp) {
        return Auth0TokenSource.builder()
                .domain(idp.issuer())
                .clientId(CLIENT)
                .clientSecret(SECRET)
                .audience(AUDIENCE);
    }
}
