// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tokens of one identity, in the ways a caller can ask for them. */
final class KeptTokens implements DatabricksTokenSource {
    private final TokenCell<DatabricksToken> cell;
    private final String what;
    private final Engine engine;
    private final Consumer<DatabricksToken> onRejected;

    /** @param what whose token it is, for messages */
    KeptTokens(TokenCell<DatabricksToken> cell, String what, Engine engine) {
        this(cell, what, engine, token -> {});
    }

    KeptTokens(TokenCell<DatabricksToken> cell, String what, Engine engine, Consumer<DatabricksToken> onRejected) {
        this.cell = cell;
        this.what = what;
        this.engine = engine;
        this.onRejected = onRejected;
    }

    @Override
    public DatabricksToken token() {
        DatabricksToken token = cell.now();
        return token != null ? token : Waiting.forToken(cell.attempt(null), engine.waitTimeout(), what);
    }

    DatabricksToken token(TokenDemand demand) {
        Clocks.Moment asked = engine.clocks().now();
        Instant wanted = demand.endFrom(asked.wall());
        DatabricksToken present = cell.now();
        if (present != null && !present.expiresAt().isBefore(wanted)) {
            return present;
        }
        Duration within = demand.within().orElse(engine.waitTimeout());
        DatabricksToken next = newer(present, wanted, within, demand);
        if (next.expiresAt().isBefore(wanted)) {
            // It may have come of an attempt that was under way for somebody who needs less.
            Duration left = within.minusNanos(engine.clocks().nanos() - asked.nanos());
            next = newer(next, wanted, left, demand);
        }
        if (next.expiresAt().isBefore(wanted)) {
            throw new TokenExchangeException(tooShort("a new token ends at " + next.expiresAt(), demand));
        }
        return next;
    }

    private DatabricksToken newer(
            @Nullable DatabricksToken present, Instant wanted, Duration within, TokenDemand demand) {
        try {
            return Waiting.forToken(cell.attempt(present, wanted), within, what);
        } catch (IdpTokenException e) {
            if (present == null || !e.code().equals(ErrorCode.IDP_TOKEN_NOT_RENEWED.name())) {
                throw e;
            }
            // The present token is as good as new: the demand is at fault, not the source.
            String ends = "the token ends at " + present.expiresAt() + ", and a new one would end little later";
            throw new TokenExchangeException(tooShort(ends, demand).cause(e));
        }
    }

    private static Problem tooShort(String what, TokenDemand demand) {
        return Problem.of(
                ErrorCode.TOKEN_LIFE_TOO_SHORT,
                what + ", but one that lives for " + demand.remaining().toSeconds() + " s was asked for");
    }

    /** A private copy: whatever is done to it reaches nobody else. */
    CompletableFuture<DatabricksToken> tokenAsync() {
        DatabricksToken token = cell.now();
        return token != null
                ? CompletableFuture.completedFuture(token)
                : cell.attempt(null).copy();
    }

    Optional<DatabricksToken> ready() {
        DatabricksToken token = cell.now();
        if (token == null) {
            cell.requireOpen();
        }
        return Optional.ofNullable(token);
    }

    @Override
    public void rejected(DatabricksToken token) {
        onRejected.accept(requireNonNull(token, "token"));
        cell.reject(token);
    }

    long idleNanos() {
        return cell.idleNanos();
    }

    void close() {
        cell.close();
    }
}
