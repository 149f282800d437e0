// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.IdentityEndpointTransport;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/**
 * The endpoint of Cloud Shell, which speaks for the person who opened the shell: for trying things out.
 *
 * @param endpoint as {@code MSI_ENDPOINT} names it
 * @param transport asks no proxy
 */
record CloudShellEndpoint(URI endpoint, IdentityEndpointTransport transport) implements IdentityEndpoint {
    @Override
    public HttpReply ask(String resource) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .header("Metadata", "true")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("resource=" + URLEncoder.encode(resource, StandardCharsets.UTF_8)))
                .build();
        return transport.send(request, LIMIT);
    }

    @Override
    public String title() {
        return "the identity endpoint of Cloud Shell";
    }
}
