// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.OidcTokenSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JWTs from Microsoft Entra ID for an application (not for a person): with a client secret, a certificate, or another
 * issuer's JWT as a federated credential.
 *
 * <pre>{@code
 * IdpTokenSource idp = EntraTokenSource.builder()
 *     .tenant("72f988bf-86f1-41af-91ab-2d7cd011db47")
 *     .clientId(id)
 *     .clientSecret(secret)
 *     .application("api://databricks-federation")
 *     .build();
 * }</pre>
 *
 * <p>The JWTs have {@code sub} = the object id of the client's <em>enterprise application</em> (its service principal in
 * the tenant), which is neither the client id nor the object id of the app registration. {@code iss} and {@code aud} go by
 * the version that the <em>API's</em> registration asks for: see {@link EntraTokenVersion}. All three are what the
 * federation policy must say. What Entra ID refuses is told apart by its {@code AADSTS} numbers, and each exception says
 * what to change where.
 *
 * <p>For Azure Databricks there is a path without exchange:
 *
 * <pre>{@code
 * DatabricksTokenSource azure = DatabricksTokenSource.direct(EntraTokenSource.builder()
 *     .tenant(tenant).clientId(id).clientSecret(secret)
 *     .azureDatabricks()
 *     .build());
 * }</pre>
 *
 * <p>Immutable and thread-safe; caches nothing.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow">Microsoft identity
 *     platform: client credentials flow</a>
 */
public final class EntraTokenSource implements IdpTokenSource {
    private final OidcTokenSource tokens;
    private final EntraRefusals refusals;
    private final EntraTokenCheck check;
    private final @Nullable FederatedCredential federated;

    EntraTokenSource(
            OidcTokenSource tokens,
            EntraRefusals refusals,
            EntraTokenCheck check,
            @Nullable FederatedCredential federated) {
        this.tokens = tokens;
        this.refusals = refusals;
        this.check = check;
        this.federated = federated;
    }

    /** {@return a builder; tenant, client id, one credential, and what the token is for are required} */
    public static EntraTokenSourceBuilder builder() {
        return new EntraTokenSourceBuilder();
    }

    /**
     * Gets a new JWT. Runs on the calling thread.
     *
     * @return the JWT
     * @throws IdpTokenException if Entra ID cannot be asked or refuses, if the federated credential cannot be had, or if the
     *     token is not of the expected version
     */
    @Override
    public IdpToken mint() {
        try {
            return check.require(asked());
        } catch (IdpTokenException e) {
            if (!e.code().equals(AadStsCodes.ASSERTION_EXPIRED)) {
                throw e;
            }
            // The assertion may have ended on its way, or its file been renewed since. A new one settles it.
            return check.require(asked());
        }
    }

    private IdpToken asked() {
        try {
            return tokens.mint();
        } catch (IdpTokenException e) {
            throw refusals.explain(e, federated == null ? Optional.empty() : federated.presented());
        }
    }

    /** {@return token endpoint and client id} */
    @Override
    public String toString() {
        String settings = tokens.toString();
        return "EntraTokenSource" + settings.substring(settings.indexOf('['));
    }
}
