// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.databrickssdk;

import static java.util.Objects.requireNonNull;

import com.databricks.sdk.core.CredentialsProvider;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.HeaderFactory;
import com.databricks.sdk.core.http.HttpClient;
import com.databricks.sdk.core.oauth.OAuthHeaderFactory;
import com.databricks.sdk.core.oauth.Token;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import java.util.Map;

/**
 * Lets a client of the Databricks SDK for Java act as one service principal: SQL, Genie, Serving, whatever it can call.
 *
 * <pre>{@code
 * DatabricksConfig config = new DatabricksConfig().setHost(workspace);
 * WorkspaceClient west = new WorkspaceClient(
 *     FederatedCredentials.of(databricks.sourceFor(principal)).applyTo(config));
 * west.currentUser().me(new MeRequest());
 * }</pre>
 *
 * <p>One client per service principal, from one exchanger; keep it for as long as the exchanger. Each request carries the
 * token of that moment, and while a token is fresh nothing waits and no lock of ours is taken. If none is to be had, the
 * call throws the {@link io.tokenfederation.FederationException} itself, with code and fix: the SDK neither wraps nor
 * swallows it. What Databricks answers to a call stays the SDK's own {@code DatabricksError}, but for a token that is
 * refused and whose successor is too, which is {@link io.tokenfederation.ErrorCode#TOKEN_REJECTED}.
 *
 * <p>Thread-safe; needs no closing. It reads no profile and no environment variable for credentials, and no other kind of
 * credentials that lies about there disturbs it.
 *
 * @see <a href="https://github.com/databricks/databricks-sdk-java">Databricks SDK for Java</a>
 */
public final class FederatedCredentials implements CredentialsProvider {
    /** Shown to Databricks as {@code auth/token-federation} at the end of {@code User-Agent}. */
    private static final String TYPE = "token-federation";

    private final DatabricksTokenSource tokens;
    private final RecentTokens recent = new RecentTokens();

    private FederatedCredentials(DatabricksTokenSource tokens) {
        this.tokens = tokens;
    }

    /**
     * Credentials of one identity.
     *
     * @param tokens its tokens, as {@code sourceFor(servicePrincipal)} of an exchanger gives them
     * @return the credentials, to be {@linkplain #applyTo applied} to a configuration
     */
    public static FederatedCredentials of(DatabricksTokenSource tokens) {
        return new FederatedCredentials(requireNonNull(tokens, "tokens"));
    }

    /**
     * Makes a configuration use these credentials, and answer a refused token: it is given back, and the request repeated
     * once with another one. Databricks has done nothing for a request it refused so.
     *
     * <p>Sets the credentials provider, the authentication type and the HTTP client; do not set these again. An HTTP client
     * that is set already, with your proxy or trust store, is kept and used. A request that carries a token follows no
     * redirect, whatever client it is.
     *
     * @param config the configuration, not yet given to a client; one for each client
     * @return the same configuration
     */
    public DatabricksConfig applyTo(DatabricksConfig config) {
        HttpClient set = requireNonNull(config, "config").getHttpClient();
        HttpClient plain = set instanceof ReplayingHttpClient ours ? ours.plain() : set;
        return config.setCredentialsProvider(this)
                .setAuthType(TYPE)
                .setHttpClient(
                        new ReplayingHttpClient(plain == null ? new DefaultHttpClient(config) : plain, tokens, recent));
    }

    /** {@return the name of this kind of credentials} */
    @Override
    public String authType() {
        return TYPE;
    }

    /**
     * Called by the SDK. Given to {@code setCredentialsProvider} without {@link #applyTo}, all works but the answer to a
     * refused token, of which credentials alone do not learn.
     *
     * @param config the configuration that asks
     * @return what gives each request its header; it throws the exceptions of the token source
     */
    @Override
    public HeaderFactory configure(DatabricksConfig config) {
        return OAuthHeaderFactory.fromSuppliers(this::sdkToken, this::headers);
    }

    private Map<String, String> headers() {
        DatabricksToken token = tokens.token();
        recent.add(token);
        return Map.of(Bearer.HEADER, Bearer.of(token));
    }

    /** For the parts of the SDK that exchange the token further, such as those of data plane endpoints. */
    private Token sdkToken() {
        DatabricksToken token = tokens.token();
        recent.add(token);
        return new Token(token.value(), "Bearer", token.expiresAt());
    }

    /** {@return the kind of credentials, and no more} */
    @Override
    public String toString() {
        return "FederatedCredentials[" + TYPE + "]";
    }
}
