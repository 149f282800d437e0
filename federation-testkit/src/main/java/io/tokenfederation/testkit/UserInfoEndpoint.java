// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.LinkedHashMap;
import java.util.Map;

/** The userinfo endpoint (OpenID Connect Core §5.3): takes access tokens of logins for {@code openid}, no ID tokens. */
final class UserInfoEndpoint {
    private final LoginDialect dialect;
    private final LoginGrants grants;

    UserInfoEndpoint(LoginDialect dialect, LoginGrants grants) {
        this.dialect = dialect;
        this.grants = grants;
    }

    Reply userInfo(HttpCall call) {
        dialect.check(call);
        Authorization login = call.bearer()
                .flatMap(grants::find)
                .orElseThrow(() -> refusal(401, call.bearer().isPresent() ? " error=\"invalid_token\"" : ""));
        if (!login.target().has("openid") || !dialect.opensUserInfo(login)) {
            throw refusal(403, " error=\"insufficient_scope\", scope=\"openid\"");
        }
        Map<String, Object> claims = new LinkedHashMap<>(dialect.userInfo(login));
        claims.put("sub", dialect.subject(login));
        return Reply.json(200, claims).header("Cache-Control", "no-store");
    }

    /** RFC 6750 §3.1: without an error if there was no token. */
    private static Refusal refusal(int status, String error) {
        return new Refusal(Reply.empty(status).header("WWW-Authenticate", "Bearer" + error));
    }
}
