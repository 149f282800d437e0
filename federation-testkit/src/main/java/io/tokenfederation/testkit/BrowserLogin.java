// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;
import java.util.List;

/**
 * What a {@link LoopbackIdp} has for people who log in: authorization code with PKCE (RFC 6749 §4.1, RFC 7636), a login page,
 * a session, userinfo and logout.
 *
 * <pre>{@code
 * idp.person(Person.of("sarah", "correct horse").roles("sales-west"));
 * idp.browserApplication("portal", "http://localhost:5173/callback");
 * URI start = idp.login().authorizationEndpoint(); // ?response_type=code&client_id=portal&code_challenge=…
 * }</pre>
 *
 * <p>Only S256 is accepted, addresses to return to are compared character for character, a code is good once and for 60
 * seconds, a refresh token once and for a day. After five attempts a username is locked for a minute. Thread-safe.
 */
public final class BrowserLogin {
    private final IdpServer server;
    private final Login login;

    BrowserLogin(IdpServer server) {
        this.server = server;
        this.login = server.dialect()
                .login()
                .orElseThrow(() -> new IllegalArgumentException("nobody logs in at this identity provider"));
    }

    /** {@return where the browser is sent to log in} */
    public URI authorizationEndpoint() {
        return login.dialect().endpoints().authorization();
    }

    /** {@return where an access token is shown to learn about the person} */
    public URI userInfoEndpoint() {
        return login.dialect().endpoints().userInfo();
    }

    /** {@return where the browser is sent to log out} */
    public URI logoutEndpoint() {
        return login.dialect().endpoints().logout();
    }

    /**
     * Registers where an application's people may go after they logged out.
     *
     * @param clientId an application that {@link LoopbackIdp#browserApplication} registered
     * @param uris the exact addresses, https or to this machine
     * @return this
     */
    public BrowserLogin logoutUris(String clientId, String... uris) {
        server.tenant().people().registerLogout(clientId, List.of(uris));
        return this;
    }

    /** {@return what is to be wrong with ID tokens; the signature stays right} */
    public Forgery idTokenForgery() {
        return server.tenant().idTokenForgery();
    }

    /** {@return the faults of the authorization endpoint} */
    public Faults faults() {
        return server.authorization().faults();
    }

    /** {@return how often the authorization endpoint was asked} */
    public long requests() {
        return server.authorization().requests();
    }
}
