// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.IdentityEndpointTransport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The endpoint of the Azure Arc agent on a machine outside Azure. It answers 401 and names a file that only members of the
 * agent's group can read; whoever sends what is in it gets the token.
 *
 * @param endpoint as {@code IDENTITY_ENDPOINT} names it
 * @param keys where such files may be
 * @param transport asks no proxy
 * @see <a href="https://learn.microsoft.com/azure/azure-arc/servers/managed-identity-authentication">Authenticate against
 *     Azure resources with Azure Arc-enabled servers</a>
 */
record ArcEndpoint(URI endpoint, ArcKeys keys, IdentityEndpointTransport transport) implements IdentityEndpoint {
    private static final Pattern CHALLENGE = Pattern.compile("(?i)basic +realm=\"?([^\"]+)\"?");

    @Override
    public HttpReply ask(String resource) throws IOException, InterruptedException {
        URI question = new IdentityQuery(endpoint, "2019-11-01")
                .with("resource", resource)
                .uri();
        HttpReply first = transport.send(request(question).build(), LIMIT);
        Optional<String> file =
                first.status() == 401 ? first.header("WWW-Authenticate").flatMap(ArcEndpoint::realm) : Optional.empty();
        if (file.isEmpty()) {
            return first;
        }
        HttpRequest second = request(question)
                .header("Authorization", "Basic " + keys.read(file.get()))
                .build();
        return transport.send(second, LIMIT);
    }

    @Override
    public String title() {
        return "the Azure Arc agent";
    }

    private static HttpRequest.Builder request(URI question) {
        return HttpRequest.newBuilder(question).header("Metadata", "true");
    }

    private static Optional<String> realm(String challenge) {
        Matcher realm = CHALLENGE.matcher(challenge.strip());
        return realm.matches() ? Optional.of(realm.group(1).strip()) : Optional.empty();
    }
}
