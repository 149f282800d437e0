// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import io.tokenfederation.internal.SecretHash;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A cell per user's JWT, found by the JWT's digest. There are as many as users come by, so the number is bounded; and a
 * user's JWT cannot be renewed from here, so a token ends when it ends.
 */
final class UserTokens {
    private static final int MOST = 10_000;
    private static final TokenEvent.Whose A_USER = new TokenEvent.Whose(TokenEvent.Kind.USER, Optional.empty());

    private final TokenExchange exchange;
    private final EndpointHealth health;
    private final Engine engine;
    private final Reporter<DatabricksToken> reporter;
    private final RecentlyUsed<String, KeptTokens> kept;
    private volatile boolean closed;

    UserTokens(TokenExchange exchange, EndpointHealth health, Engine engine) {
        this.exchange = exchange;
        this.health = health;
        this.engine = engine;
        this.reporter = engine.reporter(A_USER, DatabricksToken::id);
        this.kept = new RecentlyUsed<>(MOST, () -> reporter.report(new TokenEvent.Evicted(A_USER)));
    }

    KeptTokens of(IdpToken jwt) {
        KeptTokens tokens = kept.get(SecretHash.whole(jwt.value()), digest -> newTokens(jwt));
        if (closed) {
            tokens.close();
        }
        return tokens;
    }

    void close() {
        closed = true;
        kept.all().forEach(KeptTokens::close);
    }

    private KeptTokens newTokens(IdpToken jwt) {
        return new KeptTokens(
                new TokenCell<>(
                        Side.DATABRICKS,
                        (present, wanted) -> exchanged(jwt),
                        engine.clocks(),
                        engine.random(),
                        reporter),
                A_USER.text(),
                engine);
    }

    private CompletionStage<TokenCell.Held<DatabricksToken>> exchanged(IdpToken jwt) {
        health.requireWorthAsking(true);
        Clocks.Moment asked = engine.clocks().now();
        engine.skew().mentionedBy(() -> SubjectTokenCheck.require(jwt, asked.wall()));
        return engine.run(() -> health.watch(() -> exchange.exchangeOfUser(jwt), true), true, reporter)
                .thenApply(token -> new TokenCell.Held<>(
                        token,
                        Lifetime.of(asked, token.expiresAt(), Lifetime.DATABRICKS_MARGIN, engine.random())
                                .withoutRenewal()));
    }
}
