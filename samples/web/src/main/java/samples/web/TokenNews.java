// SPDX-License-Identifier: Apache-2.0
package samples.web;

import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.TokenEvent;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Remembers what the exchanger told of its last renewals, so that a request can say what it cost. Thread-safe. */
final class TokenNews implements Consumer<TokenEvent> {
    private final LongAdder jwts = new LongAdder();
    private final Map<ServicePrincipal, TokenEvent.Renewed> exchanges = new ConcurrentHashMap<>();

    @Override
    public void accept(TokenEvent event) {
        if (!(event instanceof TokenEvent.Renewed renewed)) {
            return;
        }
        if (renewed.whose().kind() == TokenEvent.Kind.APPLICATION) {
            jwts.increment();
        } else {
            renewed.whose().servicePrincipal().ifPresent(principal -> exchanges.put(principal, renewed));
        }
    }

    /** How many JWTs the application got so far. */
    long jwts() {
        return jwts.sum();
    }

    /** The exchange that gave the principal's newest token. */
    Optional<TokenEvent.Renewed> newest(ServicePrincipal principal) {
        return Optional.ofNullable(exchanges.get(principal));
    }
}
