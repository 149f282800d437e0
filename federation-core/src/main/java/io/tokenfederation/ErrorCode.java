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
    IDP_UNREACHABLE(true, IdpTexts.IDP_UNREACHABLE),
    /** The identity provider is limiting the rate of requests. */
    IDP_RATE_LIMITED(true, IdpTexts.IDP_RATE_LIMITED),
    /** The identity provider failed on its side (5xx). */
    IDP_UNAVAILABLE(true, IdpTexts.IDP_UNAVAILABLE),
    /** Client id, secret or authentication method is wrong. */
    IDP_CLIENT_REJECTED(false, IdpTexts.IDP_CLIENT_REJECTED),
    /** The identity provider refused the token request for another reason. */
    IDP_REFUSED(false, IdpTexts.IDP_REFUSED),
    /** The token endpoint that was asked for the JWT is Databricks' own. */
    IDP_ENDPOINT_IS_DATABRICKS(false, IdpTexts.IDP_ENDPOINT_IS_DATABRICKS),
    /** The application's own secret, key or token file could not be read. */
    IDP_CREDENTIAL_UNREADABLE(true, IdpTexts.IDP_CREDENTIAL_UNREADABLE),
    /** The issuer has no discovery document that can be used. */
    IDP_DISCOVERY_FAILED(false, IdpTexts.IDP_DISCOVERY_FAILED),
    /** The JWT or the discovery document names another issuer than the one configured. */
    IDP_ISSUER_MISMATCH(false, IdpTexts.IDP_ISSUER_MISMATCH),
    /** The reply is not what a token endpoint answers (an HTML page, an empty body, a cut-off document). */
    IDP_REPLY_UNREADABLE(false, IdpTexts.IDP_REPLY_UNREADABLE),
    /** The token is opaque, not a JWT. */
    IDP_TOKEN_OPAQUE(false, IdpTexts.IDP_TOKEN_OPAQUE),
    /** The token is encrypted (JWE). */
    IDP_TOKEN_ENCRYPTED(false, IdpTexts.IDP_TOKEN_ENCRYPTED),
    /** The token looks like a JWT and is none. */
    IDP_TOKEN_MALFORMED(false, IdpTexts.IDP_TOKEN_MALFORMED),
    /** The JWT is signed with an algorithm Databricks does not accept. */
    IDP_TOKEN_ALGORITHM(false, IdpTexts.IDP_TOKEN_ALGORITHM),
    /** The token is bound to a key (DPoP) or of another type than Bearer. */
    IDP_TOKEN_NOT_BEARER(false, IdpTexts.IDP_TOKEN_NOT_BEARER),
    /** The token is for Azure Databricks itself, so there is nothing to exchange. */
    IDP_TOKEN_FOR_DATABRICKS(false, IdpTexts.IDP_TOKEN_FOR_DATABRICKS),
    /** A claim that a federation policy matches on is missing. */
    IDP_TOKEN_CLAIM_MISSING(false, IdpTexts.IDP_TOKEN_CLAIM_MISSING),
    /** The JWT has expired. */
    IDP_TOKEN_EXPIRED(true, IdpTexts.IDP_TOKEN_EXPIRED),
    /** The JWT lives too short a time to be of use. */
    IDP_TOKEN_TOO_SHORT(false, IdpTexts.IDP_TOKEN_TOO_SHORT),
    /** A renewed JWT ends no later than the one before. */
    IDP_TOKEN_NOT_RENEWED(true, IdpTexts.IDP_TOKEN_NOT_RENEWED),
    /** The audience of the JWT is not the policy's. */
    AUDIENCE_MISMATCH(false, ExchangeTexts.AUDIENCE_MISMATCH),
    /** The issuer of the JWT is not the policy's. */
    ISSUER_MISMATCH(false, ExchangeTexts.ISSUER_MISMATCH),
    /** The subject of the JWT is not the policy's. */
    SUBJECT_MISMATCH(false, ExchangeTexts.SUBJECT_MISMATCH),
    /** No federation policy fits, or the service principal does not exist. */
    NO_FEDERATION_POLICY(false, ExchangeTexts.NO_FEDERATION_POLICY),
    /** An application's JWT was exchanged as a user's: no {@code client_id} was sent. */
    EXCHANGE_CLIENT_ID_MISSING(false, ExchangeTexts.EXCHANGE_CLIENT_ID_MISSING),
    /** The {@code client_id} that was sent is an id of the identity provider's. */
    EXCHANGE_CLIENT_ID_MISTAKEN(false, ExchangeTexts.EXCHANGE_CLIENT_ID_MISTAKEN),
    /** The exchange was refused for another reason. */
    EXCHANGE_REFUSED(false, ExchangeTexts.EXCHANGE_REFUSED),
    /** The token is for less than was asked for. */
    EXCHANGE_SCOPE_NARROWED(false, ExchangeTexts.EXCHANGE_SCOPE_NARROWED),
    /** Databricks could not be reached, or gave no answer in time. */
    EXCHANGE_UNREACHABLE(true, ExchangeTexts.EXCHANGE_UNREACHABLE),
    /** Databricks is limiting the rate of requests. */
    EXCHANGE_RATE_LIMITED(true, ExchangeTexts.EXCHANGE_RATE_LIMITED),
    /** Databricks failed on its side (5xx). */
    EXCHANGE_UNAVAILABLE(true, ExchangeTexts.EXCHANGE_UNAVAILABLE),
    /** The reply is not what a token endpoint answers. */
    EXCHANGE_REPLY_UNREADABLE(false, ExchangeTexts.EXCHANGE_REPLY_UNREADABLE),
    /** The issued token is for another service principal than the one asked for. */
    EXCHANGE_WRONG_PRINCIPAL(false, ExchangeTexts.EXCHANGE_WRONG_PRINCIPAL),
    /** The executor that was given to the exchanger refused to run an attempt. */
    EXECUTOR_REJECTED(true, ExchangeTexts.EXECUTOR_REJECTED),
    /** An attempt failed in a way nobody expects, such as a token source that throws what it should not. */
    ATTEMPT_FAILED(true, ExchangeTexts.ATTEMPT_FAILED),
    /** No token was to be had within the waiting time. */
    TOKEN_WAIT_TIMED_OUT(true, ExchangeTexts.TOKEN_WAIT_TIMED_OUT),
    /** A token that lives as long as was asked for cannot be had. */
    TOKEN_LIFE_TOO_SHORT(false, ExchangeTexts.TOKEN_LIFE_TOO_SHORT),
    /** The waiting thread was interrupted. */
    TOKEN_WAIT_INTERRUPTED(true, ExchangeTexts.TOKEN_WAIT_INTERRUPTED),
    /** The claim that holds the role is missing from the caller's token. */
    ROLE_CLAIM_MISSING(false, CallerTexts.ROLE_CLAIM_MISSING),
    /** The claim is there, but is neither a string nor a list of strings. */
    ROLE_CLAIM_UNREADABLE(false, CallerTexts.ROLE_CLAIM_UNREADABLE),
    /** None of the caller's roles is known. The caller is denied. */
    ROLE_UNKNOWN(false, CallerTexts.ROLE_UNKNOWN),
    /** The role has no service principal. The caller is denied. */
    ROLE_UNMAPPED(false, CallerTexts.ROLE_UNMAPPED),
    /** The person is in too many groups for the token to list them. The caller is denied. */
    ROLE_GROUPS_OVERAGE(false, CallerTexts.ROLE_GROUPS_OVERAGE),
    /** The caller presented no token. */
    CALLER_TOKEN_MISSING(false, CallerTexts.CALLER_TOKEN_MISSING),
    /** The caller's token is not a signed JWT. */
    CALLER_TOKEN_MALFORMED(false, CallerTexts.CALLER_TOKEN_MALFORMED),
    /** The caller's token was issued by another issuer. */
    CALLER_ISSUER_MISMATCH(false, CallerTexts.CALLER_ISSUER_MISMATCH),
    /** The caller's token is meant for another application. */
    CALLER_AUDIENCE_MISMATCH(false, CallerTexts.CALLER_AUDIENCE_MISMATCH),
    /** The caller's token is of another kind than the one expected. */
    CALLER_KIND_MISMATCH(false, CallerTexts.CALLER_KIND_MISMATCH),
    /** The caller's token was issued to another application. */
    CALLER_PARTY_MISMATCH(false, CallerTexts.CALLER_PARTY_MISMATCH),
    /** The ID token is not the answer to this login. */
    CALLER_NONCE_MISMATCH(false, CallerTexts.CALLER_NONCE_MISMATCH),
    /** The caller's token has expired or is not valid yet. */
    CALLER_TOKEN_EXPIRED(false, CallerTexts.CALLER_TOKEN_EXPIRED),
    /** The caller's token is not signed by the issuer with an accepted algorithm. */
    CALLER_SIGNATURE_INVALID(false, CallerTexts.CALLER_SIGNATURE_INVALID),
    /** The issuer's keys could not be fetched. */
    CALLER_KEYS_UNAVAILABLE(true, CallerTexts.CALLER_KEYS_UNAVAILABLE),
    /** The service principal is known but lacks a permission: federation works. */
    PERMISSION_DENIED(false, ExchangeTexts.PERMISSION_DENIED),
    /** A query ran as another service principal, or in other groups, than the role says: rows of another role. */
    WRONG_ROW_FILTER(false, ExchangeTexts.WRONG_ROW_FILTER),
    /** The service refused the token. */
    TOKEN_REJECTED(false, ExchangeTexts.TOKEN_REJECTED);

    private final boolean retryable;
    private final String meaning;
    private final String fix;

    ErrorCode(boolean retryable, ErrorText text) {
        this.retryable = retryable;
        this.meaning = text.meaning();
        this.fix = text.fix();
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
