// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static io.tokenfederation.Loopback.HOUR;
import static io.tokenfederation.Loopback.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import example.app.Jwts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** The identity provider's JWT as the token itself: the same cell, so only what differs is looked at here. */
final class DirectTokensTest {
    private final FakeClocks time = new FakeClocks();
    private final CountingSource source = new CountingSource(time, HOUR);
    private final List<TokenEvent> events = new CopyOnWriteArrayList<>();

    @Test
    void tokenIsTheJwtItself() throws IOException {
        IdpToken jwt = source.issue(HOUR);
        source.then(() -> jwt);

        DatabricksToken token = onTheSpot().token();

        assertThat(token.value()).isEqualTo(jwt.value());
        assertThat(token.expiresAt()).isEqualTo(jwt.expiresAt());
        assertThat(token.servicePrincipal()).isEmpty();
        assertThat(token.scopes()).isEmpty();
        assertThat(token.toString()).doesNotContain(jwt.value());
    }

    @Test
    void crowdSharesOneJwt() throws Exception {
        DatabricksTokenSource tokens = on(Attempts.threads(2));

        List<DatabricksToken> got = Crowd.of(64, tokens::token);

        assertThat(source.count()).isEqualTo(1);
        assertThat(got).hasSize(64).containsOnly(tokens.token());
    }

    @Test
    void tokenIsRenewedBeforeItsEndAndNeverHandedOutInItsLastSeconds() {
        DatabricksTokenSource tokens = onTheSpot();
        Instant end = time.wall().plus(HOUR.multipliedBy(10));

        while (time.wall().isBefore(end)) {
            assertThat(tokens.token().expiresAt()).isAfter(time.wall().plusSeconds(40));
            time.advance(SECOND);
        }

        // Each JWT serves 2,136 to 2,670 s.
        assertThat(source.count()).isBetween(13, 17);
    }

    @Test
    void tokenServesWhileItsRenewalFailsAndTheSourceIsLeftAlone() {
        DatabricksTokenSource tokens = onTheSpot();
        DatabricksToken first = tokens.token();
        source.then(Loopback.failing(ErrorCode.IDP_UNAVAILABLE));
        time.advance(Duration.ofMinutes(46));

        for (int second = 0; second < 600; second++) {
            assertThat(tokens.token()).isEqualTo(first);
            time.advance(SECOND);
        }

        // 5, 10, 20, 40, then 60 s, each at least halved by jitter.
        assertThat(source.count()).isBetween(10, 25);
    }

    @Test
    void failureIsTheIdentityProvidersAndRemembered() {
        source.then(Loopback.failing(ErrorCode.IDP_CLIENT_REJECTED));
        DatabricksTokenSource tokens = onTheSpot();

        for (int i = 0; i < 100; i++) {
            assertThat(failure(tokens).code()).isEqualTo("IDP_CLIENT_REJECTED");
        }

        assertThat(source.count()).isEqualTo(1);
        assertThat(failure(tokens).retryAfter()).isPresent();
    }

    @Test
    void sourceThatFailsWithAnIoExceptionIsUnreachable() {
        source.then(() -> {
            throw new IOException("no such file");
        });

        assertThat(failure(onTheSpot()).code()).isEqualTo("IDP_UNREACHABLE");
    }

    @Test
    void tokenThatWasRefusedIsNotHandedOutAgainByASourceThatKeepsIt() {
        IdpToken kept = source.issue(HOUR);
        source.then(() -> kept);
        DatabricksTokenSource tokens = onTheSpot();

        tokens.rejected(tokens.token());

        assertThat(failure(tokens).code()).isEqualTo("IDP_TOKEN_NOT_RENEWED");
        source.then(() -> source.issue(HOUR));
        time.advance(Duration.ofMinutes(1));
        assertThat(tokens.token().value()).isNotEqualTo(kept.value());
    }

    @Test
    void sourceThatRepeatsItselfIsAskedRarelyAndItsLastJwtServes() {
        DatabricksTokenSource tokens = onTheSpot();
        IdpToken stuck = source.issue(HOUR);
        source.then(() -> stuck);
        tokens.token();

        for (int second = 0; second < 3_559; second++) {
            tokens.token();
            time.advance(SECOND);
        }
        time.advance(SECOND);

        assertThat(failure(tokens).code()).isEqualTo("IDP_TOKEN_NOT_RENEWED");
        assertThat(source.count()).isLessThan(60);
    }

    @Test
    void jwtOfNoUseIsNotHandedOut() {
        source.then(() -> source.issue(SECOND.negated()));
        assertThat(failure(onTheSpot()).code()).isEqualTo("IDP_TOKEN_EXPIRED");

        source.then(() -> source.issue(Duration.ofSeconds(40)));
        assertThat(failure(onTheSpot()).code()).isEqualTo("IDP_TOKEN_TOO_SHORT");
    }

    @Test
    void nothingOfTheJwtMattersThatMattersToAnExchange() {
        source.then(
                () -> IdpToken.parse(Jwts.signedWithASharedSecret(time.wall().plus(HOUR))));

        assertThat(onTheSpot().token().expiresAt()).isEqualTo(time.wall().plus(HOUR));
    }

    @Test
    void thousandReportsOfOneRefusedTokenCauseOneRenewal() {
        DatabricksTokenSource tokens = onTheSpot();
        DatabricksToken refused = tokens.token();

        for (int i = 0; i < 1_000; i++) {
            tokens.rejected(refused);
            assertThat(tokens.token()).isNotEqualTo(refused);
        }

        assertThat(source.count()).isEqualTo(2);
    }

    @Test
    void cancelledWaitDisturbsNobody() {
        List<Runnable> queued = new ArrayList<>();
        KeptTokens tokens = on(queued::add);
        CompletableFuture<DatabricksToken> given = tokens.tokenAsync();
        CompletableFuture<DatabricksToken> waiting = tokens.tokenAsync();
        given.cancel(true);

        queued.remove(0).run();

        assertThat(waiting).isCompleted();
        assertThat(queued).isEmpty();
    }

    @Test
    void whatHappensIsAnEventOfTheApplicationsJwt() {
        onTheSpot().token();

        assertThat(events)
                .extracting(event -> event.whose().kind())
                .hasSize(2)
                .containsOnly(TokenEvent.Kind.APPLICATION);
    }

    @Test
    void publicSourceNeedsNothingButTheIdentityProvider() {
        IdpToken jwt = IdpToken.parse(Jwts.endingAt(Instant.now().plusSeconds(3_600)));

        DatabricksTokenSource tokens = DatabricksTokenSource.direct(() -> jwt);

        assertThat(tokens.token().value()).isEqualTo(jwt.value());
    }

    private DatabricksTokenSource onTheSpot() {
        return on(Runnable::run);
    }

    private KeptTokens on(Executor executor) {
        return DirectTokens.of(
                source,
                new Engine(
                        new Attempts(executor, Duration.ofSeconds(20)),
                        time.clocks(),
                        new Random(11),
                        events::add,
                        Duration.ofSeconds(30)));
    }

    private static IdpTokenException failure(DatabricksTokenSource tokens) {
        IdpTokenException failure = catchThrowableOfType(IdpTokenException.class, tokens::token);
        assertThat(failure).isNotNull();
        return failure;
    }
}
