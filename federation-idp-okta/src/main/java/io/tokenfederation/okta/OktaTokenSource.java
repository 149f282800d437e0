// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.okta;

import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.OidcTokenSource;

/**
 * JWTs from a custom authorization server of Okta, for an API Services application with a secret or a private key.
 *
 * <pre>{@code
 * IdpTokenSource idp = OktaTokenSource.builder()
 *     .domain("dev-1.okta.com")
 *     .authorizationServer("default")
 *     .clientId(id)
 *     .clientSecret(secret)
 *     .scopes("databricks")
 *     .build();
 * }</pre>
 *
 * <p>The JWTs have {@code iss} = {@code https://<domain>/oauth2/<server>} without a slash at the end, {@code sub} = the
 * client id, and the one audience of the authorization server, which no request can choose: that is what the federation
 * policy must say. Where the server overrides the {@code sub} claim, the client id stands in {@code cid} only, and the
 * policy must name what {@code sub} says. What Okta refuses is told apart by its texts, and each exception says where in
 * the Okta Admin Console to change what.
 *
 * <p>Signatures are verified by Databricks, not here. Immutable and thread-safe; caches nothing.
 *
 * @see <a href="https://developer.okta.com/docs/guides/implement-grant-type/clientcreds/main/">Okta: client credentials
 *     flow</a>
 */
public final class OktaTokenSource implements IdpTokenSource {
    private final OidcTokenSource tokens;
    private final OktaRefusals refusals;
    private final OktaTokenCheck check;

    OktaTokenSource(OidcTokenSource tokens, OktaRefusals refusals, OktaTokenCheck check) {
        this.tokens = tokens;
        this.refusals = refusals;
        this.check = check;
    }

    /** {@return a builder; domain, client id, a secret or private key, and scopes are required} */
    public static OktaTokenSourceBuilder builder() {
        return new OktaTokenSourceBuilder();
    }

    /**
     * Gets a new JWT.
     *
     * @return the JWT: a bearer token of the expected issuer and, where one is expected, audience
     * @throws IdpTokenException if Okta cannot be asked, refuses, or issues a JWT of another kind
     */
    @Override
    public IdpToken mint() {
        try {
            return check.require(tokens.mint());
        } catch (IdpTokenException e) {
            throw refusals.explain(e);
        }
    }

    /** {@return issuer and client id} */
    @Override
    public String toString() {
        return "OktaTokenSource[" + check.issuer() + ", client "
                + check.client().id() + "]";
    }
}
