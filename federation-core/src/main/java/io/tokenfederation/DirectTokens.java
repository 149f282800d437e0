// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Keeps the identity provider's own JWT as the token, where nothing is exchanged: {@code Cache(IdpTokenSource)}. */
final class DirectTokens {
    /** One call is under way at most; a second thread tells who asks meanwhile that the first one hangs. */
    private static final int THREADS = 2;

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final TokenEvent.Whose APPLICATION =
            new TokenEvent.Whose(TokenEvent.Kind.APPLICATION, Optional.empty());

    private final Minting minting;
    private final Engine engine;
    private final Reporter<DatabricksToken> reporter;

    /** The id of the last token that was refused: a source that keeps its JWTs would bring it back. */
    private volatile String refused = "";

    private DirectTokens(IdpTokenSource source, Engine engine) {
        this.minting = new Minting(source, engine);
        this.engine = engine;
        this.reporter = engine.reporter(APPLICATION, DatabricksToken::id);
    }

    /** {@return the source's JWTs, kept; with threads that end when there is nothing to do} */
    static KeptTokens of(IdpTokenSource source) {
        Attempts attempts = new Attempts(Attempts.threads(THREADS), DEADLINE);
        return of(source, new Engine(attempts, Clocks.SYSTEM, new Random(), event -> {}, WAIT));
    }

    static KeptTokens of(IdpTokenSource source, Engine engine) {
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
        return minting.start(waitedFor, reporter).thenApply(jwt -> {
            Clocks.Moment now = engine.clocks().now();
            DatabricksToken token = new DatabricksToken(jwt.value(), jwt.expiresAt(), Set.of(), null);
            boolean gains = present == null || present.life().gainsBy(jwt.expiresAt(), wanted, now);
            if (!gains || token.id().equals(refused)) {
                throw Minting.notRenewed(jwt.expiresAt());
            }
            engine.skew().mentionedBy(() -> SubjectTokenCheck.requireAlive(jwt, now.wall()));
            return new TokenCell.Held<>(
                    token, Lifetime.of(asked, jwt.expiresAt(), Lifetime.DATABRICKS_MARGIN, engine.random()));
        });
    }
}
