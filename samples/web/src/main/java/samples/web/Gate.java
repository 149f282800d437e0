// SPDX-License-Identifier: Apache-2.0
package samples.web;

import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Lets in what a browser sends for this application's own page, and nothing that another page made it send. */
final class Gate {
    private final URI origin;

    Gate(URI origin) {
        this.origin = origin;
    }

    /**
     * A page of anybody's can name this machine by a host name of its own, and then counts as being of the same origin as
     * the application (DNS rebinding); but the browser says which name it used.
     */
    void requireOurHost(HttpExchange exchange) {
        boolean ours = single(exchange, "Host")
                .filter(origin.getRawAuthority()::equals)
                .isPresent();
        if (!ours || exchange.getRequestURI().getRawAuthority() != null) {
            throw new Refusal(421, "OTHER_HOST", "This application is at " + origin + "/.");
        }
    }

    /**
     * No cookie authenticates anybody here, so another site's page could only send requests without a token. These two
     * headers, which no script can set, turn them away before anything is looked at.
     */
    void requireOurPage(HttpExchange exchange) {
        boolean otherOrigin = !exchange.getRequestHeaders().getOrDefault("Origin", List.of()).stream()
                .allMatch(origin.toString()::equals);
        boolean otherSite = !exchange.getRequestHeaders().getOrDefault("Sec-Fetch-Site", List.of()).stream()
                .allMatch("same-origin"::equals);
        if (otherOrigin || otherSite) {
            throw new Refusal(403, "OTHER_ORIGIN", "Only this application's own page may ask.");
        }
    }

    /** The header's value; empty if it is missing, or there twice. */
    static Optional<String> single(HttpExchange exchange, String name) {
        List<String> values = exchange.getRequestHeaders().getOrDefault(name, List.of());
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }
}
