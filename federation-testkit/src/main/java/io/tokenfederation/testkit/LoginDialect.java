// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How one kind of provider lets people log in: its addresses, what may be asked for, its tokens, its words. */
interface LoginDialect {
    /** The scopes of OpenID Connect that every provider here knows. */
    Set<String> OPENID_SCOPES = Set.of("openid", "profile", "email", "offline_access");

    /** Where the default tenant or server of this provider has what. */
    record Endpoints(URI authorization, URI userInfo, URI logout) {}

    Endpoints endpoints();

    /** Paths, in which {@code {}} stands for any one segment. */
    List<String> authorizePaths();

    List<String> userInfoPaths();

    List<String> logoutPaths();

    /** Refuses a request to an address that this provider does not have after all. */
    default void check(HttpCall call) {}

    /** What {@code iss} says in the tokens of a login that begins with this call. */
    String issuer(HttpCall call);

    /** What is asked for; throws {@link AuthorizationRequest#refusal} if it is not to be had. */
    LoginTarget target(AuthorizationRequest request);

    /** The person's {@code sub} in ID tokens. */
    String subject(Authorization login);

    /** What this provider says of the person in ID tokens, beyond the claims of the protocol. */
    Map<String, Object> identity(Authorization login);

    AccessToken accessToken(Authorization login);

    /** What userinfo says, beyond the subject. */
    default Map<String, Object> userInfo(Authorization login) {
        return login.person().claims(login.target());
    }

    /** Whether userinfo takes the access token of this login. */
    default boolean opensUserInfo(Authorization login) {
        return true;
    }

    Refusal refusal(GrantFlaw flaw);

    /** Whether this is a call to the authorization server that the login was at, where a provider has several. */
    default boolean isServerOf(Authorization login, HttpCall call) {
        return true;
    }

    /** Refuses to redeem a code in a way this provider does not like. */
    default void checkRedemption(HttpCall call) {}

    /** For the page that is shown when the client is unknown. */
    String unknownApplication(String clientId);

    /** For the page that is shown when the redirect URI is not registered. */
    String wrongRedirectUri(String clientId);

    /** The parameter of the logout endpoint that says where to go next. */
    default String returnParameter(HttpCall call) {
        return "post_logout_redirect_uri";
    }

    /** Whether one may go to an address of any application, as there is no parameter to name one. */
    default boolean returnsToAny() {
        return false;
    }

    /** Whether logging out takes an ID token. */
    default boolean logoutNeedsHint() {
        return false;
    }

    /** Whether answers to the browser name the issuer (RFC 9207). */
    default boolean namesIssuer() {
        return false;
    }
}
