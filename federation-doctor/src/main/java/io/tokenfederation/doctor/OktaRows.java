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

/** O1 to O14: Okta. */
final class OktaRows {
    static final List<CatalogueRow> ROWS = List.of(
            row("O1", Place.IDENTITY_PROVIDER, "`iss` is the bare org URL, and every exchange is refused.")
                    .because(
                            "The JWT is of the org authorization server, whose access tokens nobody but Okta can verify.")
                    .found("`iss` has no `/oauth2/` in it.", LOCALLY, FROM_THE_REPLY)
                    .code("OKTA_ORG_SERVER")
                    .code(ErrorCode.NO_FEDERATION_POLICY)
                    .fix("Use a custom authorization server: `/oauth2/<id>/v1/token`, such as `default`.")
                    .example("`https://acme.okta.com/oauth2/default` in place of `https://acme.okta.com`")
                    .seeAlso("O12", "S3"),
            row("O2", Place.IDENTITY_PROVIDER, "`400 invalid_dpop_proof`")
                    .because("The application requires proof of possession, which is ticked in new ones.")
                    .found("By the OAuth error.", FROM_THE_REPLY)
                    .code("OKTA_DPOP_REQUIRED")
                    .fix("Untick 'Require Demonstrating Proof of Possession (DPoP)': Applications > the app > General.")
                    .example("the tick is in General Settings")
                    .seeAlso("O3"),
            row("O3", Place.IDENTITY_PROVIDER, "`token_type` is `DPoP`, or the JWT has `cnf`.")
                    .because(
                            "As O2, with a proof that something on the way added: the token is bound to a key, and Databricks takes"
                                    + " bearer tokens only.")
                    .found("By the type, or by the claim, before anything is sent.", LOCALLY)
                    .code("OKTA_DPOP_REQUIRED")
                    .code(ErrorCode.IDP_TOKEN_NOT_BEARER)
                    .fix("As O2.")
                    .example("`\"cnf\": {\"jkt\": …}`")
                    .seeAlso("O2"),
            row("O4", Place.IDENTITY_PROVIDER, "`400 invalid_scope`")
                    .because(
                            "The authorization server has no such scope, or none was asked for and it has no default one.")
                    .found("By the words.", FROM_THE_REPLY)
                    .code("OKTA_SCOPE_UNKNOWN")
                    .code("OKTA_SCOPE_MISSING")
                    .fix(
                            "Create a custom scope on this authorization server (Security > API > the server > Scopes), and ask for"
                                    + " it.")
                    .example("`scopes(\"databricks\")`")
                    .seeAlso("O5"),
            row("O5", Place.IDENTITY_PROVIDER, "`Cannot request 'openid' scopes using client credentials.`")
                    .because("Scopes of OpenID Connect are for people.")
                    .found("When the source is built; or by these words.", LOCALLY, FROM_THE_REPLY)
                    .code("OKTA_SCOPE_OPENID")
                    .fix("Leave `openid`, `profile` and `email` out.")
                    .example("`scopes(\"databricks\")`, not `scopes(\"openid\", \"databricks\")`")
                    .seeAlso("O4"),
            row("O6", Place.IDENTITY_PROVIDER, "`access_denied: Policy evaluation failed for this request`")
                    .because(
                            "No access policy of the authorization server has a rule for this application and Client Credentials;"
                                    + " a rule for groups never fits, as no person is there.")
                    .found("By these words.", FROM_THE_REPLY)
                    .code("OKTA_ACCESS_POLICY_MISSING")
                    .fix(
                            "Add an access policy rule that allows Client Credentials for this application, for any user assigned the"
                                    + " app.")
                    .example("Security > API > default > Access Policies > Add Rule")
                    .end(),
            row("O7", Place.IDENTITY_PROVIDER, "`Cannot supply multiple client credentials.`")
                    .because("The request that arrived held a credential in its header and another one in its body.")
                    .found("By these words.", FROM_THE_REPLY)
                    .code("OKTA_CREDENTIALS_TWICE")
                    .fix(
                            "Set no credential in the `HttpClient`, in a proxy, or by `parameter(…)`: the source sends one, by Basic.")
                    .example("`parameter(\"client_secret\", …)` beside `clientSecret(…)`")
                    .end(),
            row(
                            "O8",
                            Place.IDENTITY_PROVIDER,
                            "`{\"errorCode\":\"invalid_client\",\"errorSummary\":\"Invalid value for 'client_id' …\"}`")
                    .because("The org has no active application with this client id; often it is another org.")
                    .found("By these words, in Okta's own shape of errors.", FROM_THE_REPLY)
                    .code("OKTA_CLIENT_UNKNOWN")
                    .fix("Copy the client id anew, and check that `domain` is the org it is in.")
                    .example("`acme.okta.com` and `acme.oktapreview.com` are two orgs")
                    .end(),
            row("O9", Place.EXCHANGE, "`iss` is another host than yesterday, or in another environment.")
                    .because(
                            "The authorization server's issuer is Dynamic and follows the host that is asked; or the org has a custom"
                                    + " domain.")
                    .found(
                            "`iss` is compared with the domain that was asked, and with the policy's issuer.",
                            LOCALLY,
                            FROM_THE_REPLY,
                            WITH_THE_POLICY)
                    .code(ErrorCode.IDP_ISSUER_MISMATCH)
                    .code(ErrorCode.ISSUER_MISMATCH)
                    .mismatch(MismatchCause.HOST)
                    .fix(
                            "Pin the issuer: Security > API > the server > Settings > Issuer; then say the same in the policy.")
                    .example("`https://login.example.com/oauth2/default` and `https://acme.okta.com/oauth2/default`")
                    .seeAlso("S3"),
            row("O10", Place.EXCHANGE, "`sub` is not the client id.")
                    .because(
                            "The claim `sub` of the authorization server has an expression of its own; the policy names the client"
                                    + " id, which is in `cid`.")
                    .found(
                            "The policy's subject is compared with `sub`, and with the other ids.",
                            FROM_THE_REPLY,
                            WITH_THE_POLICY)
                    .code(ErrorCode.SUBJECT_MISMATCH)
                    .mismatch(MismatchCause.CLIENT_ID_FOR_SUBJECT)
                    .inferred()
                    .fix("Set the policy's subject to the JWT's `sub`, or restore Okta's own expression.")
                    .example("token `backend@example.com`, policy `0oa1b2…`")
                    .seeAlso("S4"),
            row("O11", Place.EXCHANGE, "`aud` is always the same, whatever is asked for.")
                    .because("A custom authorization server has one audience, and no request can choose another.")
                    .found(
                            "`aud` is compared with `expectedAudience`, where it is set, and with the policy's.",
                            LOCALLY,
                            FROM_THE_REPLY,
                            WITH_THE_POLICY)
                    .code("OKTA_AUDIENCE_MISMATCH")
                    .code(ErrorCode.AUDIENCE_MISMATCH)
                    .fix("Change the server's audience (Security > API > the server > Settings), or the policy's.")
                    .example("token `api://default`, policy `https://adb-1.2.azuredatabricks.net`")
                    .seeAlso("S2"),
            row(
                            "O12",
                            Place.IDENTITY_PROVIDER,
                            "`'client_credentials' grant type can only be used with a custom authorization server`")
                    .because(
                            "The token was asked for at the org authorization server; it may also say that the client must use"
                                    + " `private_key_jwt`.")
                    .found("By these words.", FROM_THE_REPLY)
                    .code("OKTA_ORG_SERVER")
                    .fix("As O1: set `authorizationServer`, and `domain` to the org without a path.")
                    .example("`/oauth2/default/v1/token` in place of `/oauth2/v1/token`")
                    .seeAlso("O1"),
            row("O13", Place.LOGIN, "`400 server_error: The groups claim matched too many groups.`")
                    .because("The filter of the groups claim is too wide for an org of this size.")
                    .found("By these words.", FROM_THE_REPLY)
                    .code("OKTA_GROUPS_TOO_MANY")
                    .fix("Narrow the filter: Security > API > the server > Claims.")
                    .example("`^app-` in place of `.*`")
                    .seeAlso("E11"),
            row(
                            "O14",
                            Place.IDENTITY_PROVIDER,
                            "`401 invalid_client: The client_assertion token has already been used.`")
                    .because("An assertion arrived twice: something between sends requests again.")
                    .found("By these words.", FROM_THE_REPLY)
                    .code("OKTA_ASSERTION_REUSED")
                    .fix(
                            "Look for a proxy that sends requests twice; each attempt of this library has an assertion of its own.")
                    .example("a gateway that retries POST")
                    .seeAlso("A11"));

    private OktaRows() {}
}
