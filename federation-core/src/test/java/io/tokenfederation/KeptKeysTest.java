// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static io.tokenfederation.TestIssuer.NEXT_KEY;
import static io.tokenfederation.TestIssuer.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How often an issuer is asked for its keys, counted. */
final class KeptKeysTest {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final TestIssuer issuer = new TestIssuer();
    private final CallerVerifier callers = issuer.verifier().build();

    @Test
    void manyCallersAtOnceFetchOnce() throws Exception {
        String token = issuer.token();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<Caller>> verified = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                verified.add(threads.submit(() -> callers.verify(token)));
            }
            for (Future<Caller> each : verified) {
                assertThat(each.get().subject()).isEqualTo("auth0|7");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(issuer.fetches).hasValue(1);
    }

    @Test
    void busyHourFetchesEveryFourMinutes() {
        verifyEveryMinute(60);

        // In the last minute of the five that a set serves.
        assertThat(issuer.fetches).hasValue(60 / 4);
    }

    @Test
    void keysAreFetchedAheadByNobodyWhoWaits() {
        Deque<Runnable> background = new ArrayDeque<>();
        CallerVerifier watched = issuer.verifier(new TestIssuer.OnTheSpot() {
                    @Override
                    public void execute(Runnable work) {
                        background.add(work);
                    }
                })
                .build();
        watched.verify(issuer.token());
        issuer.time.advance(FIVE_MINUTES.minusSeconds(30));

        watched.verify(issuer.token());
        watched.verify(issuer.token());

        assertThat(issuer.fetches).hasValue(1);
        assertThat(background).hasSize(1);
        background.remove().run();
        assertThat(issuer.fetches).hasValue(2);
        issuer.time.advance(A_MINUTE);
        watched.verify(issuer.token());
        assertThat(issuer.fetches).hasValue(2);
    }

    @Test
    void rotatedKeyIsFetchedAtOnceAndOnce() {
        String old = issuer.token();
        callers.verify(old);
        issuer.published.add(NEXT_KEY);
        String next = signed(issuer.claims(), NEXT_KEY);

        for (int i = 0; i < 1_000; i++) {
            callers.verify(next);
            callers.verify(old);
        }

        assertThat(issuer.fetches).hasValue(2);
    }

    @Test
    void withdrawnKeyIsForgottenInFiveMinutes() {
        callers.verify(issuer.token());
        issuer.published.set(0, NEXT_KEY);

        assertThat(callers.verify(issuer.token()).subject()).isEqualTo("auth0|7");
        issuer.time.advance(FIVE_MINUTES);
        assertThat(refusalOf(issuer.token()).code()).isEqualTo("CALLER_SIGNATURE_INVALID");
    }

    @Test
    void madeUpKeyIdsFetchTwiceInThirtySecondsAtMost() {
        String good = issuer.token();
        callers.verify(good);
        for (int i = 0; i < 200; i++) {
            assertThat(refusalOf(withUnknownKey("made-up-" + i)).code()).isEqualTo("CALLER_SIGNATURE_INVALID");
            callers.verify(good);
        }
        assertThat(issuer.fetches).hasValue(2);

        issuer.time.advance(Duration.ofSeconds(30));
        for (int i = 0; i < 200; i++) {
            refusalOf(withUnknownKey("made-up-" + i));
        }

        assertThat(issuer.fetches).hasValue(4);
    }

    @Test
    void deadIssuerKeepsNobodyOutForFourHours() {
        callers.verify(issuer.token());
        issuer.down = true;

        verifyEveryMinute(4 * 60 - 1);

        assertThat(issuer.fetches.get()).isLessThanOrEqualTo(1 + 4 * 60 / 4);
        issuer.time.advance(Duration.ofMinutes(10));
        CallerRejectedException refused = refusalOf(issuer.token());
        assertThat(refused.code()).isEqualTo("CALLER_KEYS_UNAVAILABLE");
        assertThat(refused.retryable()).isTrue();
    }

    /** Whoever floods a backend with made-up key ids while the issuer is down must neither lock people out nor hammer it. */
    @Test
    void floodDuringAnOutageHarmsNobody() {
        String good = issuer.token();
        callers.verify(good);
        issuer.down = true;

        for (int i = 0; i < 200; i++) {
            refusalOf(withUnknownKey("made-up-" + i));
            callers.verify(good);
        }

        assertThat(issuer.fetches).hasValue(2);
    }

    @Test
    void stuckFetchKeepsNobodyWaitingWhoseKeyIsKnown() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        KeptKeys.Fetch fetch = () -> {
            if (issuer.fetches.incrementAndGet() > 1) {
                asked.countDown();
                awaited(stuck);
            }
            return new JWKSet(TestIssuer.KEY.toPublicJWK());
        };
        CallerVerifier slow = issuer.verifier()
                .signatures(new IssuerKeys(
                        TestIssuer.ISSUER,
                        IssuerKeys.ALGORITHMS,
                        new KeptKeys(fetch, issuer.time::wall, new TestIssuer.OnTheSpot())))
                .build();
        slow.verify(issuer.token());
        Thread flood = new Thread(() -> assertThatThrownBy(() -> slow.verify(withUnknownKey("made-up")))
                .isInstanceOf(CallerRejectedException.class));
        flood.start();
        awaited(asked);

        String good = issuer.token();
        for (int i = 0; i < 1_000; i++) {
            assertThat(slow.verify(good).subject()).isEqualTo("auth0|7");
        }

        assertThat(issuer.fetches).hasValue(2);
        stuck.countDown();
        flood.join();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The token may be good: its key may be one the issuer made meanwhile. */
    @Test
    void unknownKeyDuringAnOutageIsNotTheCallersFault() {
        callers.verify(issuer.token());
        issuer.down = true;

        for (int i = 0; i < 5; i++) {
            assertThat(refusalOf(signed(issuer.claims(), NEXT_KEY)).code()).isEqualTo("CALLER_KEYS_UNAVAILABLE");
        }
        issuer.down = false;
        issuer.published.add(NEXT_KEY);
        issuer.time.advance(Duration.ofSeconds(30));

        assertThat(callers.verify(signed(issuer.claims(), NEXT_KEY)).subject()).isEqualTo("auth0|7");
    }

    /** The third call once said that the token was wrong, and had people log in again for nothing. */
    @Test
    void issuerThatIsDownFromTheStartIsNeverTheCallersFault() {
        issuer.down = true;
        String good = issuer.token();

        for (int i = 0; i < 1_000; i++) {
            assertThat(refusalOf(good).code()).isEqualTo("CALLER_KEYS_UNAVAILABLE");
        }
        assertThat(issuer.fetches).hasValue(2);
        issuer.down = false;
        issuer.time.advance(Duration.ofSeconds(30));

        assertThat(callers.verify(issuer.token()).subject()).isEqualTo("auth0|7");
    }

    @Test
    void backgroundThreadsKeepNoProgramRunning() throws Exception {
        CompletableFuture<Boolean> daemon = new CompletableFuture<>();
        KeptKeys.Fetch fetch = () -> {
            if (issuer.fetches.incrementAndGet() > 1) {
                daemon.complete(Thread.currentThread().isDaemon());
            }
            return new JWKSet(TestIssuer.KEY.toPublicJWK());
        };
        CallerVerifier real = issuer.verifier()
                .signatures(new IssuerKeys(
                        TestIssuer.ISSUER,
                        IssuerKeys.ALGORITHMS,
                        new KeptKeys(fetch, issuer.time::wall, CallerVerifierBuilder.background())))
                .build();
        real.verify(issuer.token());
        issuer.time.advance(FIVE_MINUTES.minusSeconds(30));

        real.verify(issuer.token());

        assertThat(daemon.get(30, TimeUnit.SECONDS)).isTrue();
    }

    private void verifyEveryMinute(int minutes) {
        for (int i = 0; i < minutes; i++) {
            issuer.time.advance(A_MINUTE);
            assertThat(callers.verify(issuer.token()).subject()).isEqualTo("auth0|7");
        }
    }

    private String withUnknownKey(String id) {
        return signed(issuer.claims(), new RSAKey.Builder(NEXT_KEY).keyID(id).build());
    }

    private CallerRejectedException refusalOf(String token) {
        CallerRejectedException refused =
                catchThrowableOfType(CallerRejectedException.class, () -> callers.verify(token));
        assertThat(refused).isNotNull();
        return refused;
    }
}
