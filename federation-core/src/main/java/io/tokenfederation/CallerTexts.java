// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

/** What the codes of callers and their roles mean, and what to do. */
final class CallerTexts {
    static final ErrorText ROLE_CLAIM_MISSING = new ErrorText(
            "The claim that holds the role is missing from the caller's token.",
            "Check that the post-login hook is deployed and bound, sets this claim on the token that is read, and uses no reserved name.");

    static final ErrorText ROLE_CLAIM_UNREADABLE = new ErrorText(
            "The claim that holds the role is neither a string nor a list of strings.",
            "Have the identity provider issue the role as a string or as an array of strings.");

    static final ErrorText ROLE_UNKNOWN = new ErrorText(
            "None of the caller's roles is known; the caller is denied.",
            "Add the role to the resolver if it should have access; there is no default service principal.");

    static final ErrorText ROLE_UNMAPPED = new ErrorText(
            "The role has no service principal; the caller is denied.",
            "Add the role to the map from role to service principal if it should have access; there is no default.");

    static final ErrorText ROLE_GROUPS_OVERAGE = new ErrorText(
            "The person is in too many groups for the token to list them, so the role is not known; the caller is denied.",
            "Use app roles (the claim roles) instead of groups; Entra ID leaves groups out of a JWT above 200.");

    static final ErrorText CALLER_TOKEN_MISSING = new ErrorText(
            "The caller presented no token.",
            "Send the token the identity provider issued, as 'Authorization: Bearer <token>'.");

    static final ErrorText CALLER_TOKEN_MALFORMED = new ErrorText(
            "The caller's token is not a signed JWT.", "Send the token the identity provider issued, unchanged.");

    static final ErrorText CALLER_ISSUER_MISMATCH = new ErrorText(
            "The caller's token was issued by another issuer.",
            "If that issuer is yours, set the verifier's issuer to it, character for character, and mind the trailing slash; else ignore it: the token is not verified.");

    static final ErrorText CALLER_AUDIENCE_MISMATCH = new ErrorText(
            "The caller's token is meant for another application.",
            "Set the verifier's audience to what the browser application asks the identity provider for.");

    static final ErrorText CALLER_KIND_MISMATCH = new ErrorText(
            "The caller's token is of another kind than the one expected, such as an ID token in place of an access token.",
            "Send the other token of the login, or set the verifier to the kind that is sent: accessTokens() or idTokens().");

    static final ErrorText CALLER_PARTY_MISMATCH = new ErrorText(
            "The caller's token was issued to another application.",
            "If that application is yours, name its client id by authorizedParty(...); else ignore it: somebody brings a token from elsewhere.");

    static final ErrorText CALLER_NONCE_MISMATCH = new ErrorText(
            "The ID token is not the answer to this login: it has another nonce, or none.",
            "Send a new nonce with each login, keep it in the session of the browser that logs in, and use it once.");

    static final ErrorText CALLER_TOKEN_EXPIRED = new ErrorText(
            "The caller's token has expired, or is not valid yet.", "Let the person log in again; check the clocks.");

    static final ErrorText CALLER_SIGNATURE_INVALID = new ErrorText(
            "The caller's token is not signed by a key of the issuer with an accepted algorithm.",
            "Send the token the identity provider issued, signed RS256 or ES256.");

    static final ErrorText CALLER_KEYS_UNAVAILABLE = new ErrorText(
            "The issuer's keys could not be fetched, so the caller's token cannot be verified.",
            "Check that the issuer's discovery document and JWKS are reachable from the machine that runs this.");

    private CallerTexts() {}
}
