// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a token that is not exchanged: the identity provider's own JWT, {@code Cache(IdpTokenSource)}, or one of the
 * application's own getting.
 */
final class DirectTokens {
    /** One call is under way at most; a second thread tells who asks meanwhile that the first one hangs. */
    private static final int THREADS = 2;

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final TokenEvent.Whose APPLICATION =
            new TokenEvent.Whose(TokenEvent.Kind.APPLICATION, Optional.empty());

    private final Minting<Fresh> minting;
    private final Engine engine;
    private final Reporter<DatabricksToken> reporter;

    /** The id of the last token that was refused: a source that keeps its JWTs would bring it back. */
    private volatile String refused = "";

    /**
     * A token that has just come.
     *
     * @param stillGood throws if it is of no use at that time
     */
    private record Fresh(DatabricksToken token, Consumer<Instant> stillGood, UnaryOperator<Duration> marginOfLife) {
        static Fresh of(IdpToken jwt) {
            return new Fresh(
                    new DatabricksToken(jwt.value(), jwt.expiresAt(), Set.of(), null),
                    now -> SubjectTokenCheck.requireAlive(jwt, now),
                    life -> Lifetime.DATABRICKS_MARGIN);
        }

        static Fresh of(DatabricksToken token) {
            return new Fresh(token, now -> requireNotOver(token, now), Fresh::quarterAtMost);
        }

        /** Where others than Databricks issue tokens, a life may be as short as the margin. */
        private static Duration quarterAtMost(Duration life) {
            Duration quarter = life.dividedBy(4);
            return quarter.compareTo(Lifetime.DATABRICKS_MARGIN) < 0 ? quarter : Lifetime.DATABRICKS_MARGIN;
        }

        private static void requireNotOver(DatabricksToken token, Instant now) {
            if (!token.expiresAt().isAfter(now)) {
                throw new IdpTokenException(Problem.of(
                        ErrorCode.IDP_TOKEN_EXPIRED,
                        "the token source returned a token that ended at " + token.expiresAt() + ", "
                                + Duration.between(token.expiresAt(), now).toSeconds()
                                + " s ago by this machine's clock"));
            }
        }

        Duration margin(Instant asked) {
            return marginOfLife.apply(Duration.between(asked, token.expiresAt()));
        }
    }

    private DirectTokens(Minting.Mint<Fresh> source, Engine engine) {
        this.minting = new Minting<>(source, engine);
        this.engine = engine;
        this.reporter = engine.reporter(APPLICATION, DatabricksToken::id);
    }

    /** {@return the source's JWTs, kept; with threads that end when there is nothing to do} */
    static KeptTokens of(IdpTokenSource source) {
        return of(source, engine());
    }

    static KeptTokens of(IdpTokenSource source, Engine engine) {
        return kept(() -> Fresh.of(source.mint()), engine);
    }

    /** {@return tokens of the application's own getting, kept; with threads that end when there is nothing to do} */
    static KeptTokens renewing(Supplier<DatabricksToken> source) {
        return renewing(source, engine());
    }

    static KeptTokens renewing(Supplier<DatabricksToken> source, Engine engine) {
        return kept(() -> Fresh.of(source.get()), engine);
    }

    private static Engine engine() {
        Attempts attempts = new Attempts(Attempts.threads(THREADS), DEADLINE);
        return new Engine(attempts, Clocks.SYSTEM, new Random(), event -> {}, WAIT);
    }

    private static KeptTokens kept(Minting.Mint<Fresh> source, Engine engine) {
        DirectTokens tokens = new DirectTokens(source, engine);
        return new KeptTokens(
                new TokenCell<>(Side.IDP, tokens::renewal, engine.clocks(), engine.random(), tokens.reporter),
                APPLICATION.text(),
                engine,
                token -> tokens.refused = token.id());
    }

    private CompletionStage<TokenCell.Held<DatabricksToken>> renewal(
            TokenCell.@Nullable Held<DatabricksToken> present, Instant wanted) {
        Clocks.Moment asked = engine.clocks().now();
        boolean waitedFor = present == null || !present.life().usable(asked);
        return minting.start(waitedFor, reporter).thenApply(fresh -> {
            Clocks.Moment now = engine.clocks().now();
            DatabricksToken token = fresh.token();
            boolean gains = present == null || present.life().gainsBy(token.expiresAt(), wanted, now);
            if (!gains || token.id().equals(refused)) {
                throw Minting.notRenewed(token.expiresAt());
            }
            engine.skew().mentionedBy(() -> fresh.stillGood().accept(now.wall()));
            return new TokenCell.Held<>(
                    token, Lifetime.of(asked, token.expiresAt(), fresh.margin(asked.wall()), engine.random()));
        });
    }
}
