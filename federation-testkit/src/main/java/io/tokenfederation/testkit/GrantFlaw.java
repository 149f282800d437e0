// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

/** What can be wrong with a code or a refresh token; RFC 6749 §5.2 calls all of it {@code invalid_grant}, but the last. */
enum GrantFlaw {
    CODE_UNKNOWN,
    CODE_USED,
    CODE_EXPIRED,
    CODE_OF_ANOTHER_CLIENT,
    WRONG_REDIRECT_URI,
    WRONG_VERIFIER,
    REFRESH_TOKEN_INVALID,
    MORE_SCOPES_THAN_GRANTED
}
