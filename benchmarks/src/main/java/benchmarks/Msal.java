// SPDX-License-Identifier: Apache-2.0
package benchmarks;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpResponse;
import java.net.MalformedURLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * MSAL4J. One application holds a token for each scope.
 *
 * <p>It has one boundary: in its last five minutes an application's token counts as missing. So the tokens it gets live
 * longer than the others', to reach that boundary when theirs are due. It runs each call on an executor, by default a
 * new thread on a machine of two processors; here it is the caller's, so that its own work is what is measured.
 */
final class Msal {
    private static final Duration COUNTS_AS_MISSING = Duration.ofMinutes(5);

    private Msal() {}

    static Contender start(Conditions conditions) {
        Duration life = conditions.life().minus(conditions.window()).plus(COUNTS_AS_MISSING);
        FakeUpstream upstream = new FakeUpstream(life, conditions.delay());
        ConfidentialClientApplication application = application(upstream);
        return new Contender(upstream, identity -> {
            ClientCredentialParameters parameters = ClientCredentialParameters.builder(
                            Set.of("api://role-" + identity + "/.default"))
                    .build();
            return () -> application.acquireToken(parameters).join().accessToken();
        });
    }

    private static ConfidentialClientApplication application(FakeUpstream upstream) {
        try {
            return ConfidentialClientApplication.builder(
                            "backend", ClientCredentialFactory.createFromSecret("not-a-secret-here"))
                    .authority("https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/")
                    .instanceDiscovery(false)
                    .httpClient(request -> reply(upstream, request))
                    .executorService(new OnCallersThread())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static IHttpResponse reply(FakeUpstream upstream, HttpRequest request) {
        if (!request.url().getPath().endsWith("/token")) {
            throw new IllegalStateException("asked for " + request.url());
        }
        FakeUpstream.Issued issued = upstream.issue();
        long seconds = Duration.between(Instant.now(), issued.expiresAt().plusMillis(500))
                .toSeconds();
        HttpResponse response = new HttpResponse()
                .statusCode(200)
                .body("{\"token_type\":\"Bearer\",\"expires_in\":" + seconds + ",\"access_token\":\"" + issued.value()
                        + "\"}");
        response.addHeaders(Map.of("Content-Type", List.of("application/json")));
        return response;
    }
}
