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

/** E1 to E12: Microsoft Entra ID. */
final class EntraRows {
    static final List<CatalogueRow> ROWS = List.of(
            row(
                            "E1",
                            Place.EXCHANGE,
                            "`iss` is `https://sts.windows.net/<tenant>/`, the policy names `…/v2.0`, or the reverse.")
                    .because("The API's registration decides the version of its tokens, whatever endpoint was asked.")
                    .found(
                            "`iss` and `ver` are compared with `expectedVersion(…)`, where it is set, and with the policy.",
                            LOCALLY,
                            FROM_THE_REPLY,
                            WITH_THE_POLICY)
                    .code(ErrorCode.ISSUER_MISMATCH)
                    .code("ENTRA_TOKEN_VERSION")
                    .mismatch(MismatchCause.ENTRA_VERSION)
                    .fix(
                            "Set `api.requestedAccessTokenVersion` to 2 in the manifest of the API's registration, or write the policy"
                                    + " for the issuer the token has.")
                    .example("`https://sts.windows.net/<tenant>/` is version 1")
                    .seeAlso("S3"),
            row("E2", Place.EXCHANGE, "`aud` is a GUID, the policy names `api://…`.")
                    .because("Tokens of version 2 name an API by its client id, whatever it was asked for by.")
                    .found("The policy's audiences are compared with `aud`.", FROM_THE_REPLY, WITH_THE_POLICY)
                    .code(ErrorCode.AUDIENCE_MISMATCH)
                    .mismatch(MismatchCause.GUID_FOR_URI)
                    .fix("Add the GUID in `aud` to the policy's audiences.")
                    .example("token `2b7c…`, policy `api://databricks-federation`")
                    .seeAlso("S2"),
            row("E3", Place.EXCHANGE, "The subjects are two GUIDs.")
                    .because(
                            "`sub` is the object id of the enterprise application; the policy has the client id, or the object id"
                                    + " of the registration.")
                    .found(
                            "The policy's subject is compared with `sub`, `azp` and `appid`.",
                            FROM_THE_REPLY,
                            WITH_THE_POLICY)
                    .code(ErrorCode.SUBJECT_MISMATCH)
                    .mismatch(MismatchCause.ENTRA_CLIENT_ID_FOR_OBJECT_ID, MismatchCause.OTHER_GUID)
                    .fix("Use the Object ID under Enterprise applications, which is the token's `sub`.")
                    .example("App registrations and Enterprise applications show two object ids of one application")
                    .seeAlso("S4"),
            row("E4", Place.IDENTITY_PROVIDER, "`AADSTS500011`: the resource principal was not found in the tenant.")
                    .because(
                            "The Application ID URI is misspelt, or the API has no enterprise application in the tenant.")
                    .found("By the number.", FROM_THE_REPLY)
                    .code("ENTRA_RESOURCE_NOT_FOUND")
                    .fix("Compare the Application ID URI (Expose an API), and give the API an enterprise application.")
                    .example("`az ad sp create --id <client id of the API>`")
                    .end(),
            row("E5", Place.IDENTITY_PROVIDER, "`AADSTS7000215` or `AADSTS7000222`")
                    .because("The Secret ID was copied in place of the Value, or the secret has expired.")
                    .found("By the number.", FROM_THE_REPLY)
                    .code("ENTRA_SECRET_WRONG")
                    .code("ENTRA_SECRET_EXPIRED")
                    .fix(
                            "Use the secret's Value, which is shown once only; where it has expired, create a new one, or use a"
                                    + " certificate or a federated credential.")
                    .example("a GUID is a Secret ID, not a secret")
                    .end(),
            row("E6", Place.IDENTITY_PROVIDER, "`AADSTS70011` or `AADSTS1002012`: the scope is not valid.")
                    .because("Client credentials want one scope, an API's identifier with `/.default` at its end.")
                    .found(
                            "`application(…)` appends it; by the number where it is refused all the same.",
                            FROM_THE_REPLY)
                    .code("ENTRA_SCOPE_INVALID")
                    .fix("Give `application(…)` the API's Application ID URI or client id alone.")
                    .example("`api://databricks-federation/.default`")
                    .end(),
            row("E7", Place.IDENTITY_PROVIDER, "`AADSTS700016` or `AADSTS90002`: no such application, no such tenant.")
                    .because(
                            "The tenant or the cloud is another one, or an object id stands in place of the client id.")
                    .found("By the number; the fix names tenant, client and host.", FROM_THE_REPLY)
                    .code("ENTRA_APP_NOT_FOUND")
                    .code("ENTRA_TENANT_NOT_FOUND")
                    .fix(
                            "Take the Application (client) ID and the Directory (tenant) ID, and set `cloud(…)` in a national cloud.")
                    .example("`login.microsoftonline.us` for Azure Government")
                    .end(),
            row("E8", Place.IDENTITY_PROVIDER, "`AADSTS501051`: the application is not assigned to a role.")
                    .because("The API admits assigned applications only.")
                    .found("By the number.", FROM_THE_REPLY)
                    .code("ENTRA_ASSIGNMENT_REQUIRED")
                    .fix("Assign an app role of the API to the client, or turn off Assignment required.")
                    .example("Enterprise applications > the API > Properties > Assignment required?")
                    .end(),
            row("E9", Place.IDENTITY_PROVIDER, "`AADSTS70021`, `700211`, `700212` or `700213`")
                    .because(
                            "No federated credential of the application has the issuer, subject and audience of the JWT that was"
                                    + " presented; or it is new.")
                    .found("By the number; the fix shows the three values that were presented.", FROM_THE_REPLY)
                    .code("ENTRA_FEDERATED_CREDENTIAL_NOT_FOUND")
                    .code("ENTRA_FEDERATED_ISSUER_MISMATCH")
                    .code("ENTRA_FEDERATED_SUBJECT_MISMATCH")
                    .code("ENTRA_FEDERATED_AUDIENCE_MISMATCH")
                    .fix(
                            "Make the federated credential say the three values, character for character; a new one can take some"
                                    + " minutes.")
                    .example("audience `api://AzureADTokenExchange`")
                    .end(),
            row("E10", Place.IDENTITY_PROVIDER, "`aud` is `2ff814a6-3304-4ab8-85cb-cd0e6f879c1d`.")
                    .because("The token is for Azure Databricks itself already.")
                    .found("`aud`, before anything is sent.", LOCALLY)
                    .code(ErrorCode.IDP_TOKEN_FOR_DATABRICKS)
                    .inferred()
                    .fix(
                            "Use it directly, by `DatabricksTokenSource.direct(…)`; to exchange one, ask for an API of your own.")
                    .example("`azureDatabricks()` and an exchanger do not go together")
                    .end(),
            row("E11", Place.LOGIN, "`groups` is missing for some people.")
                    .because("Entra ID leaves groups out of a JWT above 200, and puts `_claim_names` in place of them.")
                    .found("`_claim_names` names the claim that is looked for.", LOCALLY)
                    .code(ErrorCode.ROLE_GROUPS_OVERAGE)
                    .fix("Use app roles, the claim `roles`.")
                    .example("`\"_claim_names\": {\"groups\": \"src1\"}`")
                    .seeAlso("S1"),
            row("E12", Place.LATER, "`AADSTS50196`: a loop was detected.")
                    .because(
                            "The same request came too often in a short time: nobody keeps tokens, or a process starts over and"
                                    + " over.")
                    .found("By the number; nothing more is sent for a minute.", FROM_THE_REPLY)
                    .code("ENTRA_LOOP_DETECTED")
                    .fix("Share one source and one exchanger per process, and look for restarts.")
                    .example("an exchanger that is built for each request")
                    .end());

    private EntraRows() {}
}
