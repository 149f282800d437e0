// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Renewals of a token called t1, t2, …, each of which ends when and how the test says. */
final class ScriptedRenewal implements TokenCell.Renewal<String> {
    static final Duration HOUR = Duration.ofHours(1);

    private final FakeClocks time;
    private final Random random = new Random(42);
    private final List<CompletableFuture<TokenCell.Held<String>>> attempts = new CopyOnWriteArrayList<>();

    ScriptedRenewal(FakeClocks time) {
        this.time = time;
    }

    TokenCell<String> cell() {
        return new TokenCell<>(Side.DATABRICKS, this, time.clocks(), new Random(7), ScriptedRenewal.silent());
    }

    /** A cell that holds t1, which has an hour to live. */
    TokenCell<String> cellWithAToken() {
        TokenCell<String> cell = cell();
        CompletableFuture<String> first = cell.attempt(null);
        succeed(HOUR);
        first.join();
        return cell;
    }

    @Override
    public CompletionStage<TokenCell.Held<String>> start(TokenCell.@Nullable Held<String> present, Instant wanted) {
        CompletableFuture<TokenCell.Held<String>> attempt = new CompletableFuture<>();
        attempts.add(attempt);
        return attempt;
    }

    static <T> Reporter<T> silent() {
        return new Reporter<>(
                new TokenEvent.Whose(TokenEvent.Kind.SERVICE_PRINCIPAL, Optional.empty()),
                Object::toString,
                event -> {});
    }

    int count() {
        return attempts.size();
    }

    void succeed(Duration life) {
        last().complete(held("t" + count(), life));
    }

    void fail(Throwable failure) {
        last().completeExceptionally(failure);
    }

    TokenCell.Held<String> held(String token, Duration life) {
        return new TokenCell.Held<>(
                token, Lifetime.of(time.now(), time.wall().plus(life), Lifetime.DATABRICKS_MARGIN, random));
    }

    static TokenExchangeException outage() {
        return new TokenExchangeException(Problem.of(ErrorCode.EXCHANGE_UNAVAILABLE, "down"));
    }

    static TokenExchangeException refusal() {
        return new TokenExchangeException(Problem.of(ErrorCode.NO_FEDERATION_POLICY, "no policy"));
    }

    private CompletableFuture<TokenCell.Held<String>> last() {
        return attempts.get(attempts.size() - 1);
    }
}
