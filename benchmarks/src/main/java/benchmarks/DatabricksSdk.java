// SPDX-License-Identifier: Apache-2.0
package benchmarks;

import com.databricks.sdk.core.commons.CommonsHttpClient;
import com.databricks.sdk.core.http.HttpClient;
import com.databricks.sdk.core.oauth.CachedTokenSource;
import com.databricks.sdk.core.oauth.DatabricksOAuthTokenSource;
import com.databricks.sdk.core.oauth.IDToken;
import com.databricks.sdk.core.oauth.IDTokenSource;
import com.databricks.sdk.core.oauth.OpenIDConnectEndpoints;
import com.databricks.sdk.core.oauth.TokenEndpointClient;
import com.databricks.sdk.core.oauth.TokenSource;
import java.net.MalformedURLException;
import java.util.List;

/**
 * Databricks' SDK for Java: a cache around an exchange around a source of JWTs. It has no source that asks an identity
 * provider with a secret, so one is made of its own HTTP client. It shares no JWT: six principals are six caches.
 */
final class DatabricksSdk {
    private DatabricksSdk() {}

    static Contender start(Conditions conditions) {
        StandIns standIns = new StandIns(conditions);
        HttpClient http = http();
        return new Contender(standIns, identity -> {
            CachedTokenSource cache = cache(exchange(standIns, http, identity), conditions);
            return () -> cache.getToken().getAccessToken();
        });
    }

    /** A new cache for each token. */
    static Source cold(StandIns standIns) {
        HttpClient http = http();
        return () -> new CachedTokenSource.Builder(exchange(standIns, http, 0))
                .build()
                .getToken()
                .getAccessToken();
    }

    /** By default its window is half the life, at most 20 min: none at all for a token of less than 80 s. So it is set. */
    private static CachedTokenSource cache(TokenSource exchange, Conditions conditions) {
        return new CachedTokenSource.Builder(exchange)
                .setStaleDuration(conditions.window())
                .setExpiryBuffer(conditions.margin())
                .build();
    }

    private static TokenSource exchange(StandIns standIns, HttpClient http, int identity) {
        IDTokenSource idp = audience -> new IDToken(
                TokenEndpointClient.requestToken(http, standIns.idpEndpoint().toString(), StandIns.clientCredentials())
                        .getAccessToken());
        return new DatabricksOAuthTokenSource.Builder(
                        standIns.principal(identity).toString(), standIns.workspace(), endpoints(standIns), idp, http)
                .audience(StandIns.AUDIENCE)
                .scopes(List.of("all-apis"))
                .build();
    }

    private static OpenIDConnectEndpoints endpoints(StandIns standIns) {
        try {
            String token = standIns.exchangeEndpoint().toString();
            return new OpenIDConnectEndpoints(token, standIns.workspace() + "/oidc/v1/authorize");
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpClient http() {
        return new CommonsHttpClient.Builder().withTimeoutSeconds(30).build();
    }
}
