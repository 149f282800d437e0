// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static io.tokenfederation.doctor.CatalogueRow.Means.FROM_THE_REPLY;
import static io.tokenfederation.doctor.CatalogueRow.Means.LOCALLY;
import static io.tokenfederation.doctor.CatalogueRow.Means.WITH_THE_POLICY;
import static io.tokenfederation.doctor.RowDraft.row;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.doctor.CatalogueRow.Place;
import java.util.List;

/** S1 to S8: what everybody meets first. */
final class ClassicRows {
    static final List<CatalogueRow> ROWS = List.of(
            row("S1", Place.LOGIN, "Login succeeds, and the claim that holds the role is not in the token.")
                    .because(
                            "The post-login hook is not deployed or not bound, sets the claim on the other token of the login,"
                                    + " or uses a name that the provider keeps for itself.")
                    .found(
                            "The role resolver lists the claims that are there, and names one that looks alike.",
                            LOCALLY)
                    .code(ErrorCode.ROLE_CLAIM_MISSING)
                    .fix(
                            "Deploy and bind the post-login hook, set the claim on the token the backend reads, and use a name in"
                                    + " a namespace of yours.")
                    .example(
                            "`https://example.com/role` on the access token; not `roles`, and not on the ID token only")
                    .seeAlso("A10", "E11"),
            row("S2", Place.EXCHANGE, "`TOKEN_AUDIENCE_INVALID (Token audience '…' invalid)`")
                    .because(
                            "The JWT's `aud` is none of the audiences the federation policy lists, mostly by a slash, a scheme,"
                                    + " or a GUID in place of a URI.")
                    .found(
                            "What the reply or the policy names is compared with the JWT's `aud`.",
                            FROM_THE_REPLY,
                            WITH_THE_POLICY)
                    .code(ErrorCode.AUDIENCE_MISMATCH)
                    .fix(
                            "Ask the identity provider for exactly the audience the policy lists, or add the JWT's audience to"
                                    + " the policy; the message shows both.")
                    .example(
                            "token `https://adb-1.2.azuredatabricks.net`, policy `https://adb-1.2.azuredatabricks.net/`")
                    .seeAlso("E2", "G6", "O11", "W12"),
            row("S3", Place.EXCHANGE, "`TOKEN_INVALID … Valid federation policy for provided token: {issuer: …}`")
                    .because("The JWT's `iss` is not the policy's issuer, character for character.")
                    .found(
                            "The issuer in the reply's braces, or the policy's, is compared with the JWT's `iss`.",
                            FROM_THE_REPLY,
                            WITH_THE_POLICY)
                    .code(ErrorCode.ISSUER_MISMATCH)
                    .fix("Set the policy's issuer to the JWT's `iss`, as the message shows it.")
                    .example("token `https://dev-1.us.auth0.com/`, policy `https://dev-1.us.auth0.com`")
                    .seeAlso("A6", "E1", "O1", "O9"),
            row("S4", Place.EXCHANGE, "`TOKEN_INVALID … Valid federation policy for provided token: {…, subject: …}`")
                    .because("The JWT's subject claim is not the policy's subject, character for character.")
                    .found(
                            "The subject in the reply's braces, or the policy's, is compared with the JWT's.",
                            FROM_THE_REPLY,
                            WITH_THE_POLICY)
                    .code(ErrorCode.SUBJECT_MISMATCH)
                    .fix("Set the policy's subject to what the token has, as the message shows it; never guess it.")
                    .example("token `kD3…@clients`, policy `kD3…`")
                    .seeAlso("A7", "E3", "O10", "W2", "W4", "W9", "W10", "W15"),
            row("S5", Place.LOGIN, "The person is denied, though the token has a role.")
                    .because(
                            "None of the roles in the token is one the resolver knows, or the role has no service principal."
                                    + " There is no default.")
                    .found("The role resolver; the operator's message lists the roles it knows.", LOCALLY)
                    .code(ErrorCode.ROLE_UNKNOWN)
                    .code(ErrorCode.ROLE_UNMAPPED)
                    .fix("Add the role to the resolver, or to the map from role to service principal, if it should have"
                            + " access; else leave it denied.")
                    .example("token `Sales-West`, known `sales-west`: they differ in case")
                    .end(),
            row(
                            "S6",
                            Place.EXCHANGE,
                            "`TOKEN_INVALID (Ensure a valid federation policy has been configured)`, 400 or 401")
                    .because(
                            "No policy of the service principal fits, there is no such service principal, or the JWT is stale."
                                    + " One text stands for all of these.")
                    .found(
                            "What was sent and the JWT's own claims tell the cases apart that G1 to G4 name; what remains is a"
                                    + " policy that is not there.",
                            FROM_THE_REPLY,
                            WITH_THE_POLICY)
                    .code(ErrorCode.NO_FEDERATION_POLICY)
                    .fix(
                            "Check the application id, and attach a policy with the issuer, audience and subject that the message"
                                    + " shows; the doctor prints it ready to paste.")
                    .example("`federation-doctor policy` prints the policy that fits the JWT")
                    .seeAlso("G1", "G2", "G3", "G4"),
            row("S7", Place.WORKSPACE, "403 from SQL, Genie, an endpoint or an app, after a good exchange.")
                    .because("Federation works; the service principal has no permission on what it asked for.")
                    .found("A 403 whose words do not speak of a dead token.", FROM_THE_REPLY)
                    .code(ErrorCode.PERMISSION_DENIED)
                    .fix(
                            "Grant it to the service principal or its group: CAN USE on the warehouse or app, CAN RUN on the Genie"
                                    + " space, SELECT on the table.")
                    .example(
                            "`Federation works; the service principal '7cb2…' lacks CAN USE on the SQL warehouse '1a2b'`")
                    .seeAlso("G9"),
            row("S8", Place.WORKSPACE, "The query succeeds, and gives the wrong rows or none.")
                    .because(
                            "The row filter asks for a group of the workspace where it is one of the account, or the reverse;"
                                    + " or the query ran as another service principal.")
                    .found(
                            "Nothing fails, so the doctor asks: `current_user()`, `is_member(…)` and"
                                    + " `is_account_group_member(…)` with each role's token.",
                            FROM_THE_REPLY)
                    .code(ErrorCode.WRONG_ROW_FILTER)
                    .fix("Use the function that knows the group: `is_account_group_member` for groups of the account,"
                            + " `is_member` for those of the workspace.")
                    .example("`is_member('west_sales')` is false, `is_account_group_member('west_sales')` is true")
                    .end());

    private ClassicRows() {}
}
