// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Instant;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A cell per service principal, each renewed by a JWT that is worth exchanging. The key is the whole identity: host and
 * scopes are the same for all of them, a principal has one source, and nothing here is shared with another exchanger.
 */
final class PrincipalTokens {
    private static final int MOST = 10_000;

    private final ConcurrentHashMap<ServicePrincipal, KeptTokens> kept = new ConcurrentHashMap<>();
    private final Map<ServicePrincipal, SubjectTokens> own = new ConcurrentHashMap<>();
    private final @Nullable SubjectTokens shared;
    private final TokenExchange exchange;
    private final EndpointHealth health;
    private final Engine engine;
    private volatile boolean closed;

    PrincipalTokens(IdpTokenSources sources, TokenExchange exchange, EndpointHealth health, Engine engine) {
        this.exchange = exchange;
        this.health = health;
        this.engine = engine;
        this.shared = sources.shared() == null ? null : subjects(sources.shared(), Optional.empty());
        // One source given to several principals is one client: its JWT serves them all.
        IdentityHashMap<IdpTokenSource, SubjectTokens> known = new IdentityHashMap<>();
        if (shared != null) {
            known.put(sources.shared(), shared);
        }
        sources.own().forEach((principal, source) -> {
            boolean alone = sources.own().values().stream()
                            .filter(each -> each == source)
                            .count()
                    == 1;
            Optional<ServicePrincipal> named = alone ? Optional.of(principal) : Optional.empty();
            own.put(principal, known.computeIfAbsent(source, each -> subjects(each, named)));
        });
    }

    KeptTokens of(ServicePrincipal principal) {
        KeptTokens known = kept.get(principal);
        return known != null ? known : admit(principal);
    }

    /** There are as many as the configuration names; a caller that asks for ever new ones must not fill the memory. */
    private KeptTokens admit(ServicePrincipal principal) {
        KeptTokens admitted = kept.computeIfAbsent(principal, this::newTokens);
        if (kept.size() > MOST) {
            kept.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(principal))
                    .max(Comparator.comparingLong(entry -> entry.getValue().idleNanos()))
                    .ifPresent(idle -> kept.remove(idle.getKey(), idle.getValue()));
        }
        if (closed) {
            admitted.close();
        }
        return admitted;
    }

    void rejected(DatabricksToken token) {
        token.servicePrincipal().map(kept::get).ifPresent(tokens -> tokens.rejected(token));
    }

    void close() {
        closed = true;
        kept.values().forEach(KeptTokens::close);
        own.values().forEach(SubjectTokens::close);
        if (shared != null) {
            shared.close();
        }
    }

    private SubjectTokens subjects(IdpTokenSource source, Optional<ServicePrincipal> principal) {
        return new SubjectTokens(source, new TokenEvent.Whose(TokenEvent.Kind.APPLICATION, principal), engine);
    }

    private KeptTokens newTokens(ServicePrincipal principal) {
        SubjectTokens subjects = own.getOrDefault(principal, shared);
        if (subjects == null) {
            throw new IllegalArgumentException("there is no IdP token source for the service principal " + principal
                    + ", and none for those without one of their own");
        }
        Reporter<DatabricksToken> reporter = engine.reporter(
                new TokenEvent.Whose(TokenEvent.Kind.SERVICE_PRINCIPAL, Optional.of(principal)), DatabricksToken::id);
        Renewals renewals = new Renewals(principal, subjects, reporter);
        return new KeptTokens(
                new TokenCell<>(Side.DATABRICKS, renewals::start, engine.clocks(), engine.random(), reporter),
                reporter.whose().text(),
                engine);
    }

    /** How one principal's token is renewed: a JWT that ends later first, and then the exchange. */
    private final class Renewals {
        private final ServicePrincipal principal;
        private final SubjectTokens subjects;
        private final Reporter<DatabricksToken> reporter;

        Renewals(ServicePrincipal principal, SubjectTokens subjects, Reporter<DatabricksToken> reporter) {
            this.principal = principal;
            this.subjects = subjects;
            this.reporter = reporter;
        }

        CompletionStage<TokenCell.Held<DatabricksToken>> start(
                TokenCell.@Nullable Held<DatabricksToken> present, Instant wanted) {
            boolean waitedFor =
                    present == null || !present.life().usable(engine.clocks().now());
            health.requireWorthAsking(waitedFor);
            IdpToken before = subjects.present();
            return subjects.worthExchanging(present == null ? null : present.life(), wanted)
                    .thenCompose(jwt -> exchanged(jwt, waitedFor)
                            .exceptionallyCompose(failure -> jwt.equals(before) && refusesTheJwt(failure)
                                    ? onceMore(jwt, waitedFor, failure)
                                    : CompletableFuture.failedFuture(failure)))
                    .thenApply(next -> requireGain(present, next, wanted));
        }

        private CompletionStage<TokenCell.Held<DatabricksToken>> exchanged(IdpToken jwt, boolean waitedFor) {
            Clocks.Moment asked = engine.clocks().now();
            return engine.run(
                            () -> health.watch(() -> exchange.exchange(jwt, principal), waitedFor), waitedFor, reporter)
                    .thenApply(token -> new TokenCell.Held<>(
                            token, Lifetime.of(asked, token.expiresAt(), Lifetime.DATABRICKS_MARGIN, engine.random())));
        }

        /** A token that ends no later than the present one, though its JWT does, would be asked for again at once. */
        private TokenCell.Held<DatabricksToken> requireGain(
                TokenCell.@Nullable Held<DatabricksToken> present,
                TokenCell.Held<DatabricksToken> next,
                Instant wanted) {
            Instant end = next.life().expiresAt();
            if (present != null
                    && !present.life().gainsBy(end, wanted, engine.clocks().now())) {
                throw new TokenExchangeException(Problem.of(
                        ErrorCode.TOKEN_LIFE_TOO_SHORT,
                        "Databricks issued a token that ends at " + end + ", little later than the present one"));
            }
            return next;
        }

        /** A JWT that was kept may be at fault, its signing key withdrawn: one that is new tells. */
        private CompletionStage<TokenCell.Held<DatabricksToken>> onceMore(
                IdpToken refused, boolean waitedFor, Throwable failure) {
            return subjects.insteadOf(refused)
                    .exceptionallyCompose(none -> CompletableFuture.failedFuture(failure))
                    .thenCompose(newer -> newer.value().equals(refused.value())
                            ? CompletableFuture.failedFuture(failure)
                            : exchanged(newer, waitedFor));
        }

        private static boolean refusesTheJwt(Throwable failure) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            return cause instanceof TokenExchangeException refused
                    && refused.oauthError().filter("invalid_grant"::equals).isPresent();
        }
    }
}
