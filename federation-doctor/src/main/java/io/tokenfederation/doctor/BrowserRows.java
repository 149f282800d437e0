// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static io.tokenfederation.doctor.RowDraft.row;

import io.tokenfederation.doctor.CatalogueRow.Place;
import java.util.List;

/** G19 to G21: what others say before this library is asked, or in words that are the JDK's. */
final class BrowserRows {
    static final List<CatalogueRow> ROWS = List.of(
            row("G19", Place.IDENTITY_PROVIDER, "`SSLHandshakeException`, `PKIX path building failed`")
                    .because(
                            "The JDK does not trust the server's certificate: a proxy that opens TLS signs with the company's"
                                    + " own authority, or an identity provider of your own has a certificate of one.")
                    .found(
                            "It is `IDP_UNREACHABLE`, `EXCHANGE_UNREACHABLE` or `MCP_UNREACHABLE`, as is every server that cannot"
                                    + " be reached; the JDK's words in the message and the cause tell it from the others.")
                    .fix(
                            "Give the builder's `httpClient(…)` a client with an `SSLContext` that trusts the authority, or the JVM"
                                    + " `-Djavax.net.ssl.trustStore`; never switch the check off.")
                    .example("`keytool -importcert -alias company -file company-ca.pem -keystore trust.p12`")
                    .end(),
            row(
                            "G20",
                            Place.LOGIN,
                            "The provider's page speaks of `redirect_uri`: `Callback URL mismatch`, `AADSTS50011`,"
                                    + " `Invalid parameter: redirect_uri`")
                    .because(
                            "The address that the browser is to come back to is not registered for this client, character for"
                                    + " character: scheme, `localhost` or `127.0.0.1`, port, path, slash at the end.")
                    .found("The provider shows it in the browser and sends nobody back, so nothing is called here;"
                            + " a `RecipientLogin` ends with `LOGIN_TIMED_OUT`, and its message has the address.")
                    .fix(
                            "Copy `redirect_uri` from the address of the provider's page, decode it, and register exactly that for"
                                    + " this client.")
                    .example("registered `http://localhost:8080/callback`, asked for `http://127.0.0.1:8080/callback`")
                    .seeAlso("G21"),
            row(
                            "G21",
                            Place.LOGIN,
                            "The browser's console speaks of CORS: `blocked by CORS policy`,"
                                    + " `No 'Access-Control-Allow-Origin' header`")
                    .because(
                            "A script asked a server that lets no script of this origin read its answers: an identity provider"
                                    + " that does not know the origin, or Databricks, which no browser should talk to.")
                    .found("The browser keeps the answer from the script, so nothing is called here.")
                    .fix(
                            "Register the application as a single-page application with its web origin at the identity provider;"
                                    + " have the backend, and never the browser, talk to Databricks.")
                    .example("Auth0: Allowed Web Origins; Okta: Security > API > Trusted Origins; Entra ID: platform"
                            + " 'Single-page application'; Keycloak: Web origins")
                    .seeAlso("G20"));

    private BrowserRows() {}
}
