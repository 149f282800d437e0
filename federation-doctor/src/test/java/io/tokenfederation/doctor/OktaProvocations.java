// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static io.tokenfederation.doctor.Stage.SECRET;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.MismatchCause;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.okta.OktaTokenSource;
import io.tokenfederation.okta.OktaTokenSourceBuilder;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.OktaRules;
import java.util.List;
import java.util.Map;

/** O1 to O14. What the stand-in does not say by itself is said in Okta's words. */
final class OktaProvocations {
    private static final String AUDIENCE = "api://databricks";
    private static final String CLIENT = "0oa1client";
    private static final String SCOPE = "databricks";

    static final List<Provocation> ALL = List.of(
            Provocation.of("O1", "OKTA_ORG_SERVER", "Set authorizationServer", on -> {
                LoopbackIdp idp = idp(on);
                idp.forgery().claim("iss", origin(idp));
                return Stage.thrown(source(idp).build()::mint);
            }),
            Provocation.of("O1", ErrorCode.NO_FEDERATION_POLICY, "/oauth2/<id>/v1/token", on -> {
                        Map<String, Object> claims =
                                Stage.claims("https://acme.okta.com", "https://acme.okta.com", CLIENT);
                        return on.refused(Stage.source(claims));
                    })
                    .with(MismatchCause.OKTA_AUTHORIZATION_SERVER),
            Provocation.of("O2", "OKTA_DPOP_REQUIRED", "the application '" + CLIENT + "'", on -> {
                LoopbackIdp idp = idp(on);
                OktaRules.of(idp).requireDpop(CLIENT);
                return Stage.thrown(source(idp).build()::mint);
            }),
            Provocation.of("O3", "OKTA_DPOP_REQUIRED", "Untick", on -> {
                LoopbackIdp idp = idp(on);
                idp.forgery().claim("cnf", Map.of("jkt", "thumbprint"));
                return Stage.thrown(source(idp).build()::mint);
            }),
            Provocation.of("O3", "OKTA_DPOP_REQUIRED", "Untick", on -> {
                LoopbackIdp idp = idp(on);
                idp.failAlways(Fault.status(200)
                        .body("application/json", "{\"access_token\":\"bound\",\"token_type\":\"DPoP\"}"));
                return Stage.thrown(source(idp).build()::mint);
            }),
            Provocation.of("O3", ErrorCode.IDP_TOKEN_NOT_BEARER, "DPoP", on -> {
                LoopbackIdp idp = idp(on);
                idp.forgery().claim("cnf", Map.of("jkt", "thumbprint"));
                return on.refused(generic(idp));
            }),
            Provocation.of(
                    "O4",
                    "OKTA_SCOPE_UNKNOWN",
                    "Add the scopes 'databriks' at Security > API > default > Scopes",
                    on -> Stage.thrown(source(idp(on)).scopes("databriks").build()::mint)),
            said("O4", "OKTA_SCOPE_MISSING", "invalid_scope", "'scope' must be provided.", "Set scopes(name)"),
            said(
                    "O5",
                    "OKTA_SCOPE_OPENID",
                    "invalid_scope",
                    "Cannot request 'openid' scopes using client credentials.",
                    "Leave openid, profile, email"),
            Provocation.of("O6", "OKTA_ACCESS_POLICY_MISSING", "for the application 'other'", on -> {
                LoopbackIdp idp = idp(on).m2mClient("other", SECRET);
                return Stage.thrown(source(idp).clientId("other").build()::mint);
            }),
            said(
                    "O7",
                    "OKTA_CREDENTIALS_TWICE",
                    "invalid_request",
                    "Cannot supply multiple client credentials.",
                    "the source sends one credential"),
            Provocation.of(
                    "O8",
                    "OKTA_CLIENT_UNKNOWN",
                    "'0oa-nobody'",
                    on -> Stage.thrown(source(idp(on)).clientId("0oa-nobody").build()::mint)),
            Provocation.of(
                    "O9",
                    ErrorCode.IDP_ISSUER_MISMATCH,
                    "Pin the issuer at Security > API > default",
                    on -> Stage.thrown(otherHost(idp(on)).build()::mint)),
            Provocation.of("O9", ErrorCode.ISSUER_MISMATCH, "localhost", on -> {
                        LoopbackIdp idp = idp(on);
                        on.policy(idp.issuer(), AUDIENCE, CLIENT);
                        OktaRules.of(idp).dynamicIssuer(true);
                        return on.refused(otherHost(idp).build());
                    })
                    .with(MismatchCause.HOST),
            Provocation.of("O10", ErrorCode.SUBJECT_MISMATCH, "'backend@example.com'", on -> {
                        LoopbackIdp idp = idp(on);
                        on.policy(idp.issuer(), AUDIENCE, CLIENT);
                        OktaRules.of(idp).subject("backend@example.com");
                        return on.refused(source(idp).build());
                    })
                    .with(MismatchCause.CLIENT_ID_FOR_SUBJECT),
            Provocation.of(
                    "O11",
                    "OKTA_AUDIENCE_MISMATCH",
                    "'" + AUDIENCE + "'",
                    on -> Stage.thrown(source(idp(on))
                            .expectedAudience("https://adb-1.example.com")
                            .build()::mint)),
            Provocation.of("O11", ErrorCode.AUDIENCE_MISMATCH, "'" + AUDIENCE + "'", on -> {
                LoopbackIdp idp = idp(on);
                on.policy(idp.issuer(), "sales-workspace", CLIENT);
                return on.refused(source(idp).build());
            }),
            said(
                    "O12",
                    "OKTA_ORG_SERVER",
                    "unsupported_grant_type",
                    "'client_credentials' grant type can only be used with a custom authorization server.",
                    "Set authorizationServer"),
            said(
                    "O12",
                    "OKTA_ORG_SERVER",
                    "invalid_client",
                    "Client Credentials requests to the Org Authorization Server must use the private_key_jwt"
                            + " token_endpoint_auth_method.",
                    "Set authorizationServer"),
            said(
                    "O13",
                    "OKTA_GROUPS_TOO_MANY",
                    "server_error",
                    "The groups claim matched too many groups.",
                    "such as '^app-' instead of '.*'"),
            said(
                    "O14",
                    "OKTA_ASSERTION_REUSED",
                    "invalid_client",
                    "The client_assertion token has already been used.",
                    "sends requests twice"));

    private OktaProvocations() {}

    private static Provocation said(String row, String code, String error, String words, String inFix) {
        return Provocation.of(row, code, inFix, on -> {
            LoopbackIdp idp = idp(on);
            idp.failAlways(Fault.status(400)
                    .body("application/json", "{\"error\":\"" + error + "\",\"error_description\":\"" + words + "\"}"));
            return Stage.thrown(source(idp).build()::mint);
        });
    }

    private static LoopbackIdp idp(Stage on) {
        LoopbackIdp idp = on.started(LoopbackIdp.okta().start());
        return idp.api(AUDIENCE).m2mClient(CLIENT, SECRET).grant(CLIENT, AUDIENCE, SCOPE);
    }

    private static OktaTokenSourceBuilder source(LoopbackIdp idp) {
        return OktaTokenSource.builder()
                .domain(origin(idp))
                .clientId(CLIENT)
                .clientSecret(SECRET)
                .scopes(SCOPE);
    }

    private static OktaTokenSourceBuilder otherHost(LoopbackIdp idp) {
        return source(idp).domain(origin(idp).replace("127.0.0.1", "localhost"));
    }

    /** For whoever uses no module of ours. */
    private static OidcTokenSource generic(LoopbackIdp idp) {
        return OidcTokenSource.builder()
                .tokenEndpoint(idp.tokenEndpoint().toString())
                .clientId(CLIENT)
                .clientSecret(SECRET)
                .scopes(SCOPE)
                .build();
    }

    private static String origin(LoopbackIdp idp) {
        return idp.tokenEndpoint().toString().split("/oauth2/", 2)[0];
    }
}
