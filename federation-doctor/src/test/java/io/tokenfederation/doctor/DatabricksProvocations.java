// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static io.tokenfederation.doctor.Stage.AUDIENCE;
import static io.tokenfederation.doctor.Stage.SECRET;
import static io.tokenfederation.doctor.Stage.claims;

import io.tokenfederation.ClientAssertion;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.MismatchCause;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.Problem;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.SigningKey;
import io.tokenfederation.TokenDemand;
import io.tokenfederation.policy.FederationPolicies;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.PolicyException;
import io.tokenfederation.policy.PolicyOwner;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.SigningAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** G1 to G13. */
final class DatabricksProvocations {
    private static final String ISSUER = "https://idp.example.com/";
    private static final String OTHER_ID = "0d5f2c1e-6a55-4c0e-8f56-2f6a1a2b3c4d";

    static final List<Provocation> ALL = List.of(
            Provocation.of("G1", ErrorCode.EXCHANGE_CLIENT_ID_MISSING, "tokenFor(servicePrincipal)", on -> {
                on.policy(ISSUER, AUDIENCE, "backend@clients");
                IdpToken jwt = IdpToken.parse(Stage.jwt("RS256", claims(ISSUER, AUDIENCE, "backend@clients")));
                DatabricksTokenExchanger exchanger = on.exchanger(() -> jwt);
                return Stage.thrown(() -> exchanger.tokenForUser(jwt));
            }),
            Provocation.of("G2", ErrorCode.EXCHANGE_CLIENT_ID_MISTAKEN, "'" + OTHER_ID + "'", on -> {
                Map<String, Object> claims = claims(ISSUER, AUDIENCE, "service");
                claims.put("azp", OTHER_ID);
                DatabricksTokenExchanger exchanger = on.exchanger(Stage.source(claims));
                return Stage.thrown(() -> exchanger.tokenFor(ServicePrincipal.of(OTHER_ID)));
            }),
            Provocation.of(
                    "G2",
                    DoctorCode.SERVICE_PRINCIPAL_ID_WRONG,
                    "Application ID, a UUID",
                    on -> SettingCheck.servicePrincipal("3659993829438643").orElseThrow()),
            Provocation.of(
                    "G3",
                    ErrorCode.NO_FEDERATION_POLICY,
                    "two minutes",
                    on -> on.refused(source(idpWithoutPolicy(on)))),
            Provocation.of("G3", DoctorCode.POLICY_NOT_IN_EFFECT, "two minutes", on -> {
                LoopbackIdp idp = idpWithoutPolicy(on);
                IdpToken jwt = source(idp).mint();
                FederationException refused = on.failure(() -> jwt);
                return diagnosed(on, refused, jwt, FederationPolicy.matching(jwt));
            }),
            Provocation.of(
                    "G4", ErrorCode.IDP_TOKEN_EXPIRED, "newly issued JWT", on -> lasting(on, Duration.ofMinutes(-1))),
            Provocation.of("G4", ErrorCode.IDP_TOKEN_TOO_SHORT, "The JWT ends in 50 s", on -> life(on, 50)),
            Provocation.of("G4", DoctorCode.CLOCK_DIFFERS, "NTP", DatabricksProvocations::clockThatIsAhead),
            Provocation.of("G4", DoctorCode.IDP_TOKEN_NOT_YET_VALID, "begins in 600 s", on -> begun("nbf"))
                    .with(MismatchCause.NOT_YET_VALID),
            Provocation.of("G4", DoctorCode.IDP_TOKEN_NOT_YET_VALID, "600 s in the future", on -> begun("iat"))
                    .with(MismatchCause.CLOCK_SKEW),
            Provocation.of("G5", ErrorCode.TOKEN_LIFE_TOO_SHORT, "lives only until the JWT's end", on -> life(on, 298)),
            Provocation.of("G5", ErrorCode.TOKEN_LIFE_TOO_SHORT, "Raise the token lifetime", on -> {
                LoopbackIdp idp = idp(on);
                idp.lifetime(Duration.ofMinutes(5));
                DatabricksTokenExchanger exchanger = on.exchanger(source(idp));
                return Stage.thrown(
                        () -> exchanger.tokenFor(on.principal, TokenDemand.livingFor(Duration.ofMinutes(30))));
            }),
            Provocation.of("G6", ErrorCode.AUDIENCE_MISMATCH, "accepts the account id only", on -> {
                        on.databricks.policy(on.principal, withoutAudiences());
                        return on.refused(Stage.source(claims(ISSUER, AUDIENCE, "backend")));
                    })
                    .with(MismatchCause.ACCOUNT_ID_DEFAULT),
            Provocation.of("G6", ErrorCode.AUDIENCE_MISMATCH, "'" + AUDIENCE + "'", on -> {
                        on.databricks.policy(on.principal, withoutAudiences());
                        IdpToken jwt = IdpToken.parse(Stage.jwt("RS256", claims(ISSUER, AUDIENCE, "backend")));
                        return diagnosed(on, on.failure(() -> jwt), jwt, withoutAudiences());
                    })
                    .with(MismatchCause.ACCOUNT_ID_DEFAULT),
            Provocation.of(
                    "G7",
                    ErrorCode.IDP_ENDPOINT_IS_DATABRICKS,
                    "token-exchange grant",
                    DatabricksProvocations::databricksAsIdp),
            Provocation.of(
                    "G8",
                    DoctorCode.DATABRICKS_HOST_WRONG,
                    "/oidc/accounts/<id>/v1/token",
                    on -> SettingCheck.workspace("https://accounts.azuredatabricks.net")
                            .orElseThrow()),
            Provocation.of(
                    "G8",
                    DoctorCode.DATABRICKS_HOST_WRONG,
                    "/oidc/v1/token",
                    on -> SettingCheck.account("https://adb-1.2.azuredatabricks.net", OTHER_ID)
                            .orElseThrow()),
            Provocation.of("G8", ErrorCode.EXCHANGE_REPLY_UNREADABLE, "/oidc/v1/token", on -> {
                on.databricks.tokenEndpoint().failAlways(Fault.status(404).body("text/html", "<html>Not Found</html>"));
                return on.refused(source(idp(on)));
            }),
            Provocation.of("G9", DoctorCode.WORKSPACE_NOT_ASSIGNED, "to this workspace", on -> me(on, 403)),
            Provocation.of("G9", DoctorCode.WORKSPACE_NOT_ASSIGNED, "to this workspace", on -> me(on, 401)),
            Provocation.of(
                    "G9",
                    ErrorCode.TOKEN_REJECTED,
                    "assigned to this workspace",
                    on -> ApiRefusal.of(Asked.warehouse("1a2b"), on.principal, 401, "")),
            Provocation.of(
                    "G10",
                    DoctorCode.ISSUER_NOT_PUBLIC,
                    "'https://keycloak.corp/realms/main'",
                    on -> SettingCheck.issuer("https://keycloak.corp/realms/main")
                            .orElseThrow()),
            Provocation.of(
                    "G10", "POLICY_ISSUER_UNREACHABLE", "set jwks_json", DatabricksProvocations::issuerOutOfReach),
            Provocation.of("G11", "POLICY_KEY_UNKNOWN", "jwks_json", DatabricksProvocations::rotated)
                    .with(MismatchCause.PINNED_KEY_MISSING),
            Provocation.of("G12", ErrorCode.IDP_TOKEN_ALGORITHM, "RS256 or ES256", on -> {
                LoopbackIdp idp = idp(on);
                idp.api(AUDIENCE, SigningAlgorithm.HS256, Duration.ofHours(1));
                return on.refused(source(idp));
            }),
            Provocation.of(
                    "G13",
                    ErrorCode.IDP_TOKEN_OPAQUE,
                    "audience of a registered API",
                    on -> on.refused(() -> IdpToken.parse("opaque"))),
            Provocation.of(
                    "G13",
                    ErrorCode.IDP_TOKEN_ENCRYPTED,
                    "token encryption off",
                    // {"alg":"RSA-OAEP-256","enc":"A256GCM"}, and four parts nobody reads
                    on -> on.refused(() -> IdpToken.parse(
                            "eyJhbGciOiJSU0EtT0FFUC0yNTYiLCJlbmMiOiJBMjU2R0NNIn0.Y2Fu.Y2Fu.Y2Fu.Y2Fu"))));

    private DatabricksProvocations() {}

    /** An identity provider, and the policy that fits its tokens. */
    static LoopbackIdp idp(Stage on) {
        LoopbackIdp idp = idpWithoutPolicy(on);
        on.policy(idp.issuer(), AUDIENCE, idp.subjectOf("backend"));
        return idp;
    }

    private static LoopbackIdp idpWithoutPolicy(Stage on) {
        LoopbackIdp idp = on.started(LoopbackIdp.oidc().start());
        return idp.api(AUDIENCE).m2mClient("backend", SECRET).grant("backend", AUDIENCE);
    }

    static OidcTokenSource source(LoopbackIdp idp) {
        return OidcTokenSource.builder()
                .issuer(idp.issuer())
                .clientId("backend")
                .clientSecret(SECRET)
                .audience(AUDIENCE)
                .build();
    }

    private static Problem lasting(Stage on, Duration lifetime) {
        LoopbackIdp idp = idp(on);
        idp.lifetime(lifetime);
        return on.refused(source(idp));
    }

    private static Problem life(Stage on, long seconds) {
        Instant now = Instant.ofEpochSecond(4_000_000_000L - seconds);
        IdpToken jwt = IdpToken.parse(Stage.jwt("RS256", claims(ISSUER, AUDIENCE, on.principal.toString())));
        return LifeCheck.of(jwt, now, Duration.ZERO).get(0);
    }

    private static Problem begun(String claim) {
        Instant now = Instant.ofEpochSecond(3_900_000_000L);
        Map<String, Object> claims = claims(ISSUER, AUDIENCE, "backend");
        claims.put(claim, now.getEpochSecond() + 600);
        IdpToken jwt = IdpToken.parse(Stage.jwt("RS256", claims));
        return LifeCheck.of(jwt, now, Duration.ZERO).get(0);
    }

    /** This machine's clock is 90 seconds ahead of the workspace's, which the doctor hears tell the time. */
    private static Problem clockThatIsAhead(Stage on) {
        FederationDoctorBuilder doctor =
                FederationDoctor.builder().clock(InstantSource.offset(InstantSource.system(), Duration.ofSeconds(90)));
        Setup setup =
                new Setup(Stage.source(claims(ISSUER, AUDIENCE, "backend")), on.databricks.workspaceUrl(), doctor);
        try (Examination examination = new Examination(setup)) {
            new WorkspaceCheck().run(examination);
            Finding finding = new ClockCheck().run(examination).finding().orElseThrow();
            return Problem.of(finding.code(), finding.cause(), finding.fix());
        }
    }

    private static Problem diagnosed(Stage on, FederationException refused, IdpToken jwt, FederationPolicy policy) {
        return new ExchangeDiagnosis(jwt, on.databricks.accountId(), Instant.now(), known -> signature(jwt, known))
                .of(refused, List.of(policy));
    }

    private static Optional<Problem> signature(IdpToken jwt, FederationPolicy policy) {
        try {
            policy.verify(jwt);
            return Optional.empty();
        } catch (PolicyException e) {
            return Optional.of(e.problem());
        }
    }

    private static FederationPolicy withoutAudiences() {
        return FederationPolicy.builder().issuer(ISSUER).subject("backend").build();
    }

    /** Somebody takes the workspace's token endpoint for the identity provider's, with a key of the application's. */
    private static Problem databricksAsIdp(Stage on) {
        IdpTokenSource source = OidcTokenSource.builder()
                .tokenEndpoint(on.databricks.workspaceUrl() + "/oidc/v1/token")
                .clientId("backend")
                .clientAssertion(ClientAssertion.signedBy(SigningKey.fromPem(Keys.PRIVATE_PEM)))
                .build();
        return Stage.thrown(source::mint);
    }

    /** As a workspace answers somebody it does not know, with a token that was just exchanged. */
    private static Problem me(Stage on, int status) {
        String body = "{\"error_code\":" + status
                + ",\"message\":\"This API is disabled for users without workspace access.\"}";
        return ApiRefusal.of(Asked.ME, on.principal, status, body);
    }

    private static Problem issuerOutOfReach(Stage on) {
        LoopbackIdp idp = idpWithoutPolicy(on);
        FederationPolicy policy = FederationPolicy.matching(source(idp).mint());
        idp.close();
        on.databricks.accountAdmin(on.principal);
        FederationPolicies policies = FederationPolicies.builder()
                .account(on.databricks.accountUrl().toString(), on.databricks.accountId())
                .owner(PolicyOwner.of(on.principal))
                .tokens(on.databricks.tokensOf(on.principal))
                .build();
        return Stage.thrown(() -> policies.ensure(policy));
    }

    private static Problem rotated(Stage on) {
        LoopbackIdp idp = idpWithoutPolicy(on);
        IdpToken before = source(idp).mint();
        FederationPolicy pinned = FederationPolicy.matching(before).toBuilder()
                .jwksJson(Keys.publicSet("key-of-last-year"))
                .build();
        on.databricks.policy(on.principal, pinned);
        return diagnosed(on, on.failure(() -> before), before, pinned);
    }
}
