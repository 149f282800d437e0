// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static io.tokenfederation.doctor.Stage.SECRET;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpToken;
import io.tokenfederation.MismatchCause;
import io.tokenfederation.Problem;
import io.tokenfederation.RoleResolver;
import io.tokenfederation.VerifiedClaims;
import io.tokenfederation.entra.EntraTokenSource;
import io.tokenfederation.entra.EntraTokenSourceBuilder;
import io.tokenfederation.entra.EntraTokenVersion;
import io.tokenfederation.testkit.EntraRules;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackIdp;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** E1 to E12. */
final class EntraProvocations {
    private static final String API = "api://databricks-federation";
    private static final String CLIENT = "11111111-1111-1111-1111-111111111111";
    private static final String TENANT = "9f2b7c10-5c3e-4d7a-8a35-0a1c1b2d3e4f";
    private static final String EXCHANGE_AUDIENCE = "api://AzureADTokenExchange";

    static final List<Provocation> ALL = List.of(
            Provocation.of("E1", ErrorCode.ISSUER_MISMATCH, "'https://sts.windows.net/" + TENANT + "/'", on -> {
                        Map<String, Object> claims =
                                Stage.claims("https://sts.windows.net/" + TENANT + "/", API, CLIENT);
                        claims.put("tid", TENANT);
                        return on.refused(claims, "https://login.microsoftonline.com/" + TENANT + "/v2.0", API, CLIENT);
                    })
                    .with(MismatchCause.ENTRA_VERSION),
            Provocation.of("E1", "ENTRA_TOKEN_VERSION", "requestedAccessTokenVersion to 2", on -> {
                LoopbackIdp idp = idp(on);
                EntraRules.of(idp).tokenVersion(API, 1);
                return Stage.thrown(
                        source(idp).expectedVersion(EntraTokenVersion.V2).build()::mint);
            }),
            Provocation.of("E2", ErrorCode.AUDIENCE_MISMATCH, "'" + API + "'", on -> {
                        LoopbackIdp idp = idp(on);
                        on.policy(idp.issuer(), API, idp.subjectOf(CLIENT));
                        return on.refused(source(idp).build());
                    })
                    .with(MismatchCause.GUID_FOR_URI),
            Provocation.of(
                            "E3",
                            ErrorCode.SUBJECT_MISMATCH,
                            "'" + CLIENT + "' is the client id",
                            on -> subject(on, CLIENT))
                    .with(MismatchCause.ENTRA_CLIENT_ID_FOR_OBJECT_ID),
            Provocation.of(
                            "E3",
                            ErrorCode.SUBJECT_MISMATCH,
                            "object id",
                            on -> subject(on, "22222222-2222-2222-2222-222222222222"))
                    .with(MismatchCause.OTHER_GUID),
            Provocation.of(
                    "E4",
                    "ENTRA_RESOURCE_NOT_FOUND",
                    "'api://other'",
                    on -> Stage.thrown(client(idp(on))
                            .clientSecret(SECRET)
                            .application("api://other")
                            .build()::mint)),
            Provocation.of(
                    "E5",
                    "ENTRA_SECRET_WRONG",
                    "Value, not its Secret ID",
                    on -> Stage.thrown(source(idp(on))
                            .clientSecret("0d5f2c1e-0000-4000-8000-000000000000")
                            .build()::mint)),
            Provocation.of("E5", "ENTRA_SECRET_EXPIRED", "create a new one", on -> {
                LoopbackIdp idp = idp(on);
                EntraRules.of(idp).secretExpired(CLIENT);
                return Stage.thrown(source(idp).build()::mint);
            }),
            aadsts("E6", "ENTRA_SCOPE_INVALID", 70011, "appends '/.default'"),
            aadsts("E6", "ENTRA_SCOPE_INVALID", 1002012, "appends '/.default'"),
            Provocation.of("E7", "ENTRA_APP_NOT_FOUND", "Application (client) ID", on -> {
                return Stage.thrown(
                        source(idp(on)).clientId(UUID.randomUUID().toString()).build()::mint);
            }),
            Provocation.of("E7", "ENTRA_TENANT_NOT_FOUND", "Directory (tenant) ID", on -> {
                return Stage.thrown(
                        source(idp(on)).tenant(UUID.randomUUID().toString()).build()::mint);
            }),
            Provocation.of("E8", "ENTRA_ASSIGNMENT_REQUIRED", "Assign an app role of '" + API, on -> {
                LoopbackIdp idp = idp(on);
                EntraRules.of(idp).assignmentRequired(API);
                return Stage.thrown(source(idp).build()::mint);
            }),
            Provocation.of(
                    "E9",
                    "ENTRA_FEDERATED_SUBJECT_MISMATCH",
                    "audience '" + EXCHANGE_AUDIENCE + "'",
                    EntraProvocations::federatedSubject),
            federated("ENTRA_FEDERATED_CREDENTIAL_NOT_FOUND", 70021),
            federated("ENTRA_FEDERATED_ISSUER_MISMATCH", 700211),
            federated("ENTRA_FEDERATED_AUDIENCE_MISMATCH", 700212),
            Provocation.of("E10", ErrorCode.IDP_TOKEN_FOR_DATABRICKS, "DatabricksTokenSource.direct", on -> {
                LoopbackIdp idp = idp(on);
                return on.refused(
                        client(idp).clientSecret(SECRET).azureDatabricks().build());
            }),
            Provocation.of("E11", ErrorCode.ROLE_GROUPS_OVERAGE, "app roles", EntraProvocations::overage),
            aadsts("E12", "ENTRA_LOOP_DETECTED", 50196, "share one source and one exchanger"));

    private EntraProvocations() {}

    private static Provocation aadsts(String row, String code, int number, String inFix) {
        return Provocation.of(row, code, inFix, on -> {
            LoopbackIdp idp = idp(on);
            idp.failAlways(Fault.aadsts(number));
            return Stage.thrown(source(idp).build()::mint);
        });
    }

    private static Provocation federated(String code, int number) {
        return Provocation.of("E9", code, "subject 'job'", on -> {
            LoopbackIdp idp = idp(on);
            idp.failAlways(Fault.aadsts(number));
            IdpToken presented = IdpToken.parse(
                    Stage.jwt("RS256", Stage.claims("https://ci.example.com", EXCHANGE_AUDIENCE, "job")));
            return Stage.thrown(client(idp)
                    .federatedCredential(() -> presented)
                    .application(API)
                    .build()::mint);
        });
    }

    private static Problem federatedSubject(Stage on) {
        LoopbackIdp idp = idp(on);
        LoopbackIdp external = on.started(LoopbackIdp.oidc().start());
        external.api(Stage.AUDIENCE).m2mClient("backend", SECRET).grant("backend", Stage.AUDIENCE);
        external.forgery().claim("aud", EXCHANGE_AUDIENCE);
        EntraRules.of(idp).federatedCredential(CLIENT, external.issuer(), "another-job", EXCHANGE_AUDIENCE);
        return Stage.thrown(client(idp)
                .federatedCredential(DatabricksProvocations.source(external))
                .application(API)
                .build()::mint);
    }

    private static Problem subject(Stage on, String subject) {
        LoopbackIdp idp = idp(on);
        on.policy(idp.issuer(), EntraRules.of(idp).applicationId(API), subject);
        return on.refused(source(idp).build());
    }

    private static Problem overage(Stage on) {
        RoleResolver roles = RoleResolver.builder()
                .claim("groups")
                .role("sales", "west")
                .servicePrincipals("{\"west\":\"" + on.principal + "\"}")
                .build();
        Map<String, Object> claims = Map.of(
                "iss",
                "https://login.microsoftonline.com/t/v2.0",
                "sub",
                "p",
                "_claim_names",
                Map.of("groups", "src1"));
        return Stage.thrown(() -> roles.resolve(VerifiedClaims.alreadyVerified(claims)));
    }

    private static LoopbackIdp idp(Stage on) {
        return on.started(LoopbackIdp.entra().start()).api(API).m2mClient(CLIENT, SECRET);
    }

    private static EntraTokenSourceBuilder client(LoopbackIdp idp) {
        EntraRules rules = EntraRules.of(idp);
        return EntraTokenSource.builder()
                .tenant(rules.tenantId())
                .authority(rules.authority().toString())
                .clientId(CLIENT);
    }

    private static EntraTokenSourceBuilder source(LoopbackIdp idp) {
        return client(idp).clientSecret(SECRET).application(API);
    }
}
