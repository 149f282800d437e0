// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

/**
 * The failures every deployment can meet, each with what it means and what an operator does about it.
 *
 * <p>{@link FederationException#code()} is the name of one of these, or a code of a provider's own module (those start
 * with the provider, {@code AUTH0_…}). Names are stable; texts may get better between versions. Match on the name:
 * {@code e.code().equals(ErrorCode.NO_FEDERATION_POLICY.name())}.
 */
public enum ErrorCode {
    /** The identity provider could not be reached, or gave no answer in time. */
    IDP_UNREACHABLE(
            true,
            "The identity provider could not be reached, or gave no answer in time.",
            "Check host, DNS, proxy and trust store of the token endpoint from the machine that runs this."),
    /** The identity provider is limiting the rate of requests. */
    IDP_RATE_LIMITED(
            true,
            "The identity provider limits the rate of token requests.",
            "Wait for the time given; share one token source per process, so that one JWT serves all principals."),
    /** The identity provider failed on its side (5xx). */
    IDP_UNAVAILABLE(
            true,
            "The identity provider failed on its side.",
            "Wait, and look at the identity provider's status page."),
    /** Client id, secret or authentication method is wrong. */
    IDP_CLIENT_REJECTED(
            false,
            "The identity provider does not accept the client's credentials.",
            "Check client id, client secret and the client authentication method of the M2M application."),
    /** The identity provider refused the token request for another reason. */
    IDP_REFUSED(
            false,
            "The identity provider refused the token request.",
            "Read the error and its description: grant type, scope or audience is not allowed for this application."),
    /** The application's own secret, key or token file could not be read. */
    IDP_CREDENTIAL_UNREADABLE(
            true,
            "The application's own secret, key or token file could not be read.",
            "Check the supplier or file that the message names: it must give the secret or key each time it is asked."),
    /** The issuer has no discovery document that can be used. */
    IDP_DISCOVERY_FAILED(
            false,
            "The issuer has no discovery document that can be used.",
            "Check the issuer's URL: its discovery document is at <issuer>/.well-known/openid-configuration; or set the token endpoint instead."),
    /** The JWT or the discovery document names another issuer than the one configured. */
    IDP_ISSUER_MISMATCH(
            false,
            "The JWT or the discovery document names another issuer than the one configured.",
            "Set the issuer exactly as the message shows it, in the application and in the federation policy."),
    /** The reply is not what a token endpoint answers (an HTML page, an empty body, a cut-off document). */
    IDP_REPLY_UNREADABLE(
            false,
            "The reply is not what a token endpoint answers.",
            "Check the URL of the token endpoint: a login page, a proxy or a wrong path answers there."),
    /** The token is opaque, not a JWT. */
    IDP_TOKEN_OPAQUE(
            false,
            "The identity provider issued an opaque token; only a JWT can be exchanged.",
            "Ask for the audience of a registered API, so that the identity provider issues a JWT."),
    /** The token is encrypted (JWE). */
    IDP_TOKEN_ENCRYPTED(
            false,
            "The identity provider issued an encrypted token (JWE); Databricks cannot read it.",
            "Switch token encryption off for this API in the identity provider."),
    /** The token looks like a JWT and is none. */
    IDP_TOKEN_MALFORMED(
            false,
            "The token has the form of a JWT and cannot be decoded.",
            "Check that the token reaches the library whole, without quotes, line breaks or a 'Bearer ' prefix."),
    /** The JWT is signed with an algorithm Databricks does not accept. */
    IDP_TOKEN_ALGORITHM(
            false,
            "The JWT is signed with an algorithm Databricks does not accept.",
            "Choose RS256 or ES256 as the signing algorithm of the API in the identity provider."),
    /** The token is bound to a key (DPoP) or of another type than Bearer. */
    IDP_TOKEN_NOT_BEARER(
            false,
            "The identity provider issued a token that is no bearer token, such as one bound to a key by DPoP.",
            "Switch proof of possession (DPoP) off for this application in the identity provider."),
    /** The token is for Azure Databricks itself, so there is nothing to exchange. */
    IDP_TOKEN_FOR_DATABRICKS(
            false,
            "The token is for Azure Databricks itself, so there is nothing to exchange.",
            "Use the token directly, by DatabricksTokenSource.direct(...); to exchange one, ask for the audience of an application of your own."),
    /** A claim that a federation policy matches on is missing. */
    IDP_TOKEN_CLAIM_MISSING(
            false,
            "A claim that a federation policy matches on is missing from the JWT.",
            "Configure the identity provider to issue iss, aud, sub and exp in this token."),
    /** The JWT has expired. */
    IDP_TOKEN_EXPIRED(
            true,
            "The JWT has expired, so it can no longer be exchanged.",
            "Have the token source return a newly issued JWT each time it is asked; check the clocks of both machines."),
    /** The JWT lives too short a time to be of use. */
    IDP_TOKEN_TOO_SHORT(
            false,
            "The JWT lives too short a time: a Databricks token inherits its end, and is refused in its last 30 seconds.",
            "Raise the token lifetime in the identity provider; five minutes work, an hour is better."),
    /** A renewed JWT ends no later than the one before. */
    IDP_TOKEN_NOT_RENEWED(
            true,
            "The token source returned a JWT that ends no later than the one before, so an exchange would gain nothing.",
            "Have the token source return a newly issued JWT each time; caching is done by the exchanger."),
    /** The audience of the JWT is not the policy's. */
    AUDIENCE_MISMATCH(
            false,
            "The JWT's audience is in no federation policy of the service principal.",
            "Request exactly the audience the policy lists, or add the JWT's audience to the policy."),
    /** The issuer of the JWT is not the policy's. */
    ISSUER_MISMATCH(
            false,
            "The JWT's issuer is not the policy's issuer, character for character.",
            "Set the policy's issuer to the JWT's iss; mind the trailing slash."),
    /** The subject of the JWT is not the policy's. */
    SUBJECT_MISMATCH(
            false,
            "The JWT's subject is not the policy's subject, character for character.",
            "Set the policy's subject to the JWT's sub as it stands here; it is whatever the identity provider puts there."),
    /** No federation policy fits, or the service principal does not exist. */
    NO_FEDERATION_POLICY(
            false,
            "No federation policy of the service principal fits the JWT, or there is no such service principal.",
            "Check that the application id is right and attach a federation policy with this JWT's iss, aud and sub; a new policy can take two minutes to work."),
    /** The exchange was refused for another reason. */
    EXCHANGE_REFUSED(
            false,
            "Databricks refused the exchange.",
            "Read the error and its description; check the service principal and its federation policy."),
    /** The token is for less than was asked for. */
    EXCHANGE_SCOPE_NARROWED(
            false,
            "Databricks issued a token for fewer scopes than were asked for; it was discarded.",
            "Ask for the scopes the service principal may have, by scopes(...) of the exchanger's builder."),
    /** Databricks could not be reached, or gave no answer in time. */
    EXCHANGE_UNREACHABLE(
            true,
            "Databricks could not be reached, or gave no answer in time.",
            "Check the workspace host, DNS, proxy and trust store from the machine that runs this."),
    /** Databricks is limiting the rate of requests. */
    EXCHANGE_RATE_LIMITED(
            true,
            "Databricks limits the rate of token requests.",
            "Wait for the time given; keep one exchanger per workspace, so that tokens are cached."),
    /** Databricks failed on its side (5xx). */
    EXCHANGE_UNAVAILABLE(
            true, "Databricks failed on its side.", "Wait, and look at the Databricks status page of the region."),
    /** The reply is not what a token endpoint answers. */
    EXCHANGE_REPLY_UNREADABLE(
            false,
            "The reply is not what a token endpoint answers.",
            "Check the host: workspaces answer at /oidc/v1/token, account consoles at /oidc/accounts/<id>/v1/token."),
    /** The issued token is for another service principal than the one asked for. */
    EXCHANGE_WRONG_PRINCIPAL(
            false,
            "Databricks issued a token for another service principal than the one asked for; it was discarded.",
            "Report it to Databricks support with the request id; never use such a token."),
    /** The executor that was given to the exchanger refused to run an attempt. */
    EXECUTOR_REJECTED(
            true,
            "The executor that runs the attempts refused one: it is full or has been shut down.",
            "Give the exchanger an executor with room that lives as long as the exchanger, or none, for its own."),
    /** An attempt failed in a way nobody expects, such as a token source that throws what it should not. */
    ATTEMPT_FAILED(
            true,
            "An attempt failed in an unexpected way: a token source threw something other than IdpTokenException.",
            "Read the cause; a token source throws IdpTokenException and never returns null."),
    /** No token was to be had within the waiting time. */
    TOKEN_WAIT_TIMED_OUT(
            true,
            "No token was to be had within the waiting time.",
            "Try again; if it stays, look for the cause in the identity provider or Databricks being slow."),
    /** A token that lives as long as was asked for cannot be had. */
    TOKEN_LIFE_TOO_SHORT(
            false,
            "A new token lives too short a time for what it was asked for; it ends with the identity provider's JWT.",
            "Raise the token lifetime in the identity provider, or ask for less."),
    /** The waiting thread was interrupted. */
    TOKEN_WAIT_INTERRUPTED(
            true,
            "The thread was interrupted while it waited for a token.",
            "Nothing: the application stopped waiting."),
    /** The claim that holds the role is missing from the caller's token. */
    ROLE_CLAIM_MISSING(
            false,
            "The claim that holds the role is missing from the caller's token.",
            "Check that the post-login hook is deployed and bound, sets this claim on the token that is read, and uses no reserved name."),
    /** The claim is there, but is neither a string nor a list of strings. */
    ROLE_CLAIM_UNREADABLE(
            false,
            "The claim that holds the role is neither a string nor a list of strings.",
            "Have the identity provider issue the role as a string or as an array of strings."),
    /** None of the caller's roles is known. The caller is denied. */
    ROLE_UNKNOWN(
            false,
            "None of the caller's roles is known; the caller is denied.",
            "Add the role to the resolver if it should have access; there is no default service principal."),
    /** The role has no service principal. The caller is denied. */
    ROLE_UNMAPPED(
            false,
            "The role has no service principal; the caller is denied.",
            "Add the role to the map from role to service principal if it should have access; there is no default."),
    /** The person is in too many groups for the token to list them. The caller is denied. */
    ROLE_GROUPS_OVERAGE(
            false,
            "The person is in too many groups for the token to list them, so the role is not known; the caller is denied.",
            "Use app roles (the claim roles) instead of groups; Entra ID leaves groups out of a JWT above 200."),
    /** The caller presented no token. */
    CALLER_TOKEN_MISSING(
            false,
            "The caller presented no token.",
            "Send the token the identity provider issued, as 'Authorization: Bearer <token>'."),
    /** The caller's token is not a signed JWT. */
    CALLER_TOKEN_MALFORMED(
            false,
            "The caller's token is not a signed JWT.",
            "Send the token the identity provider issued, unchanged."),
    /** The caller's token was issued by another issuer. */
    CALLER_ISSUER_MISMATCH(
            false,
            "The caller's token was issued by another issuer.",
            "If that issuer is yours, set the verifier's issuer to it, character for character, and mind the trailing slash; else ignore it: the token is not verified."),
    /** The caller's token is meant for another application. */
    CALLER_AUDIENCE_MISMATCH(
            false,
            "The caller's token is meant for another application.",
            "Set the verifier's audience to what the browser application asks the identity provider for."),
    /** The caller's token is of another kind than the one expected. */
    CALLER_KIND_MISMATCH(
            false,
            "The caller's token is of another kind than the one expected, such as an ID token in place of an access token.",
            "Send the other token of the login, or set the verifier to the kind that is sent: accessTokens() or idTokens()."),
    /** The caller's token was issued to another application. */
    CALLER_PARTY_MISMATCH(
            false,
            "The caller's token was issued to another application.",
            "If that application is yours, name its client id by authorizedParty(...); else ignore it: somebody brings a token from elsewhere."),
    /** The ID token is not the answer to this login. */
    CALLER_NONCE_MISMATCH(
            false,
            "The ID token is not the answer to this login: it has another nonce, or none.",
            "Send a new nonce with each login, keep it in the session of the browser that logs in, and use it once."),
    /** The caller's token has expired or is not valid yet. */
    CALLER_TOKEN_EXPIRED(
            false,
            "The caller's token has expired, or is not valid yet.",
            "Let the person log in again; check the clocks."),
    /** The caller's token is not signed by the issuer with an accepted algorithm. */
    CALLER_SIGNATURE_INVALID(
            false,
            "The caller's token is not signed by a key of the issuer with an accepted algorithm.",
            "Send the token the identity provider issued, signed RS256 or ES256."),
    /** The issuer's keys could not be fetched. */
    CALLER_KEYS_UNAVAILABLE(
            true,
            "The issuer's keys could not be fetched, so the caller's token cannot be verified.",
            "Check that the issuer's discovery document and JWKS are reachable from the machine that runs this."),
    /** The service principal is known but lacks a permission: federation works. */
    PERMISSION_DENIED(
            false,
            "Federation works; the service principal lacks a permission on what it asked for.",
            "Grant it: CAN USE on the SQL warehouse or the app, CAN RUN on the Genie space, SELECT on the table, to the service principal or its group."),
    /** A query ran as another service principal, or in other groups, than the role says: rows of another role. */
    WRONG_ROW_FILTER(
            false,
            "The query ran as another identity or in other groups than the role says, so the row filter chose other rows.",
            "Compare current_user(), is_member('group') and is_account_group_member('group') with the token of each service principal."),
    /** The service refused the token. */
    TOKEN_REJECTED(
            false,
            "The service refused the token, and a newly exchanged one too.",
            "Check that the service principal is assigned to this workspace, and that the URL belongs to it.");

    private final boolean retryable;
    private final String meaning;
    private final String fix;

    ErrorCode(boolean retryable, String meaning, String fix) {
        this.retryable = retryable;
        this.meaning = meaning;
        this.fix = fix;
    }

    /** {@return what this failure means, one sentence} */
    public String meaning() {
        return meaning;
    }

    /** {@return what an operator does about it, one sentence; an exception may carry a more exact one} */
    public String fix() {
        return fix;
    }

    /** {@return whether the same call can succeed later without anybody changing anything} */
    public boolean retryable() {
        return retryable;
    }
}
