// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

/** What the codes of identity providers and their JWTs mean, and what to do. */
final class IdpTexts {
    static final ErrorText IDP_UNREACHABLE = new ErrorText(
            "The identity provider could not be reached, or gave no answer in time.",
            "Check host, DNS, proxy and trust store of the token endpoint from the machine that runs this.");

    static final ErrorText IDP_RATE_LIMITED = new ErrorText(
            "The identity provider limits the rate of token requests.",
            "Wait for the time given; share one token source per process, so that one JWT serves all principals.");

    static final ErrorText IDP_UNAVAILABLE = new ErrorText(
            "The identity provider failed on its side.", "Wait, and look at the identity provider's status page.");

    static final ErrorText IDP_CLIENT_REJECTED = new ErrorText(
            "The identity provider does not accept the client's credentials.",
            "Check client id, client secret and the client authentication method of the M2M application.");

    static final ErrorText IDP_REFUSED = new ErrorText(
            "The identity provider refused the token request.",
            "Read the error and its description: grant type, scope or audience is not allowed for this application.");

    static final ErrorText IDP_ENDPOINT_IS_DATABRICKS = new ErrorText(
            "The token endpoint that was asked for the JWT is Databricks' own.",
            "Set the identity provider's own token endpoint; the exchanger asks Databricks by itself, with the token-exchange grant and no client assertion.");

    static final ErrorText IDP_CREDENTIAL_UNREADABLE = new ErrorText(
            "The application's own secret, key or token file could not be read.",
            "Check the supplier or file that the message names: it must give the secret or key each time it is asked.");

    static final ErrorText IDP_DISCOVERY_FAILED = new ErrorText(
            "The issuer has no discovery document that can be used.",
            "Check the issuer's URL: its discovery document is at <issuer>/.well-known/openid-configuration; or set the token endpoint instead.");

    static final ErrorText IDP_ISSUER_MISMATCH = new ErrorText(
            "The JWT or the discovery document names another issuer than the one configured.",
            "Set the issuer exactly as the message shows it, in the application and in the federation policy.");

    static final ErrorText IDP_REPLY_UNREADABLE = new ErrorText(
            "The reply is not what a token endpoint answers.",
            "Check the URL of the token endpoint: a login page, a proxy or a wrong path answers there.");

    static final ErrorText IDP_TOKEN_OPAQUE = new ErrorText(
            "The identity provider issued an opaque token; only a JWT can be exchanged.",
            "Ask for the audience of a registered API, so that the identity provider issues a JWT.");

    static final ErrorText IDP_TOKEN_ENCRYPTED = new ErrorText(
            "The identity provider issued an encrypted token (JWE); Databricks cannot read it.",
            "Switch token encryption off for this API in the identity provider.");

    static final ErrorText IDP_TOKEN_MALFORMED = new ErrorText(
            "The token has the form of a JWT and cannot be decoded.",
            "Check that the token reaches the library whole, without quotes, line breaks or a 'Bearer ' prefix.");

    static final ErrorText IDP_TOKEN_ALGORITHM = new ErrorText(
            "The JWT is signed with an algorithm Databricks does not accept.",
            "Choose RS256 or ES256 as the signing algorithm of the API in the identity provider.");

    static final ErrorText IDP_TOKEN_NOT_BEARER = new ErrorText(
            "The identity provider issued a token that is no bearer token, such as one bound to a key by DPoP.",
            "Switch proof of possession (DPoP) off for this application in the identity provider.");

    static final ErrorText IDP_TOKEN_FOR_DATABRICKS = new ErrorText(
            "The token is for Azure Databricks itself, so there is nothing to exchange.",
            "Use the token directly, by DatabricksTokenSource.direct(...); to exchange one, ask for the audience of an application of your own.");

    static final ErrorText IDP_TOKEN_CLAIM_MISSING = new ErrorText(
            "A claim that a federation policy matches on is missing from the JWT.",
            "Configure the identity provider to issue iss, aud, sub and exp in this token.");

    static final ErrorText IDP_TOKEN_EXPIRED = new ErrorText(
            "The JWT has expired, so it can no longer be exchanged.",
            "Have the token source return a newly issued JWT each time it is asked; check the clocks of both machines.");

    static final ErrorText IDP_TOKEN_TOO_SHORT = new ErrorText(
            "The JWT lives too short a time: a Databricks token inherits its end, and is refused in its last 30 seconds.",
            "Raise the token lifetime in the identity provider; five minutes work, an hour is better.");

    static final ErrorText IDP_TOKEN_NOT_RENEWED = new ErrorText(
            "The token source returned a JWT that ends no later than the one before, so an exchange would gain nothing.",
            "Have the token source return a newly issued JWT each time; caching is done by the exchanger.");

    private IdpTexts() {}
}
