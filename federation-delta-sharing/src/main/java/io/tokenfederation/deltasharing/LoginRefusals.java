// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import java.util.Map;
import java.util.Set;

/** What the errors of a login mean for whoever set it up (RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6). */
final class LoginRefusals {
    /** The grant is over: only the person can give another one. */
    private static final Set<String> ENDED =
            Set.of("invalid_grant", "interaction_required", "login_required", "consent_required");

    private static final Map<String, String> FIXES = Map.of(
            "access_denied",
            "The person declined, or the identity provider does not let them use this application: assign it to them, then log in again.",
            "consent_required",
            "Have an administrator of the identity provider grant consent to this application, then log in again.",
            "interaction_required",
            "Log in without prompt=none, so that the identity provider can ask the person.",
            "login_required",
            "Log in without prompt=none, so that the identity provider can ask the person.",
            "invalid_scope",
            "Check scopes(...): the identity provider does not know one of them, or this application may not ask for it.",
            "invalid_target",
            "Check the parameter audience or resource: the identity provider knows no such API.",
            "unauthorized_client",
            "Allow the authorization code grant for this application in the identity provider.",
            "invalid_client",
            "Register the application as a public client (native, desktop or mobile): it has no secret to show.");

    private LoginRefusals() {}

    static String fix(String error) {
        String known = FIXES.get(error);
        return known != null ? known : LoginErrorCode.LOGIN_REFUSED.problem("").fix();
    }

    static boolean ended(String error) {
        return ENDED.contains(error);
    }
}
