// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Ends the browser's session, and goes to a registered address only (OpenID Connect RP-Initiated Logout 1.0). */
final class LogoutEndpoint {
    private final Tenant tenant;
    private final LoginDialect dialect;
    private final Browsers browsers;

    LogoutEndpoint(Tenant tenant, LoginDialect dialect, Browsers browsers) {
        this.tenant = tenant;
        this.dialect = dialect;
        this.browsers = browsers;
    }

    Reply logout(HttpCall call) {
        dialect.check(call);
        Map<String, String> parameters = (call.hasForm() ? call.form() : call.parameters())
                .orElseThrow(() -> LoginPage.refusal(400, "A parameter is there twice or cannot be read."));
        Optional<BrowserApplication> application = application(parameters);
        Optional<String> next = Optional.ofNullable(parameters.get(dialect.returnParameter(call)));
        if (next.isPresent() && !mayGo(next.get(), application)) {
            throw LoginPage.refusal(400, "The address to go to after the logout is not registered.");
        }
        browsers.end(call);
        Map<String, String> state = new LinkedHashMap<>();
        Optional.ofNullable(parameters.get("state")).ifPresent(text -> state.put("state", text));
        return next.map(uri -> LoginPage.redirect(302, uri, state))
                .orElseGet(() -> LoginPage.notice(200, "Logged out", "You are logged out."))
                .header("Set-Cookie", browsers.noSessionCookie());
    }

    /** The application that asks: by an ID token of this provider, expired or not, or by its client id; both must agree. */
    private Optional<BrowserApplication> application(Map<String, String> parameters) {
        Optional<String> clientId = Optional.ofNullable(parameters.get("client_id"));
        Optional<String> hint = Optional.ofNullable(parameters.get("id_token_hint"));
        if (hint.isEmpty() && dialect.logoutNeedsHint()) {
            throw LoginPage.refusal(400, "The parameter id_token_hint is missing.");
        }
        if (hint.isPresent()) {
            String audience = hint.flatMap(tenant.keys()::verified)
                    .map(claims -> String.valueOf(claims.get("aud")))
                    .filter(found -> clientId.isEmpty() || clientId.get().equals(found))
                    .orElseThrow(() -> LoginPage.refusal(400, "The id_token_hint is none of this application's."));
            return tenant.people().application(audience);
        }
        return clientId.flatMap(tenant.people()::application);
    }

    private boolean mayGo(String uri, Optional<BrowserApplication> application) {
        return application
                .map(found -> found.logoutUris().contains(uri))
                .orElseGet(() -> dialect.returnsToAny() && tenant.people().isLogoutUriOfAny(uri));
    }
}
