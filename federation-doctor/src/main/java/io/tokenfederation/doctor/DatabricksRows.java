// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static io.tokenfederation.doctor.CatalogueRow.Means.FROM_THE_REPLY;
import static io.tokenfederation.doctor.CatalogueRow.Means.FROM_THE_SURROUNDINGS;
import static io.tokenfederation.doctor.CatalogueRow.Means.LOCALLY;
import static io.tokenfederation.doctor.CatalogueRow.Means.WITH_THE_POLICY;
import static io.tokenfederation.doctor.RowDraft.row;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.MismatchCause;
import io.tokenfederation.doctor.CatalogueRow.Place;
import java.util.List;

/** G1 to G13: what Databricks refuses, or lets through for a short time. */
final class DatabricksRows {
    static final List<CatalogueRow> ROWS = List.of(
            row("G1", Place.EXCHANGE, "`TOKEN_INVALID`, though the service principal's policy is right.")
                    .because("No `client_id` was sent, so Databricks looked at the policies of the account only.")
                    .found(
                            "The JWT is an application's, and it was exchanged as a user's, by `tokenForUser`.",
                            FROM_THE_REPLY)
                    .code(ErrorCode.EXCHANGE_CLIENT_ID_MISSING)
                    .fix(
                            "Use `tokenFor(servicePrincipal)`, which sends the application id as `client_id`; leave it out for"
                                    + " account-wide policies only.")
                    .example("`client_id=7cb2f8a4-49a7-4147-83db-35cb69e5cede`")
                    .seeAlso("S6"),
            row("G2", Place.EXCHANGE, "`TOKEN_INVALID` or 401 for one service principal, whatever its policy says.")
                    .because("The application id is another id: the identity provider's client id, an object id, or the"
                            + " service principal's numeric id.")
                    .found(
                            "An application id must be a UUID; one that is refused is compared with the ids in the JWT.",
                            LOCALLY,
                            FROM_THE_REPLY)
                    .code(ErrorCode.EXCHANGE_CLIENT_ID_MISTAKEN)
                    .code(DoctorCode.SERVICE_PRINCIPAL_ID_WRONG)
                    .inferred()
                    .fix(
                            "Use the service principal's Application ID: account console > User management > Service principals.")
                    .example("`3659993829438643` is the numeric id, `kD3…` the identity provider's client id")
                    .seeAlso("S6"),
            row("G3", Place.EXCHANGE, "`TOKEN_INVALID` just after the policy was made or changed.")
                    .because("A policy takes a minute or two until exchanges see it.")
                    .found(
                            "The policy is read and fits the JWT in everything, and the exchange is refused all the same. Without"
                                    + " the policy this cannot be told from a policy that is missing.",
                            WITH_THE_POLICY)
                    .code(DoctorCode.POLICY_NOT_IN_EFFECT)
                    .code(ErrorCode.NO_FEDERATION_POLICY)
                    .fix(
                            "Wait up to two minutes and try again; if it stays, the policy belongs to another service principal.")
                    .example("the doctor says that the policy fits; an exchanger tries again by itself")
                    .seeAlso("S6"),
            row("G4", Place.LATER, "`TOKEN_INVALID` now and then.")
                    .because(
                            "The JWT is over, or nearly so, or not valid yet, when it is exchanged: a source that caches, an `nbf` that"
                                    + " is ahead, or a clock that is wrong.")
                    .found(
                            "The JWT's `exp`, `nbf` and `iat` are compared with this machine's clock, and that with the dates of"
                                    + " replies.",
                            LOCALLY,
                            FROM_THE_SURROUNDINGS)
                    .code(ErrorCode.IDP_TOKEN_EXPIRED)
                    .code(ErrorCode.IDP_TOKEN_TOO_SHORT)
                    .code(DoctorCode.CLOCK_DIFFERS)
                    .code(DoctorCode.IDP_TOKEN_NOT_YET_VALID)
                    .inferred()
                    .fix("Have the token source issue a new JWT each time it is asked, and set the clocks by NTP.")
                    .example("`the JWT … expired at …, 12 s ago by this machine's clock`")
                    .seeAlso("S6", "W6", "W8"),
            row("G5", Place.LATER, "401 or 403 a short time after a good exchange.")
                    .because(
                            "A Databricks token ends with the JWT it was exchanged for, however long it would live otherwise.")
                    .found(
                            "The JWT lives less than ten minutes; or the new token less than was asked for by a `TokenDemand`.",
                            LOCALLY,
                            FROM_THE_REPLY)
                    .code(ErrorCode.TOKEN_LIFE_TOO_SHORT)
                    .fix(
                            "Raise the token lifetime in the identity provider to an hour; until then tokens are renewed often.")
                    .example("a JWT of 300 s gives a Databricks token of 298 s")
                    .seeAlso("G18"),
            row("G6", Place.EXCHANGE, "`TOKEN_AUDIENCE_INVALID`, and the policy lists no audiences.")
                    .because("A policy without audiences accepts the Databricks account id, and nothing else.")
                    .found(
                            "The audience that is accepted is a GUID, or the policy is read and lists none.",
                            FROM_THE_REPLY,
                            WITH_THE_POLICY)
                    .code(ErrorCode.AUDIENCE_MISMATCH)
                    .mismatch(MismatchCause.ACCOUNT_ID_DEFAULT)
                    .fix(
                            "Add the JWT's audience to the policy, or ask the identity provider for the account id as audience.")
                    .example("token `https://adb-1.2.azuredatabricks.net`, policy without `audiences`")
                    .seeAlso("S2"),
            row(
                            "G7",
                            Place.IDENTITY_PROVIDER,
                            "`Invalid private key JWT authentication: The client identifier doesn't match …`")
                    .because(
                            "Databricks' own token endpoint was asked with client credentials and an assertion, as if it were the"
                                    + " identity provider.")
                    .found("By these words.", FROM_THE_REPLY)
                    .code(ErrorCode.IDP_ENDPOINT_IS_DATABRICKS)
                    .fix(
                            "Set the identity provider's own token endpoint; the exchanger asks Databricks by itself, with the"
                                    + " token-exchange grant and without `client_assertion`.")
                    .example(
                            "`tokenEndpoint(\"https://adb-1.2.azuredatabricks.net/oidc/v1/token\")` is no identity provider")
                    .end(),
            row("G8", Place.EXCHANGE, "404, or an HTML page, in answer to the exchange.")
                    .because(
                            "The host is an account console where a workspace is meant or the reverse, or has a path after it.")
                    .found(
                            "Hosts named `accounts.…` and paths are refused when the exchanger is built; else by the answer,"
                                    + " which is not a token endpoint's.",
                            LOCALLY,
                            FROM_THE_REPLY)
                    .code(DoctorCode.DATABRICKS_HOST_WRONG)
                    .code(ErrorCode.EXCHANGE_REPLY_UNREADABLE)
                    .inferred()
                    .fix(
                            "Give the URL up to the host name, to `workspace(url)` for a workspace and to `account(url, accountId)`"
                                    + " for an account console.")
                    .example("`https://accounts.azuredatabricks.net` is no workspace")
                    .end(),
            row("G9", Place.WORKSPACE, "The exchange succeeds, and the workspace answers 401 or 403 to everything.")
                    .because(
                            "An exchange succeeds at any workspace. The service principal is not assigned to this one, or is one"
                                    + " of another workspace's own.")
                    .found(
                            "SCIM's `Me`, which everybody may ask who belongs to the workspace, refuses the token.",
                            FROM_THE_REPLY)
                    .code(DoctorCode.WORKSPACE_NOT_ASSIGNED)
                    .code(ErrorCode.TOKEN_REJECTED)
                    .fix("Assign the service principal to the workspace: account console > Workspaces > the workspace >"
                            + " Permissions. It must be a service principal of the account.")
                    .example("`GET /api/2.0/preview/scim/v2/Me` answers 403")
                    .seeAlso("S7"),
            row("G10", Place.SETTINGS, "`Unable to load valid OpenID configuration` when a policy is created.")
                    .because(
                            "Databricks fetches the issuer's discovery document when a policy is written, and cannot reach it.")
                    .found(
                            "The issuer's name or address is a private one; else by Databricks' answer to the creation.",
                            LOCALLY,
                            FROM_THE_REPLY)
                    .code(DoctorCode.ISSUER_NOT_PUBLIC)
                    .code("POLICY_ISSUER_UNREACHABLE")
                    .fix(
                            "Put the issuer's public keys into the policy's `jwks_json`, or make the discovery document public.")
                    .example(
                            "`https://kubernetes.default.svc.cluster.local`, `https://10.0.0.7`, `https://keycloak.corp`")
                    .seeAlso("G11"),
            row("G11", Place.LATER, "It worked, and every exchange is refused with `TOKEN_INVALID` since.")
                    .because("The issuer has new keys, and the policy holds the old ones in `jwks_json`.")
                    .found(
                            "The JWT's `kid` is not among the policy's keys. Without the policy this cannot be told from a policy"
                                    + " that is missing.",
                            WITH_THE_POLICY)
                    .code("POLICY_KEY_UNKNOWN")
                    .mismatch(MismatchCause.PINNED_KEY_MISSING)
                    .inferred()
                    .fix(
                            "Put the issuer's present keys into `jwks_json`, beside the old one until it is out of use, or use"
                                    + " discovery.")
                    .example("token `kid` `2026-11`, `jwks_json` holds `2026-05`")
                    .seeAlso("G10"),
            row(
                            "G12",
                            Place.IDENTITY_PROVIDER,
                            "The exchange is refused, whatever the policy says: HS256, PS256, ES384.")
                    .because("Databricks takes JWTs that are signed with RS256 or ES256, and no others.")
                    .found("The JWT's header, before it is sent.", LOCALLY)
                    .code(ErrorCode.IDP_TOKEN_ALGORITHM)
                    .fix("Choose RS256 or ES256 as the signing algorithm of the API in the identity provider.")
                    .example("`alg` `HS256`: Auth0's API is set to a shared secret")
                    .seeAlso("A8", "W14"),
            row("G13", Place.IDENTITY_PROVIDER, "The token has no dots in it, or four.")
                    .because(
                            "The identity provider issued an opaque token, or an encrypted one (JWE), because no API was named or"
                                    + " the API encrypts.")
                    .found("A JWT has three parts; the token is looked at before it is sent.", LOCALLY)
                    .code(ErrorCode.IDP_TOKEN_OPAQUE)
                    .code(ErrorCode.IDP_TOKEN_ENCRYPTED)
                    .fix("Ask for the audience of a registered API, and switch token encryption off for it.")
                    .example("`this has 1` part: opaque; five parts: encrypted")
                    .seeAlso("A1", "O1"));

    private DatabricksRows() {}
}
