// SPDX-License-Identifier: Apache-2.0
package portal;

import browser.Exchange;
import browser.NetworkLog;
import browser.Secret;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The tokens that were handed out, read from the wire they went over: nobody can forget to tell of one. */
public final class Tokens {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Tokens() {}

    /** {@return the access, ID and refresh tokens of the answers of a token endpoint} */
    public static List<Secret> issued(NetworkLog log, URI tokenEndpoint) {
        return Stream.of("access_token", "id_token", "refresh_token")
                .flatMap(kind -> values(log, tokenEndpoint, kind))
                .map(Secret::of)
                .toList();
    }

    /** {@return the access tokens of the answers of a token endpoint, the newest last} */
    public static List<String> accessTokens(NetworkLog log, URI tokenEndpoint) {
        return values(log, tokenEndpoint, "access_token").toList();
    }

    private static Stream<String> values(NetworkLog log, URI tokenEndpoint, String kind) {
        return log.exchanges("POST", tokenEndpoint).stream()
                .filter(exchange -> exchange.status() == 200)
                .map(Tokens::answer)
                .map(answer -> answer.path(kind).asText(null))
                .filter(Objects::nonNull);
    }

    private static JsonNode answer(Exchange exchange) {
        try {
            return JSON.readTree(exchange.responseBody());
        } catch (IOException e) {
            throw new IllegalStateException("the answer of " + exchange + " is no JSON");
        }
    }
}
