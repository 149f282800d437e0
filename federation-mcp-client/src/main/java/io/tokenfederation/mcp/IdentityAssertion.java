// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.SafeText;
import io.tokenfederation.internal.TokenForm;
import io.tokenfederation.internal.TokenReply;
import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A person who has logged in at the company's identity provider, and that provider, which decides to which MCP servers it
 * vouches for them (Identity Assertion JWT Authorization Grant, ID-JAG).
 *
 * <pre>{@code
 * IdentityAssertion person = IdentityAssertion.of("https://idp.example.com/token", id, () -> session.idToken())
 *     .clientSecret(secret);
 * McpAuthorization.enterpriseManaged(mcpClientId, mcpClientSecret, person)
 * }</pre>
 *
 * <p>The ID token goes to that provider only, who issued it. What goes to the MCP server's authorization server is the grant
 * that the provider makes out to it. Immutable and thread-safe; {@link #toString()} shows neither token nor secret.
 */
public final class IdentityAssertion {
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String TYPES = "urn:ietf:params:oauth:token-type:";
    private static final String ID_JAG = TYPES + "id-jag";

    private final URI tokenEndpoint;
    private final String clientId;
    private final Supplier<String> idToken;
    private final @Nullable String clientSecret;

    private IdentityAssertion(
            URI tokenEndpoint, String clientId, Supplier<String> idToken, @Nullable String clientSecret) {
        this.tokenEndpoint = tokenEndpoint;
        this.clientId = clientId;
        this.idToken = idToken;
        this.clientSecret = clientSecret;
    }

    /**
     * Names provider and person.
     *
     * @param tokenEndpoint the identity provider's token endpoint; https, or http to loopback
     * @param clientId the application's id there, as at the person's login
     * @param idToken gives the person's ID token as it is now; asked for each grant, on another thread
     * @return the assertion
     * @throws IllegalArgumentException if credentials may not go there, or the id is blank
     */
    public static IdentityAssertion of(String tokenEndpoint, String clientId, Supplier<String> idToken) {
        String what = "the identity provider's token endpoint";
        URI uri = HttpTransport.requireSecure(
                HttpTransport.parse(requireNonNull(tokenEndpoint, "tokenEndpoint"), what), what);
        return new IdentityAssertion(
                uri, McpAuthorization.requireText(clientId, "clientId"), requireNonNull(idToken, "idToken"), null);
    }

    /**
     * Sets the application's secret at the identity provider, sent in the body. Default: none is sent.
     *
     * @param clientSecret the secret
     * @return a changed copy
     */
    public IdentityAssertion clientSecret(String clientSecret) {
        return new IdentityAssertion(
                tokenEndpoint, clientId, idToken, McpAuthorization.requireText(clientSecret, "clientSecret"));
    }

    /**
     * Has the provider vouch for the person.
     *
     * @return the ID-JAG, made out to the target's authorization server
     */
    String grantFor(AuthorizationDiscovery.Target target, TokenDesk desk) {
        TokenForm form = TokenForm.of(Map.of())
                .with("grant_type", EXCHANGE)
                .with("requested_token_type", ID_JAG)
                .with("subject_token_type", TYPES + "id_token")
                .with("audience", target.issuer().issuer())
                .withSecret("subject_token", read())
                .with("client_id", clientId);
        if (clientSecret != null) {
            form.withSecret("client_secret", clientSecret);
        }
        TokenReply.Issued issued = desk.ask(
                who(),
                tokenEndpoint,
                Grant.complete(form, target),
                "a grant for " + target.issuer().who());
        return requireGrant(issued, target);
    }

    /** Any other token of the provider's would be shown to somebody it is not for. */
    private String requireGrant(TokenReply.Issued issued, AuthorizationDiscovery.Target target) {
        String type = issued.issuedType().orElse("no type");
        if (!type.equals(ID_JAG)) {
            throw unusable("issued a token of type '" + SafeText.of(type) + "' instead of an ID-JAG");
        }
        IdpToken grant;
        try {
            grant = IdpToken.parse(issued.accessToken());
        } catch (FederationException e) {
            throw unusable("issued an ID-JAG that is no JWT with iss, aud, sub and exp");
        }
        if (!grant.audiences().contains(target.issuer().issuer())) {
            throw unusable("made the ID-JAG out to '" + SafeText.of(String.join("', '", grant.audiences()))
                    + "', not to " + target.issuer().who());
        }
        return grant.value();
    }

    private McpException unusable(String what) {
        return new McpException(McpErrorCode.MCP_AUTH_REPLY_UNREADABLE
                .problem(who() + " " + what)
                .fix("Have the identity provider issue ID-JAGs for the authorization server the MCP server names."));
    }

    private String read() {
        String token = idToken.get();
        if (token == null || token.isBlank()) {
            throw new McpException(McpErrorCode.MCP_AUTH_REFUSED
                    .problem("there is no ID token of the person to show to " + who())
                    .fix("Have the person log in again; the supplier must give the ID token each time it is asked."));
        }
        return token;
    }

    private String who() {
        return "the identity provider at " + tokenEndpoint.getRawAuthority();
    }

    /** {@return provider and client} */
    @Override
    public String toString() {
        return "IdentityAssertion[" + Place.own(tokenEndpoint) + ", client " + clientId + "]";
    }
}
