// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import io.tokenfederation.internal.SecretHash;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The application's own JWT, one for all service principals. It can become any of them, so it stays in here: memory only,
 * shown to nobody.
 *
 * <p>A Databricks token ends when its JWT ends. So a principal's token is renewed by asking for a JWT that ends
 * <em>later</em>; where there is none, no exchange is sent.
 */
final class SubjectTokens {
    /** What is left of a JWT for a Databricks token that lives by it, beyond the margin at its end. */
    private static final Duration MOST_RESERVED = Duration.ofSeconds(60);

    private final Minting<IdpToken> minting;
    private final Engine engine;
    private final Reporter<IdpToken> reporter;
    private final TokenCell<IdpToken> cell;

    SubjectTokens(IdpTokenSource source, TokenEvent.Whose whose, Engine engine) {
        this.minting = new Minting<>(source::mint, engine);
        this.engine = engine;
        this.reporter = engine.reporter(whose, token -> SecretHash.of(token.value()));
        this.cell = new TokenCell<>(Side.IDP, this::mint, engine.clocks(), engine.random(), reporter);
    }

    /** {@return the JWT at hand, if it is worth exchanging} */
    @Nullable IdpToken present() {
        return cell.now();
    }

    /**
     * Returns another JWT than one that Databricks refused, such as one whose signing key is gone.
     *
     * @param refused the JWT that was refused
     * @return a newly minted one; or a failure, if the last one was refused a short time ago
     */
    CompletionStage<IdpToken> insteadOf(IdpToken refused) {
        return cell.replace(refused)
                .orElseGet(() -> CompletableFuture.failedFuture(Minting.notRenewed(refused.expiresAt())));
    }

    void close() {
        cell.close();
    }

    /**
     * Returns a JWT worth exchanging.
     *
     * @param held the life of the Databricks token to be replaced; null if there is none
     * @param wanted until when the next one is needed
     * @return a JWT that ends later than that by a worthwhile time; where the one at hand does not end late enough, a new
     *     one
     */
    CompletionStage<IdpToken> worthExchanging(@Nullable Lifetime held, Instant wanted) {
        IdpToken present = cell.now();
        if (present != null && !present.expiresAt().isBefore(wanted) && gains(held, present, wanted)) {
            return CompletableFuture.completedFuture(present);
        }
        return cell.attempt(present, wanted)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(withRetryTime(failure)))
                .thenApply(token -> {
                    if (!gains(held, token, wanted)) {
                        throw Minting.notRenewed(token.expiresAt());
                    }
                    return token;
                });
    }

    private CompletionStage<TokenCell.Held<IdpToken>> mint(TokenCell.@Nullable Held<IdpToken> present, Instant wanted) {
        Clocks.Moment asked = engine.clocks().now();
        boolean waitedFor =
                present == null || present.doubted() || !present.life().usable(asked);
        return minting.start(waitedFor, reporter).thenApply(token -> {
            // First: a source that is stuck is to be tried again soon, one whose JWTs are too short is not.
            if (present != null && !replaces(present, token, wanted)) {
                throw Minting.notRenewed(token.expiresAt());
            }
            return held(token, asked);
        });
    }

    /** How long the failure is remembered here is how long it is of no use to come back. */
    private FederationException withRetryTime(Throwable failure) {
        FederationException known = Side.IDP.failure(failure);
        return cell.retryIn()
                .map(wait -> known.again(known.problem().retryAfter(wait)))
                .orElse(known);
    }

    private TokenCell.Held<IdpToken> held(IdpToken token, Clocks.Moment asked) {
        engine.skew()
                .mentionedBy(() ->
                        SubjectTokenCheck.require(token, engine.clocks().now().wall()));
        Instant end = token.expiresAt();
        return new TokenCell.Held<>(token, Lifetime.of(asked, end, reserved(asked.wall(), end), engine.random()));
    }

    /** Where the present one was refused, any other one is worth having. */
    private boolean replaces(TokenCell.Held<IdpToken> present, IdpToken token, Instant wanted) {
        return present.doubted()
                ? !token.value().equals(present.token().value())
                : gains(present.life(), token, wanted);
    }

    /** A JWT in its last seconds is renewed before it is exchanged, lest the new Databricks token be dead at once. */
    private static Duration reserved(Instant now, Instant end) {
        Duration quarter =
                Duration.between(now, end).minus(Lifetime.DATABRICKS_MARGIN).dividedBy(4);
        return Lifetime.DATABRICKS_MARGIN.plus(quarter.compareTo(MOST_RESERVED) < 0 ? quarter : MOST_RESERVED);
    }

    private boolean gains(@Nullable Lifetime held, IdpToken token, Instant wanted) {
        return held == null
                || held.gainsBy(token.expiresAt(), wanted, engine.clocks().now());
    }
}
