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

/** A1 to A11: Auth0. */
final class Auth0Rows {
    static final List<CatalogueRow> ROWS = List.of(
            row("A1", Place.IDENTITY_PROVIDER, "Auth0 answers 200 with a short token that is no JWT.")
                    .because(
                            "No audience was named, or none that is an API's Identifier, so the token is for Auth0 itself.")
                    .found("The token has not the three parts of a JWT.", LOCALLY)
                    .code(ErrorCode.IDP_TOKEN_OPAQUE)
                    .fix("Set `audience` to the Identifier of an API: Auth0 dashboard > Applications > APIs.")
                    .example("`audience(\"https://adb-1.2.azuredatabricks.net\")`")
                    .seeAlso("G13"),
            row("A2", Place.IDENTITY_PROVIDER, "`403 access_denied: Service not enabled within domain: …`")
                    .because("No API of the tenant has the audience as its Identifier.")
                    .found("By these words.", FROM_THE_REPLY)
                    .code("AUTH0_API_NOT_FOUND")
                    .fix(
                            "Make `audience` the API's Identifier, character for character; an Identifier cannot be changed.")
                    .example("Identifier `https://adb-1.example.com`, asked for `https://adb-1.example.com/`")
                    .end(),
            row(
                            "A3",
                            Place.IDENTITY_PROVIDER,
                            "`403 access_denied: Client is not authorized to access … create a \"client-grant\"`")
                    .because("The application may not have tokens for this API.")
                    .found("By these words.", FROM_THE_REPLY)
                    .code("AUTH0_CLIENT_GRANT_MISSING")
                    .fix(
                            "Authorise the M2M application: Applications > APIs > the API > Machine to Machine Applications.")
                    .example("the switch beside the application's name is off")
                    .end(),
            row(
                            "A4",
                            Place.IDENTITY_PROVIDER,
                            "`403 unauthorized_client: Grant type 'client_credentials' not allowed for the client.`")
                    .because("The application is of another type, or the grant is not enabled.")
                    .found("By these words.", FROM_THE_REPLY)
                    .code("AUTH0_GRANT_TYPE_DISABLED")
                    .fix(
                            "Enable Client Credentials (Settings > Advanced > Grant Types), or use a Machine to Machine application.")
                    .example("the client id is that of the single page application")
                    .end(),
            row("A5", Place.IDENTITY_PROVIDER, "`401 access_denied: Unauthorized`")
                    .because("Client id or secret is wrong, or belongs to another tenant.")
                    .found("By the status.", FROM_THE_REPLY)
                    .code(ErrorCode.IDP_CLIENT_REJECTED)
                    .fix("Copy client id and secret anew from the application in the tenant of `domain`.")
                    .example("`Check client id 'kD3…' and its secret in dev-1.us.auth0.com`")
                    .end(),
            row("A6", Place.EXCHANGE, "`TOKEN_INVALID`, and the issuers differ by a slash or a host.")
                    .because(
                            "Auth0's `iss` ends in a slash; and it names the domain the token was asked at, the custom one or the"
                                    + " tenant's.")
                    .found("The JWT's `iss` is compared with the policy's issuer.", FROM_THE_REPLY, WITH_THE_POLICY)
                    .code(ErrorCode.ISSUER_MISMATCH)
                    .mismatch(MismatchCause.TRAILING_SLASH_MISSING, MismatchCause.HOST)
                    .fix("Use one domain for token requests and policy, and end the policy's issuer in a slash.")
                    .example("token `https://login.example.com/`, policy `https://dev-1.us.auth0.com`")
                    .seeAlso("S3"),
            row("A7", Place.EXCHANGE, "`TOKEN_INVALID`, and the subjects differ by `@clients`.")
                    .because("Auth0 appends `@clients` to the client id in `sub`; APIs with agent identity do not.")
                    .found("The JWT's `sub` is compared with the policy's subject.", FROM_THE_REPLY, WITH_THE_POLICY)
                    .code(ErrorCode.SUBJECT_MISMATCH)
                    .mismatch(MismatchCause.AUTH0_CLIENTS_SUFFIX)
                    .fix("Set the policy's subject to the JWT's `sub`, with the suffix or without, as it is there.")
                    .example("token `kD3…@clients`, policy `kD3…`")
                    .seeAlso("S4"),
            row("A8", Place.IDENTITY_PROVIDER, "Auth0's JWT is signed with HS256 or PS256.")
                    .because("The API's signing algorithm is one Databricks does not take.")
                    .found("The JWT's header, before it is sent.", LOCALLY)
                    .code(ErrorCode.IDP_TOKEN_ALGORITHM)
                    .fix("Choose RS256 at Applications > APIs > the API > Settings > Signing Algorithm.")
                    .example("`alg` `HS256`")
                    .seeAlso("G12"),
            row("A9", Place.LATER, "`429 Client quota exceeded`")
                    .because(
                            "The hour's or the day's quota of M2M tokens is used up, mostly by tokens that nobody keeps.")
                    .found("By these words and the quota headers, which say when it ends.", FROM_THE_REPLY)
                    .code("AUTH0_QUOTA_EXCEEDED")
                    .fix(
                            "Keep one exchanger per process, so that tokens are cached; nothing is asked until `retryAfter()`.")
                    .example("`Auth0-Client-Quota-Limit: b=per_hour;q=100;r=0;t=1800`")
                    .end(),
            row("A10", Place.LOGIN, "The Action sets the claim, and it is not in the token.")
                    .because("Auth0 keeps the name for itself and leaves such a claim out without a word.")
                    .found("The claim that is missing has one of the names on Auth0's list.", LOCALLY)
                    .code(ErrorCode.ROLE_CLAIM_MISSING)
                    .fix("Have the Action set the claim in a namespace of yours.")
                    .example("`https://example.com/roles` in place of `roles`")
                    .seeAlso("S1"),
            row(
                            "A11",
                            Place.IDENTITY_PROVIDER,
                            "`invalid_client`, and the words speak of an assertion whose `jti` was used.")
                    .because("An assertion arrived twice: something between sends requests again.")
                    .found("By these words, with an application that has a key.", FROM_THE_REPLY)
                    .code("AUTH0_ASSERTION_REUSED")
                    .inferred()
                    .fix(
                            "Look for a proxy that sends requests twice; each attempt of this library has an assertion of its own.")
                    .example("a gateway that retries POST")
                    .seeAlso("O14"));

    private Auth0Rows() {}
}
