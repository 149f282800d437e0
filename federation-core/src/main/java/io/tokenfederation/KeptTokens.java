// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The tokens of one identity, in the ways a caller can ask for them. */
final class KeptTokens implements DatabricksTokenSource {
    private final TokenCell<DatabricksToken> cell;
    private final String what;
    private final Engine engine;

    /** @param what whose token it is, for messages */
    KeptTokens(TokenCell<DatabricksToken> cell, String what, Engine engine) {
        this.cell = cell;
        this.what = what;
        this.engine = engine;
    }

    @Override
    public DatabricksToken token() {
        DatabricksToken token = cell.now();
        return token != null ? token : Waiting.forToken(cell.attempt(null), engine.waitTimeout(), what);
    }

    DatabricksToken token(TokenDemand demand) {
        DatabricksToken present = cell.now();
        if (present != null && lives(present, demand.remaining())) {
            return present;
        }
        DatabricksToken next =
                Waiting.forToken(cell.attempt(present), demand.within().orElse(engine.waitTimeout()), what);
        if (!lives(next, demand.remaining())) {
            throw new TokenExchangeException(Problem.of(
                    ErrorCode.TOKEN_LIFE_TOO_SHORT,
                    "a new token ends at " + next.expiresAt() + ", but one that lives for "
                            + demand.remaining().toSeconds() + " s was asked for"));
        }
        return next;
    }

    /** A private copy: whatever is done to it reaches nobody else. */
    CompletableFuture<DatabricksToken> tokenAsync() {
        DatabricksToken token = cell.now();
        return token != null
                ? CompletableFuture.completedFuture(token)
                : cell.attempt(null).copy();
    }

    Optional<DatabricksToken> ready() {
        return Optional.ofNullable(cell.now());
    }

    @Override
    public void rejected(DatabricksToken token) {
        cell.reject(requireNonNull(token, "token"));
    }

    long idleNanos() {
        return cell.idleNanos();
    }

    void close() {
        cell.close();
    }

    private boolean lives(DatabricksToken token, Duration remaining) {
        return !token.expiresAt().isBefore(engine.clocks().now().wall().plus(remaining));
    }
}
