// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the application's listener what happens to one token; the listener's own failures end here. */
record Reporter<T>(TokenEvent.Whose whose, Function<T, String> tokenId, Consumer<? super TokenEvent> listener) {
    private static final Logger LOG = LoggerFactory.getLogger(DatabricksTokenExchanger.class);

    void report(TokenEvent event) {
        try {
            listener.accept(event);
        } catch (Throwable e) {
            // An Error too: the token engine must go on whatever an observer does.
            LOG.warn("the token listener failed on {}", event.getClass().getSimpleName(), e);
        }
    }

    String id(T token) {
        return tokenId.apply(token);
    }
}
