// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static io.tokenfederation.doctor.Stage.AUDIENCE;
import static io.tokenfederation.doctor.Stage.claims;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.MismatchCause;
import io.tokenfederation.Problem;
import io.tokenfederation.RoleResolver;
import io.tokenfederation.VerifiedClaims;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.testkit.LoopbackIdp;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** S1 to S8. */
final class ClassicProvocations {
    private static final String ISSUER = "https://dev-1.us.auth0.com/";
    private static final String SUBJECT = "client-1@clients";

    static final List<Provocation> ALL = List.of(
            Provocation.of(
                    "S1", ErrorCode.ROLE_CLAIM_MISSING, "post-login hook", on -> resolve(on, Map.of("email", "a@b.c"))),
            Provocation.of(
                            "S2",
                            ErrorCode.AUDIENCE_MISMATCH,
                            "'" + AUDIENCE + "'",
                            on -> on.refused(claims(ISSUER, AUDIENCE, SUBJECT), ISSUER, AUDIENCE + "/", SUBJECT))
                    .with(MismatchCause.TRAILING_SLASH_EXTRA),
            Provocation.of(
                            "S3",
                            ErrorCode.ISSUER_MISMATCH,
                            "'" + ISSUER + "'",
                            on -> on.refused(
                                    claims(ISSUER, AUDIENCE, SUBJECT), "https://dev-1.us.auth0.com", AUDIENCE, SUBJECT))
                    .with(MismatchCause.TRAILING_SLASH_MISSING),
            Provocation.of(
                            "S4",
                            ErrorCode.SUBJECT_MISMATCH,
                            "'" + SUBJECT + "'",
                            on -> on.refused(claims(ISSUER, AUDIENCE, SUBJECT), ISSUER, AUDIENCE, "client-1"))
                    .with(MismatchCause.AUTH0_CLIENTS_SUFFIX),
            Provocation.of("S5", ErrorCode.ROLE_UNKNOWN, "no default", on -> resolve(on, Map.of("role", "interns"))),
            Provocation.of("S5", ErrorCode.ROLE_UNMAPPED, "map from role", ClassicProvocations::unmapped),
            Provocation.of(
                    "S6",
                    ErrorCode.NO_FEDERATION_POLICY,
                    "attach a federation policy",
                    on -> on.refused(Stage.source(claims(ISSUER, AUDIENCE, SUBJECT)))),
            Provocation.of(
                    "S7",
                    ErrorCode.PERMISSION_DENIED,
                    "CAN USE on the SQL warehouse '1a2b'",
                    ClassicProvocations::denied),
            Provocation.of(
                    "S8",
                    ErrorCode.WRONG_ROW_FILTER,
                    "is_account_group_member('west_sales')",
                    on -> rows(on, new Membership("west_sales", false, true))),
            Provocation.of(
                    "S8",
                    ErrorCode.WRONG_ROW_FILTER,
                    "use is_member('west_sales')",
                    on -> rows(on, new Membership("west_sales", true, false))),
            Provocation.of(
                    "S8",
                    ErrorCode.WRONG_ROW_FILTER,
                    "to the group 'west_sales'",
                    on -> rows(on, new Membership("west_sales", false, false))),
            Provocation.of(
                    "S8",
                    ErrorCode.WRONG_ROW_FILTER,
                    "opened for 'somebody@example.com'",
                    on -> RowFilterCheck.of(on.principal, "somebody@example.com", List.of())
                            .get(0)));

    private ClassicProvocations() {}

    private static Problem resolve(Stage on, Map<String, Object> claims) {
        RoleResolver roles = RoleResolver.builder()
                .claim("role")
                .role("sales-west", "west_sales")
                .servicePrincipals("{\"west_sales\":\"" + on.principal + "\"}")
                .build();
        return Stage.thrown(() -> roles.resolve(VerifiedClaims.alreadyVerified(claims)));
    }

    private static Problem unmapped(Stage on) {
        RoleResolver roles = RoleResolver.builder()
                .claim("role")
                .servicePrincipals("{\"west_sales\":\"" + on.principal + "\"}")
                .build();
        return Stage.thrown(() -> roles.resolve(VerifiedClaims.alreadyVerified(Map.of("role", "sales-east"))));
    }

    /** A real token, a real warehouse, no permission. */
    private static Problem denied(Stage on) throws Exception {
        LoopbackIdp idp = DatabricksProvocations.idp(on);
        on.databricks.denyWarehouse(on.principal);
        String token = on.exchanger(DatabricksProvocations.source(idp))
                .tokenFor(on.principal)
                .value();
        URI sql = on.databricks.workspaceUrl().resolve("/api/2.0/sql/statements");
        HttpReply reply = HttpTransport.create(Duration.ofSeconds(5), Duration.ofSeconds(10))
                .send(
                        HttpTransport.request(sql)
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"statement\":\"SELECT 1\",\"warehouse_id\":\"1a2b\"}"))
                                .build(),
                        1 << 20);
        return ApiRefusal.of(Asked.warehouse("1a2b"), on.principal, reply.status(), reply.text());
    }

    private static Problem rows(Stage on, Membership group) {
        return RowFilterCheck.of(on.principal, on.principal.toString(), List.of(group))
                .get(0);
    }
}
