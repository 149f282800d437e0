// SPDX-License-Identifier: Apache-2.0
package browser;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All that went over the wire, in the order in which it was asked for. Thread-safe. */
public final class NetworkLog {
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

    void add(Exchange exchange) {
        exchanges.add(exchange);
    }

    /** {@return what is there by now} */
    public List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** {@return what was asked of this address, whatever the query} */
    public List<Exchange> exchanges(String method, URI uri) {
        return exchanges.stream()
                .filter(exchange -> exchange.method().equals(method))
                .filter(exchange -> withoutQuery(exchange.uri()).equals(withoutQuery(uri)))
                .toList();
    }

    /** {@return every place that holds the secret} */
    public List<Sighting> sightings(Secret secret) {
        return parts(secret::isIn);
    }

    /** {@return every address asked for that holds what looks like a JWT, redirects' addresses included} */
    public List<Sighting> jwtsInAddresses() {
        return parts(Secret::looksLikeJwt).stream()
                .filter(sighting ->
                        List.of("address", "location header", "referer header").contains(sighting.place()))
                .toList();
    }

    private List<Sighting> parts(Predicate<String> holds) {
        return exchanges.stream().flatMap(exchange -> found(exchange, holds)).toList();
    }

    private static Stream<Sighting> found(Exchange exchange, Predicate<String> holds) {
        return exchange.parts().stream()
                .filter(part -> holds.test(part.text()))
                .map(part -> Sighting.of(exchange, part));
    }

    /** {@return scheme, host and port of an address} */
    public static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    static String withoutQuery(URI uri) {
        return origin(uri) + uri.getRawPath();
    }
}
