// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import io.tokenfederation.internal.NearMiss;
import io.tokenfederation.internal.RefusalTable;
import io.tokenfederation.internal.TokenForm;
import io.tokenfederation.internal.TokenReply;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * JWTs from any OpenID Connect or OAuth 2.0 provider, by the client credentials grant (RFC 6749 §4.4).
 *
 * <pre>{@code
 * IdpTokenSource idp = OidcTokenSource.builder()
 *     .issuer("https://idp.example.com/realms/main")
 *     .clientId(id)
 *     .clientSecret(secret)
 *     .audience("https://adb-1234567890123456.7.azuredatabricks.net")
 *     .build();
 * }</pre>
 *
 * <p>The client shows who it is by a secret in the body or as HTTP Basic, by a signed assertion ({@link ClientAssertion}), or
 * by its TLS certificate. The JWT must name the issuer that is configured, character for character, because the federation
 * policy does; its signature is verified by Databricks, not here.
 *
 * <p>Where there is a module for the provider (Auth0, Okta, Entra ID), prefer it: it knows the defaults and explains the
 * errors. Immutable and thread-safe. {@link #mint()} asks the provider each time and runs on the calling thread; only the
 * address of a discovered token endpoint is kept, for an hour.
 */
public final class OidcTokenSource implements IdpTokenSource {
    private static final NearMiss NEAR_MISS = new NearMiss("the JWT", "the configuration");

    /** What servers that are no provider of a module here say, where it points to one switch. */
    private static final RefusalTable KNOWN = new RefusalTable(List.of(
            RefusalTable.row(
                    "Client not enabled to retrieve service account",
                    ErrorCode.IDP_REFUSED.name(),
                    "Tick 'Service account roles' in the Keycloak admin console: Clients > the client > Settings > Capability"
                            + " config."),
            RefusalTable.row(
                    "Invalid private key JWT authentication",
                    ErrorCode.IDP_ENDPOINT_IS_DATABRICKS.name(),
                    ErrorCode.IDP_ENDPOINT_IS_DATABRICKS.fix())));

    private static final Set<String> MOVED =
            Set.of(ErrorCode.IDP_UNREACHABLE.name(), ErrorCode.IDP_REPLY_UNREADABLE.name());

    private final TokenEndpointOfIssuer endpoint;
    private final Optional<String> issuer;
    private final String clientId;
    private final ClientCredential credential;
    private final List<String> scopes;
    private final Map<String, String> parameters;
    private final InstantSource clock;

    OidcTokenSource(OidcTokenSourceBuilder settings, String clientId, ClientCredential credential) {
        this.endpoint = settings.endpoint();
        this.issuer = Optional.ofNullable(settings.issuer);
        this.clientId = clientId;
        this.credential = credential;
        this.scopes = List.copyOf(settings.scopes);
        this.parameters = Map.copyOf(settings.parameters);
        this.clock = settings.clock;
    }

    /** {@return a builder; issuer or token endpoint, client id, and one way to authenticate are required} */
    public static OidcTokenSourceBuilder builder() {
        return new OidcTokenSourceBuilder();
    }

    /**
     * Gets a new JWT.
     *
     * @return the JWT
     * @throws IdpTokenException if the provider cannot be asked, refuses, or answers with something that is no JWT of the
     *     configured issuer
     */
    @Override
    public IdpToken mint() {
        TokenEndpoint asked = endpoint.get();
        TokenForm form = form();
        credential.addTo(form, clientId, asked.uri(), clock.instant());
        IdpToken token = IdpToken.parse(issued(asked, post(asked, form), clientId));
        if (issuer.isPresent() && !issuer.get().equals(token.issuer())) {
            String how = NEAR_MISS
                    .between(token.issuer(), issuer.get())
                    .map(near -> " (" + near.hint() + ")")
                    .orElse("");
            throw new IdpTokenException(Problem.of(
                    ErrorCode.IDP_ISSUER_MISMATCH,
                    asked.who() + " issued a JWT of issuer '" + token.issuer() + "', configured is '" + issuer.get()
                            + "'" + how));
        }
        return token;
    }

    private TokenReply post(TokenEndpoint asked, TokenForm form) {
        try {
            return asked.post(form);
        } catch (FederationException e) {
            // Who limits or fails is there; who cannot be reached or speaks no OAuth may have moved.
            if (MOVED.contains(e.code())) {
                endpoint.doubt();
            }
            throw e;
        }
    }

    /** {@return the token of a reply; its refusal is thrown} */
    static String issued(TokenEndpoint asked, TokenReply reply, String clientId) {
        if (reply instanceof TokenReply.Refused refused) {
            boolean client = refused.status() == 401 || refused.said().error().equals("invalid_client");
            Problem problem = TokenEndpoint.problem(
                    client ? ErrorCode.IDP_CLIENT_REJECTED : ErrorCode.IDP_REFUSED,
                    asked.who() + " answered " + refused.status() + " to the request for a token of client '" + clientId
                            + "'",
                    refused);
            throw new IdpTokenException(
                    KNOWN.find(refused.said().error(), refused.said().description())
                            .map(row -> problem.kind(row.code(), row.fix()))
                            .orElse(problem));
        }
        TokenReply.Issued issued = (TokenReply.Issued) reply;
        if (!issued.bearer()) {
            throw new IdpTokenException(Problem.of(
                    ErrorCode.IDP_TOKEN_NOT_BEARER,
                    asked.who() + " issued a token of another type than Bearer to client '" + clientId + "'"));
        }
        return issued.accessToken();
    }

    private TokenForm form() {
        TokenForm form = TokenForm.of(new ClientCredentialsGrant().toParameters());
        if (!scopes.isEmpty()) {
            form.with("scope", String.join(" ", scopes));
        }
        parameters.forEach(form::with);
        return form;
    }

    /** {@return issuer or endpoint, and client id} */
    @Override
    public String toString() {
        return "OidcTokenSource[" + endpoint + ", client " + clientId + "]";
    }
}
