// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static io.tokenfederation.doctor.CatalogueRow.Means.FROM_THE_REPLY;
import static io.tokenfederation.doctor.CatalogueRow.Means.FROM_THE_SURROUNDINGS;
import static io.tokenfederation.doctor.CatalogueRow.Means.LOCALLY;
import static io.tokenfederation.doctor.RowDraft.row;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.doctor.CatalogueRow.Place;
import java.util.List;

/** G14 to G18: where Databricks' own tools stumble over settings and times. */
final class SettingRows {
    static final List<CatalogueRow> ROWS = List.of(
            row("G14", Place.SETTINGS, "`validate: more than one authorization method configured`")
                    .because("Variables of several ways to log in are set, such as `DATABRICKS_CLIENT_ID` beside"
                            + " `DATABRICKS_OIDC_TOKEN_FILEPATH`; the SDKs refuse to choose.")
                    .found(
                            "The doctor groups the variables and the profile's settings by the way to log in.",
                            FROM_THE_SURROUNDINGS)
                    .code(DoctorCode.SETTINGS_AMBIGUOUS)
                    .code("WORKLOAD_AMBIGUOUS")
                    .fix("Set `DATABRICKS_AUTH_TYPE` to the one that is meant, or unset the variables of the others.")
                    .example("`DATABRICKS_AUTH_TYPE=file-oidc`")
                    .seeAlso("G15"),
            row("G15", Place.SETTINGS, "The profile is right, and something else is used.")
                    .because("The environment comes before the profile, and a variable says something else.")
                    .found(
                            "The doctor compares each variable with the profile's setting, and names both sources.",
                            FROM_THE_SURROUNDINGS)
                    .code(DoctorCode.SETTING_OVERRIDDEN)
                    .code("WORKLOAD_SETTING_CONFLICT")
                    .fix("Unset the variable, or make it say what the profile says.")
                    .example("`host comes from the variable DATABRICKS_HOST; profile 'DEFAULT' … says something else`")
                    .seeAlso("G14", "G16"),
            row("G16", Place.SETTINGS, "The audience is wrong in one of Databricks' SDKs only.")
                    .because(
                            "The SDK for Java reads `TOKEN_AUDIENCE`, those for Go and Python `DATABRICKS_TOKEN_AUDIENCE`.")
                    .found("One of the two is set, or they differ.", FROM_THE_SURROUNDINGS)
                    .code(DoctorCode.AUDIENCE_VARIABLE_UNREAD)
                    .fix("Set both to the same value; this library reads both.")
                    .example("`TOKEN_AUDIENCE=https://adb-1.2.azuredatabricks.net`")
                    .seeAlso("G15"),
            row("G17", Place.IDENTITY_PROVIDER, "`cannot configure default credentials`, and no reason.")
                    .because(
                            "The Databricks SDK swallows what its own token source threw, and says the same whatever the reason.")
                    .found(
                            "It is the SDK that fails, before this library is called, and its message names no reason that could"
                                    + " be told from another.")
                    .fix(
                            "Hand the SDK this library's tokens instead of having it fetch its own: what fails then says why, with"
                                    + " code and cause.")
                    .example(
                            "`cannot configure default credentials` for a sealed vault and for a wrong client secret alike")
                    .end(),
            row("G18", Place.LATER, "`403 Token is expiring within 30 seconds`")
                    .because("Azure Databricks refuses tokens in their last 30 seconds.")
                    .found(
                            "No token is handed out in its last 40 seconds, and no JWT exchanged; a refusal of a token that was kept"
                                    + " is known by its words.",
                            LOCALLY,
                            FROM_THE_REPLY)
                    .code(ErrorCode.IDP_TOKEN_TOO_SHORT)
                    .code(ErrorCode.TOKEN_REJECTED)
                    .fix(
                            "Ask for the token again before each call instead of keeping it, and have JWTs live longer than a"
                                    + " minute.")
                    .example("`token.refusedBy(status, body)` is true: give it back with `rejected(token)`")
                    .seeAlso("G5"));

    private SettingRows() {}
}
