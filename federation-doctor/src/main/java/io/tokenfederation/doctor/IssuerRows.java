// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static io.tokenfederation.doctor.CatalogueRow.Means.FROM_THE_REPLY;
import static io.tokenfederation.doctor.CatalogueRow.Means.LOCALLY;
import static io.tokenfederation.doctor.CatalogueRow.Means.WITH_THE_POLICY;
import static io.tokenfederation.doctor.RowDraft.row;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.MismatchCause;
import io.tokenfederation.doctor.CatalogueRow.Place;
import java.util.List;

/** W11 to W16: issuers without a module of their own. */
final class IssuerRows {
    static final List<CatalogueRow> ROWS = List.of(
            row("W11", Place.IDENTITY_PROVIDER, "Keycloak's JWT has no `sub`.")
                    .because("The client lacks the client scope `basic`, which puts it there.")
                    .found("The claims, before anything is sent.", LOCALLY)
                    .code(ErrorCode.IDP_TOKEN_CLAIM_MISSING)
                    .fix("Assign the built-in client scope `basic` to the client.")
                    .example("Clients > the client > Client scopes > Add client scope")
                    .end(),
            row("W12", Place.EXCHANGE, "Keycloak's JWT has `account` as its only `aud`.")
                    .because("The client has no Audience mapper.")
                    .found(
                            "`aud`, when the exchange is refused, or the policy is compared.",
                            FROM_THE_REPLY,
                            WITH_THE_POLICY)
                    .code(ErrorCode.AUDIENCE_MISMATCH)
                    .mismatch(MismatchCause.KEYCLOAK_DEFAULT_AUDIENCE)
                    .fix("Add an Audience mapper with the policy's audience to the client.")
                    .example("Clients > the client > Client scopes > the dedicated one > Add mapper > Audience")
                    .seeAlso("S2"),
            row("W13", Place.IDENTITY_PROVIDER, "Amazon Cognito's access token has no `aud`.")
                    .because("Cognito's access tokens for applications have none, by design.")
                    .found("The claims, before anything is sent.", LOCALLY)
                    .code(ErrorCode.IDP_TOKEN_CLAIM_MISSING)
                    .fix("Add `aud` by a pre token generation trigger, or use another issuer.")
                    .example("`client_id` is there, and no policy compares it with an audience")
                    .end(),
            row("W14", Place.IDENTITY_PROVIDER, "AWS' JWT is signed with ES384.")
                    .because("`GetWebIdentityToken` was asked for this algorithm, which Databricks does not take.")
                    .found("The JWT's header, before anything is sent.", LOCALLY)
                    .code(ErrorCode.IDP_TOKEN_ALGORITHM)
                    .fix("Call `GetWebIdentityToken` with `SigningAlgorithm=RS256`.")
                    .example("`alg` `ES384`")
                    .seeAlso("G12"),
            row("W15", Place.EXCHANGE, "Google's `sub` is a number, the policy's subject an e-mail address.")
                    .because("`sub` is the service account's unique id.")
                    .found("The form of the two subjects.", FROM_THE_REPLY, WITH_THE_POLICY)
                    .code(ErrorCode.SUBJECT_MISMATCH)
                    .mismatch(MismatchCause.GOOGLE_EMAIL)
                    .fix("Set the policy's subject to the number in the JWT's `sub`.")
                    .example("token `104567890123456789012`, policy `backend@p.iam.gserviceaccount.com`")
                    .seeAlso("S4"),
            row("W16", Place.IDENTITY_PROVIDER, "A SPIFFE JWT-SVID has no `iss`.")
                    .because("`jwt_issuer` is not set in the SPIRE server's configuration.")
                    .found("The claims, before anything is sent.", LOCALLY)
                    .code("SPIFFE_ISSUER_MISSING")
                    .code(ErrorCode.IDP_TOKEN_CLAIM_MISSING)
                    .fix("Set `jwt_issuer` to the address of SPIRE's OIDC discovery provider, and publish that.")
                    .example("`jwt_issuer = \"https://oidc.example.org\"`")
                    .end());

    private IssuerRows() {}
}
