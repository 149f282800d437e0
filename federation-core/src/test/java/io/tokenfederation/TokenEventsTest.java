// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static io.tokenfederation.Loopback.HOUR;
import static io.tokenfederation.Loopback.WEST;
import static io.tokenfederation.Loopback.failureFor;
import static io.tokenfederation.LoopbackTokenEndpoint.issued;
import static io.tokenfederation.LoopbackTokenEndpoint.refusesTheJwt;
import static io.tokenfederation.LoopbackTokenEndpoint.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.internal.SecretHash;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TokenEventsTest {
    private static final TokenEvent.Whose THE_APPLICATION =
            new TokenEvent.Whose(TokenEvent.Kind.APPLICATION, Optional.empty());
    private static final TokenEvent.Whose OF_WEST =
            new TokenEvent.Whose(TokenEvent.Kind.SERVICE_PRINCIPAL, Optional.of(WEST));
    private static final TokenEvent.Whose A_USER = new TokenEvent.Whose(TokenEvent.Kind.USER, Optional.empty());

    private final Loopback loopback = new Loopback();

    @AfterEach
    void stop() {
        loopback.close();
    }

    @Test
    void firstTokenIsTwoAttemptsOneWithinTheOther() {
        loopback.databricks.answer(form -> {
            loopback.time.advance(Duration.ofSeconds(2));
            return issued("first");
        });

        loopback.onTheSpot().tokenFor(WEST);

        String jwt = loopback.databricks.sent("subject_token").get(0);
        assertThat(loopback.events)
                .containsExactly(
                        new TokenEvent.AttemptStarted(OF_WEST),
                        new TokenEvent.AttemptStarted(THE_APPLICATION),
                        new TokenEvent.Renewed(THE_APPLICATION, SecretHash.of(jwt), Duration.ZERO, HOUR),
                        new TokenEvent.Renewed(OF_WEST, SecretHash.of("first"), Duration.ofSeconds(2), HOUR));
    }

    @Test
    void handingOutATokenThatIsThereIsNoEvent() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        exchanger.tokenFor(WEST);
        loopback.events.clear();

        exchanger.tokenFor(WEST);

        assertThat(loopback.events).isEmpty();
    }

    @Test
    void failureTellsWhenTheNextTryIsAndHowLongTheTokenServes() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        exchanger.tokenFor(WEST);
        loopback.time.advance(Loopback.DUE);
        loopback.databricks.answer(form -> unavailable());
        loopback.events.clear();

        exchanger.tokenFor(WEST);

        assertThat(loopback.events(TokenEvent.AttemptFailed.class))
                .singleElement()
                .satisfies(failed -> {
                    assertThat(failed.whose()).isEqualTo(OF_WEST);
                    assertThat(failed.failure().code()).isEqualTo("EXCHANGE_UNAVAILABLE");
                    assertThat(failed.nextTryIn()).isBetween(Duration.ofMillis(2_500), Duration.ofSeconds(5));
                    assertThat(failed.servedFor())
                            .isEqualTo(HOUR.minus(Loopback.DUE).minus(Lifetime.DATABRICKS_MARGIN));
                });
    }

    @Test
    void retriesAreToldBeforeTheFailure() {
        loopback.databricks.answer(form -> unavailable());

        failureFor(loopback.onTheSpot(), WEST);

        assertThat(loopback.events)
                .filteredOn(event -> event.whose().equals(OF_WEST))
                .<Class<?>>extracting(TokenEvent::getClass)
                .containsExactly(
                        TokenEvent.AttemptStarted.class,
                        TokenEvent.Retried.class,
                        TokenEvent.Retried.class,
                        TokenEvent.AttemptFailed.class);
    }

    @Test
    void rememberedFailureIsToldWithItsCodeAndTheTimeLeft() {
        loopback.databricks.answer(form -> refusesTheJwt());
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        failureFor(exchanger, WEST);
        Duration wait = loopback.events(TokenEvent.AttemptFailed.class).get(0).nextTryIn();
        loopback.time.advance(Duration.ofSeconds(10));
        loopback.events.clear();

        failureFor(exchanger, WEST);

        assertThat(loopback.events)
                .containsExactly(
                        new TokenEvent.FailureRemembered(OF_WEST, "NO_FEDERATION_POLICY", wait.minusSeconds(10)));
    }

    @Test
    void rejectionTellsWhetherTheTokenWasDropped() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        DatabricksToken refused = exchanger.tokenFor(WEST);
        loopback.events.clear();

        exchanger.rejected(refused);
        exchanger.rejected(refused);

        assertThat(loopback.events)
                .containsExactly(
                        new TokenEvent.Rejected(OF_WEST, refused.id(), true),
                        new TokenEvent.Rejected(OF_WEST, refused.id(), false));
    }

    @Test
    void tokensOfUsersAreToldWithoutAName() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();

        DatabricksToken token = exchanger.tokenForUser(loopback.userJwt());

        assertThat(loopback.events)
                .containsExactly(
                        new TokenEvent.AttemptStarted(A_USER),
                        new TokenEvent.Renewed(A_USER, token.id(), Duration.ZERO, HOUR));
    }

    static Stream<Throwable> surprises() {
        return Stream.of(
                new IllegalStateException("a listener's bug"),
                new StackOverflowError("a listener's bug"),
                new NoClassDefFoundError("a listener's bug"),
                new AssertionError("a listener's bug"),
                new Exception("sneaked through"));
    }

    @ParameterizedTest
    @MethodSource("surprises")
    void listenerThatThrowsHarmsNothing(Throwable surprise) {
        DatabricksTokenExchanger exchanger = loopback.builder()
                .executor(Runnable::run)
                .listener(event -> {
                    throw TokenEventsTest.<RuntimeException>sneaky(surprise);
                })
                .build();
        DatabricksToken first = exchanger.tokenFor(WEST);
        exchanger.rejected(first);

        DatabricksToken second = exchanger.tokenFor(WEST);

        assertThat(second).isNotEqualTo(first);
        assertThat(loopback.databricks.count()).isEqualTo(2);
    }

    @Test
    void noEventShowsAToken() {
        String canary = "canary-" + "x".repeat(40);
        List<LoopbackTokenEndpoint.Answer> answers = List.of(
                unavailable(),
                issued(canary + "1"),
                new LoopbackTokenEndpoint.Answer(400, "{\"error\":\"invalid_grant\",\"error_description\":\"ECHO\"}"));
        loopback.databricks.answer(form -> echoing(
                answers.get((loopback.databricks.count() - 1) % answers.size()),
                form.getOrDefault("subject_token", "")));
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();

        for (int minute = 0; minute < 200; minute++) {
            exchanger.readyTokenFor(WEST).ifPresent(exchanger::rejected);
            assertThat(exchanger.tokenForAsync(WEST)).isDone();
            loopback.time.advance(Duration.ofMinutes(1));
        }

        List<String> secrets = Stream.concat(Stream.of(canary), loopback.databricks.sent("subject_token").stream())
                .flatMap(secret -> Stream.of(secret.split("\\.")))
                .filter(part -> !part.startsWith("eyJhbGciOi") && !part.startsWith("eyJraWQi"))
                .distinct()
                .toList();
        assertThat(secrets).hasSizeGreaterThan(20).doesNotContain("");
        assertThat(loopback.events)
                .hasSizeGreaterThan(20)
                .map(TokenEvent::toString)
                .noneMatch(shown -> shown.contains("eyJ") || secrets.stream().anyMatch(shown::contains));
    }

    private static LoopbackTokenEndpoint.Answer echoing(LoopbackTokenEndpoint.Answer answer, String jwt) {
        return new LoopbackTokenEndpoint.Answer(answer.status(), answer.body().replace("ECHO", jwt), Map.of());
    }

    @SuppressWarnings("unchecked") // The cast is to a type variable and checks nothing: that is how it gets through.
    private static <E extends Throwable> RuntimeException sneaky(Throwable any) throws E {
        throw (E) any;
    }
}
