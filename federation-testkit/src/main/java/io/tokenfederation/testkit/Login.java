// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** All that one identity provider has for people's logins, in its dialect. */
final class Login {
    private final LoginDialect dialect;
    private final CodeGrant codes;
    private final LoginEndpoint login;
    private final UserInfoEndpoint userInfo;
    private final LogoutEndpoint logout;

    Login(URI base, Tenant tenant, LoginDialect dialect, ClientAuthentication.Words words) {
        this.dialect = dialect;
        LoginGrants grants = new LoginGrants(tenant);
        Browsers browsers = new Browsers(tenant::now, base.getPort());
        this.codes = new CodeGrant(tenant, dialect, words, grants);
        this.login = new LoginEndpoint(tenant, dialect, browsers, codes);
        this.userInfo = new UserInfoEndpoint(dialect, grants);
        this.logout = new LogoutEndpoint(tenant, dialect, browsers);
    }

    LoginDialect dialect() {
        return dialect;
    }

    CodeGrant codes() {
        return codes;
    }

    LoginEndpoint login() {
        return login;
    }

    UserInfoEndpoint userInfo() {
        return userInfo;
    }

    LogoutEndpoint logout() {
        return logout;
    }

    /** What is true of every dialect here, for its discovery document (OpenID Connect Discovery §3, RFC 8414 §2). */
    static void describe(Map<String, Object> document) {
        document.put("response_types_supported", List.of("code"));
        document.put("response_modes_supported", List.of("query"));
        document.put("grant_types_supported", List.of("authorization_code", "client_credentials", "refresh_token"));
        document.put("code_challenge_methods_supported", List.of("S256"));
        document.put("prompt_values_supported", List.of("none", "login"));
        document.put("id_token_signing_alg_values_supported", List.of("RS256"));
        document.put("request_parameter_supported", false);
        // It would be true if the document said nothing.
        document.put("request_uri_parameter_supported", false);
    }
}
