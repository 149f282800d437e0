// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Asks for tokens, with one call under way at most: one that cannot be interrupted must not take all threads. */
final class Minting<T> {
    /** Where they come from: a source of JWTs, or one of the application's own. */
    @FunctionalInterface
    interface Mint<T> {
        T mint() throws IOException;
    }

    private final Mint<T> source;
    private final Engine engine;
    private final AtomicBoolean busy = new AtomicBoolean();

    Minting(Mint<T> source, Engine engine) {
        this.source = source;
        this.engine = engine;
    }

    /**
     * Starts a call on a thread of its own.
     *
     * @param waitedFor whether callers have no token until it returns
     */
    CompletableFuture<T> start(boolean waitedFor, Reporter<?> reporter) {
        return engine.run(this::mint, waitedFor, reporter);
    }

    /** {@return what is wrong with a JWT that gains nothing over the one there is} */
    static IdpTokenException notRenewed(Instant end) {
        return new IdpTokenException(Problem.of(
                ErrorCode.IDP_TOKEN_NOT_RENEWED, "the token source returned a JWT that still ends at " + end));
    }

    private T mint() {
        if (!busy.compareAndSet(false, true)) {
            throw new IdpTokenException(Problem.of(
                    ErrorCode.IDP_UNREACHABLE,
                    "the token source has not returned from an earlier call, though it was interrupted"));
        }
        try {
            return source.mint();
        } catch (FileSystemException e) {
            // Its path is all there is to know; the cause alone would send people to look at the network.
            throw new IdpTokenException(Problem.of(
                            ErrorCode.IDP_CREDENTIAL_UNREADABLE,
                            "the token source could not read '" + e.getFile() + "': "
                                    + e.getClass().getSimpleName())
                    .cause(e));
        } catch (IOException e) {
            throw new IdpTokenException(Problem.of(
                            ErrorCode.IDP_UNREACHABLE,
                            "the token source failed with " + e.getClass().getName())
                    .cause(e));
        } finally {
            busy.set(false);
        }
    }
}
