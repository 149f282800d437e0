// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How a caller waits for an attempt that others may wait for too: giving up harms nobody but itself. */
final class Waiting {
    private Waiting() {}

    static <T> T forToken(CompletableFuture<T> attempt, Duration atMost, String what) {
        try {
            return attempt.get(TimeUnit.NANOSECONDS.convert(atMost), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new TokenExchangeException(Problem.of(
                            ErrorCode.TOKEN_WAIT_TIMED_OUT, what + " was not there within " + atMost.toMillis() + " ms")
                    .cause(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TokenExchangeException(
                    Problem.of(ErrorCode.TOKEN_WAIT_INTERRUPTED, "interrupted while waiting for " + what)
                            .cause(e));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FederationException shared) {
                // The same failure, thrown anew: its trace shows this caller, its cause the attempt.
                throw shared.again(shared.problem().cause(shared));
            }
            if (e.getCause() instanceof IllegalStateException closed) {
                throw new IllegalStateException(closed.getMessage(), e);
            }
            throw new IllegalStateException("an attempt ends with a token or a FederationException", e);
        }
    }
}
