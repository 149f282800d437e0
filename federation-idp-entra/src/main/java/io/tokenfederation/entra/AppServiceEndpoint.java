// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.IdentityEndpointTransport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.Set;

/**
 * The endpoint of App Service, Functions and Container Apps.
 *
 * @param endpoint as {@code IDENTITY_ENDPOINT} names it
 * @param secret as {@code IDENTITY_HEADER} holds it
 * @param assigned the identity meant; empty for the application's own
 * @param transport asks no proxy
 * @see <a href="https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference">Managed
 *     identities for App Service: REST endpoint reference</a>
 */
record AppServiceEndpoint(
        URI endpoint, String secret, Optional<AssignedIdentity> assigned, IdentityEndpointTransport transport)
        implements IdentityEndpoint {
    @Override
    public HttpReply ask(String resource) throws IOException, InterruptedException {
        IdentityQuery query = new IdentityQuery(endpoint, "2019-08-01").with("resource", resource);
        assigned.ifPresent(identity -> query.with(identity.parameter(), identity.id()));
        HttpRequest request = HttpRequest.newBuilder(query.uri())
                .header("X-IDENTITY-HEADER", secret)
                .build();
        return transport.send(request, LIMIT);
    }

    @Override
    public String title() {
        return "the identity endpoint of App Service";
    }

    @Override
    public Set<String> secrets() {
        return Set.of(secret);
    }

    @Override
    public String toString() {
        return "AppServiceEndpoint[" + endpoint + "]";
    }
}
