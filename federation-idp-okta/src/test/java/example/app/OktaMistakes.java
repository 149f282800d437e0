// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.OktaStage.AUDIENCE;
import static example.app.OktaStage.CLIENT;
import static example.app.OktaStage.SCOPE;

import io.tokenfederation.SigningKey;
import io.tokenfederation.okta.OktaTokenSourceBuilder;
import io.tokenfederation.testkit.Fault;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The mistakes people make with Okta, by their numbers in the catalogue. */
final class OktaMistakes {
    /** What Okta refuses, or the source finds in what Okta issued. */
    private static final List<OktaMistake> AT_OKTA = List.of(
            OktaMistake.of(
                    "O1 token of the org server",
                    on -> {
                        on.idp.forgery().claim("iss", on.origin());
                        on.source().build().mint();
                    },
                    "OKTA_ORG_SERVER",
                    "Set authorizationServer to a custom authorization server"),
            OktaMistake.of(
                    "O2 application requires DPoP",
                    on -> {
                        on.okta.requireDpop(CLIENT);
                        on.source().build().mint();
                    },
                    "OKTA_DPOP_REQUIRED",
                    "Untick 'Require Demonstrating Proof of Possession (DPoP)' at Applications"),
            OktaMistake.of(
                    "O3 JWT bound to a key",
                    on -> {
                        on.idp.forgery().claim("cnf", Map.of("jkt", "thumbprint"));
                        on.source().build().mint();
                    },
                    "OKTA_DPOP_REQUIRED",
                    "Untick"),
            OktaMistake.of(
                    "O3 token_type DPoP",
                    on -> {
                        on.idp.failAlways(Fault.status(200)
                                .body("application/json", "{\"access_token\":\"canary\",\"token_type\":\"DPoP\"}"));
                        on.source().build().mint();
                    },
                    "OKTA_DPOP_REQUIRED",
                    "Untick"),
            OktaMistake.of(
                    "O4 scope that the server does not have",
                    on -> on.source().scopes("databriks").build().mint(),
                    "OKTA_SCOPE_UNKNOWN",
                    "Add the scopes 'databriks' at Security > API > default > Scopes"),
            OktaMistake.of(
                    "O6 no policy for the application",
                    on -> {
                        on.idp.m2mClient("other", OktaStage.SECRET);
                        on.source().clientId("other").build().mint();
                    },
                    "OKTA_ACCESS_POLICY_MISSING",
                    "add a policy for the application 'other'"),
            OktaMistake.of(
                    "O8 unknown client",
                    on -> on.source().clientId("0oa-nobody").build().mint(),
                    "OKTA_CLIENT_UNKNOWN",
                    "has the client id '0oa-nobody'"),
            OktaMistake.of(
                    "O9 the server keeps the org's issuer under a custom domain",
                    on -> on.source().domain(on.otherName()).build().mint(),
                    "IDP_ISSUER_MISMATCH",
                    "Pin the issuer at Security > API > default > Settings > Issuer"),
            OktaMistake.of(
                    "O11 audience checked before the exchange",
                    on -> on.source()
                            .expectedAudience("https://adb-1.example.com")
                            .build()
                            .mint(),
                    "OKTA_AUDIENCE_MISMATCH",
                    "no request can choose another: change it at Security > API > default > Settings > Audience, or"
                            + " make expectedAudience and the federation policy say '" + AUDIENCE + "'"),
            OktaMistake.of(
                    "a scope that needs consent",
                    on -> {
                        on.okta.consentScope("profile-of-someone");
                        on.source().scopes("profile-of-someone").build().mint();
                    },
                    "OKTA_SCOPE_CONSENT",
                    "Implicit"),
            OktaMistake.of(
                    "a scope that the rule does not allow",
                    on -> {
                        on.okta.scope("other");
                        on.source().scopes("other").build().mint();
                    },
                    "OKTA_SCOPE_DENIED",
                    "Allow the scopes 'other' in the rule"),
            OktaMistake.of(
                    "sub that has no value without a person",
                    on -> {
                        on.okta.subjectCannotBeEvaluated();
                        on.source().build().mint();
                    },
                    "OKTA_CLAIM_NOT_EVALUATED",
                    "Security > API > default > Claims"),
            OktaMistake.of(
                    "an authorization server that is not there",
                    on -> on.source().authorizationServer("aus404").build().mint(),
                    "OKTA_SERVER_NOT_FOUND",
                    "it has none named 'aus404'"),
            OktaMistake.of(
                    "a wrong secret",
                    on -> on.source().clientSecret("wrong-canary").build().mint(),
                    "OKTA_CLIENT_SECRET_WRONG",
                    "Copy the client secret anew"),
            OktaMistake.of(
                    "a key where the application has a secret",
                    on -> on.application()
                            .privateKey(SigningKey.fromPem(Keys.rsa(2048).privatePem()))
                            .build()
                            .mint(),
                    "OKTA_CLIENT_AUTH_METHOD",
                    "Set Client authentication to 'Public key / Private key'"));

    /** What only Databricks can find, which knows the policy. */
    private static final List<OktaMistake> AT_DATABRICKS = List.of(
            OktaMistake.of(
                    "O9 dynamic issuer, and a policy for the other host",
                    on -> {
                        on.okta.dynamicIssuer(true);
                        exchange(on, on.source().domain(on.otherName()));
                    },
                    "ISSUER_MISMATCH",
                    "localhost"),
            OktaMistake.of(
                    "O10 sub is not cid",
                    on -> {
                        on.okta.subject("backend@example.com");
                        exchange(on, on.source());
                    },
                    "SUBJECT_MISMATCH",
                    "The JWT's sub is 'backend@example.com'"),
            OktaMistake.of(
                    "O11 audience of the server is not the policy's",
                    on -> {
                        on.idp.api("api://default").grant(CLIENT, "api://default", SCOPE);
                        exchange(on, on.source());
                    },
                    "AUDIENCE_MISMATCH",
                    "api://default"));

    /** What the stand-in does not say by itself, or the builder never lets come to pass. */
    private static final List<OktaMistake> IN_OKTAS_WORDS = List.of(
            OktaMistake.said(
                    "O4 no scope arrived",
                    "invalid_scope",
                    "The authorization server resource does not have any configured default scopes, 'scope' must be provided.",
                    "OKTA_SCOPE_MISSING",
                    "Set scopes(name) to a custom scope of the authorization server: Security > API > default > Scopes"),
            OktaMistake.said(
                    "O5 scope of OpenID Connect",
                    "invalid_scope",
                    "Cannot request 'openid' scopes using client credentials.",
                    "OKTA_SCOPE_OPENID",
                    "Leave openid, profile, email and the like out"),
            OktaMistake.said(
                    "O7 two credentials",
                    "invalid_request",
                    "Cannot supply multiple client credentials. Use one of the following: credentials in the"
                            + " Authorization header, or a client_assertion in the post body.",
                    "OKTA_CREDENTIALS_TWICE",
                    "the source sends one credential, and Okta got two"),
            OktaMistake.said(
                    "O12 org server asked with a secret",
                    "invalid_client",
                    "Client Credentials requests to the Org Authorization Server must use the private_key_jwt"
                            + " token_endpoint_auth_method.",
                    "OKTA_ORG_SERVER",
                    "Set authorizationServer to a custom authorization server"),
            OktaMistake.said(
                    "O12 org server asked with a key",
                    "unsupported_grant_type",
                    "'client_credentials' grant type can only be used with a custom authorization server.",
                    "OKTA_ORG_SERVER",
                    "Set authorizationServer to a custom authorization server"),
            OktaMistake.said(
                    "O13 groups claim with a filter that is too wide",
                    "server_error",
                    "The groups claim matched too many groups.",
                    "OKTA_GROUPS_TOO_MANY",
                    "such as '^app-' instead of '.*'"),
            new OktaMistake(
                    "O14 assertion arrived twice",
                    on -> {
                        on.says(401, "invalid_client", "The client_assertion token has already been used.");
                        on.source().build().mint();
                    },
                    "OKTA_ASSERTION_REUSED",
                    true,
                    "proxy that sends requests twice"));

    private OktaMistakes() {}

    static Stream<OktaMistake> all() {
        return Stream.of(AT_OKTA, AT_DATABRICKS, IN_OKTAS_WORDS).flatMap(List::stream);
    }

    private static void exchange(OktaStage on, OktaTokenSourceBuilder source) {
        on.exchanger(source.build()).tokenFor(on.principal);
    }
}
