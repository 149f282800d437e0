// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.internal.HttpReply;
import java.io.IOException;
import java.util.Set;

/** Where Azure hands tokens to what runs on it; each kind of host has its own. */
sealed interface IdentityEndpoint permits ImdsEndpoint, AppServiceEndpoint, ArcEndpoint, CloudShellEndpoint {
    /** Far more than any answer. */
    int LIMIT = 1 << 20;

    /**
     * Asks for a token.
     *
     * @param resource what it is to be for
     * @return the reply, whatever its status
     * @throws IOException if there was no reply
     * @throws InterruptedException if this thread was interrupted
     * @throws IdpTokenException if the endpoint wants something that cannot be given
     */
    HttpReply ask(String resource) throws IOException, InterruptedException;

    /** {@return what kind of endpoint it is, for messages} */
    String title();

    /**
     * Whether a refusal can be this endpoint's own, or something else listens at its address.
     *
     * @param reply any but a token
     * @param json whether it is a JSON object
     */
    default boolean couldSay(HttpReply reply, boolean json) {
        return true;
    }

    /** {@return what the requests carry that must not come back in a message} */
    default Set<String> secrets() {
        return Set.of();
    }
}
