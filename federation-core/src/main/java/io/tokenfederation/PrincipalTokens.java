// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A cell per service principal, each renewed by a JWT that is worth exchanging. The key is the whole identity: host,
 * scopes and source are the same for all of them, and nothing here is shared with another exchanger.
 */
final class PrincipalTokens {
    private final ConcurrentHashMap<ServicePrincipal, TokenCell<DatabricksToken>> cells = new ConcurrentHashMap<>();
    private final SubjectTokens subjects;
    private final TokenExchange exchange;
    private final Attempts attempts;
    private final Clocks clocks;
    private final RandomGenerator random;

    PrincipalTokens(
            SubjectTokens subjects, TokenExchange exchange, Attempts attempts, Clocks clocks, RandomGenerator random) {
        this.subjects = subjects;
        this.exchange = exchange;
        this.attempts = attempts;
        this.clocks = clocks;
        this.random = random;
    }

    TokenCell<DatabricksToken> cellOf(ServicePrincipal principal) {
        TokenCell<DatabricksToken> cell = cells.get(principal);
        return cell != null ? cell : cells.computeIfAbsent(principal, this::newCell);
    }

    void reject(DatabricksToken token) {
        token.servicePrincipal().map(cells::get).ifPresent(cell -> cell.reject(token));
    }

    private TokenCell<DatabricksToken> newCell(ServicePrincipal principal) {
        return new TokenCell<>(Side.DATABRICKS, present -> renew(principal, present), clocks, random);
    }

    private CompletionStage<TokenCell.Held<DatabricksToken>> renew(
            ServicePrincipal principal, TokenCell.@Nullable Held<DatabricksToken> present) {
        return subjects.worthExchanging(present == null ? null : present.life()).thenCompose(jwt -> {
            Clocks.Moment asked = clocks.now();
            return attempts.run(() -> exchange.exchange(jwt, principal))
                    .thenApply(token -> new TokenCell.Held<>(
                            token, Lifetime.of(asked, token.expiresAt(), Lifetime.DATABRICKS_MARGIN, random)));
        });
    }
}
