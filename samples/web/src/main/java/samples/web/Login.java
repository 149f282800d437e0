// SPDX-License-Identifier: Apache-2.0
package samples.web;

import io.tokenfederation.CallerVerifier;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where people log in, and what makes a token of theirs one for this application.
 *
 * @param issuer the identity provider, as its tokens write it
 * @param clientId the single-page application's client id; it has no secret
 * @param parameters what the browser asks for beside the protocol's own: scope, and audience where that is not the scope
 * @param callers verifies what the browser sends
 * @param standIn whom anybody may be; only where the provider is a stand-in
 */
record Login(
        String issuer,
        String clientId,
        Map<String, String> parameters,
        CallerVerifier callers,
        Optional<StandInPeople> standIn) {
    private static final Set<String> PARAMETERS = Set.of("audience", "resource", "none");

    static Optional<Login> read(Variables variables) {
        Optional<String> issuer = variables.required(
                "LOGIN_ISSUER", "set it to the 'issuer' of the provider's /.well-known/openid-configuration");
        Optional<String> clientId = variables.required(
                "LOGIN_CLIENT_ID", "register a single-page application (public client, PKCE) and set its client id");
        Optional<String> audience = variables.required(
                "LOGIN_AUDIENCE", "set it to the identifier of the backend's API: the 'aud' of its access tokens");
        String parameter = variables.or("LOGIN_AUDIENCE_PARAMETER", "audience").toLowerCase(Locale.ROOT);
        if (!PARAMETERS.contains(parameter)) {
            variables.mistake(
                    "LOGIN_AUDIENCE_PARAMETER is '" + parameter + "'",
                    "set it to audience (Auth0), resource, or none (Okta, Entra ID, Keycloak)");
        }
        String scope = variables.or("LOGIN_SCOPE", "openid profile email");
        if (!Set.of(scope.split("\\s+")).contains("openid")) {
            variables.mistake(
                    "LOGIN_SCOPE lacks openid", "add openid: the page learns who logged in from the ID token");
        }
        if (issuer.isEmpty() || clientId.isEmpty() || audience.isEmpty()) {
            return Optional.empty();
        }
        Optional<CallerVerifier> callers = variables.checked(
                "LOGIN_ISSUER",
                "copy 'issuer' from the provider's /.well-known/openid-configuration, character for character",
                () -> CallerVerifier.builder()
                        .issuer(issuer.get())
                        .audience(audience.get())
                        .accessTokens()
                        // Other applications of the same company get tokens for this API too; theirs are not taken.
                        .authorizedParty(clientId.get())
                        .emailClaim(variables.or("LOGIN_EMAIL_CLAIM", "email"))
                        .build());
        Map<String, String> parameters = new LinkedHashMap<>(Map.of("scope", scope));
        if (!parameter.equals("none")) {
            parameters.put(parameter, audience.get());
        }
        return callers.map(verifier -> new Login(issuer.get(), clientId.get(), parameters, verifier, Optional.empty()));
    }

    Login with(StandInPeople people) {
        return new Login(issuer, clientId, parameters, callers, Optional.of(people));
    }

    /** Scheme, host and port: what the page may speak to besides this application. */
    String origin() {
        URI uri = URI.create(issuer);
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port;
    }
}
