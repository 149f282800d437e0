// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.deltasharing.LoginBrowser;
import io.tokenfederation.deltasharing.RecipientLogin;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackIdp;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way a login ends without a token has a code, and leaves nothing behind. */
class RecipientLoginFailuresTest {
    private final LoginWorld world = new LoginWorld(LoopbackIdp.oidc());
    private final Visitor ana = world.ana();

    @AfterEach
    void close() {
        world.close();
    }

    private static IdpTokenException failure(RecipientLogin login) {
        IdpTokenException failure = catchThrowableOfType(IdpTokenException.class, login::login);
        assertThat(catchThrowableOfType(IdpTokenException.class, login::token).code())
                .isEqualTo("LOGIN_REQUIRED");
        return failure;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "access_denied|LOGIN_REFUSED|assign it to them",
                "invalid_scope|LOGIN_REFUSED|Check scopes(...)",
                "consent_required|LOGIN_REFUSED|grant consent",
                "something_new|LOGIN_REFUSED|Read the error",
                "temporarily_unavailable|IDP_UNAVAILABLE|status page"
            })
    void errorOfTheLoginPageIsExplained(String error, String code, String fix) {
        IdpTokenException e = failure(world.login(address -> Visitor.page(world.answer(address, "error=" + error))));

        assertThat(e.code()).isEqualTo(code);
        assertThat(e.oauthError()).hasValue(error);
        assertThat(e.fix()).contains(fix);
    }

    @Test
    void realRefusalOfTheProviderComesBackTyped() {
        IdpTokenException e = failure(world.builder()
                .scopes("nothing-like-it")
                .browser(address -> {
                    world.register(address);
                    Visitor.page(Visitor.sentTo(Visitor.page(address)));
                })
                .build());

        assertThat(e.code()).isEqualTo("LOGIN_REFUSED");
        assertThat(e.oauthError()).hasValue("invalid_scope");
    }

    @Test
    void personWhoDoesNotComeBackIsNotWaitedForForever() {
        IdpTokenException e = failure(world.builder()
                .browser(address -> {})
                .timeout(Duration.ofMillis(1))
                .build());

        assertThat(e.code()).isEqualTo("LOGIN_TIMED_OUT");
        assertThat(e.retryable()).isTrue();
        assertThat(e).hasMessageContaining("to http://127.0.0.1:").hasMessageContaining("client 'spreadsheet'");
    }

    @Test
    void cancelledLoginEndsAndNobodyListensAnyMore() {
        List<URI> redirects = new ArrayList<>();
        RecipientLogin[] login = new RecipientLogin[1];
        login[0] = world.login(address -> {
            redirects.add(world.register(address));
            login[0].cancel();
        });

        IdpTokenException e = failure(login[0]);

        assertThat(e.code()).isEqualTo("LOGIN_CANCELLED");
        assertThat(catchThrowableOfType(ConnectException.class, () -> Visitor.page(redirects.get(0))))
                .isNotNull();
    }

    @Test
    void cancellingWhereNothingIsUnderWayDoesNothing() {
        RecipientLogin login = world.login(ana);

        login.cancel();
        login.login();

        assertThat(login.token()).isNotNull();
    }

    @Test
    void interruptedThreadLeavesAndKeepsItsFlag() {
        RecipientLogin login = world.login(address -> {});
        Thread.currentThread().interrupt();

        IdpTokenException e = catchThrowableOfType(IdpTokenException.class, login::login);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(e.code()).isEqualTo("LOGIN_CANCELLED");
        assertThat(e).hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void oneWhoLeavesDoesNotEndTheLoginOfTheOthers() throws Exception {
        CountDownLatch opened = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        RecipientLogin login = world.login(address -> {
            opened.countDown();
            awaited(left);
            ana.open(address);
        });
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<?> stays = thread.submit(login::login);
        opened.await();

        Thread.currentThread().interrupt();
        IdpTokenException e = catchThrowableOfType(IdpTokenException.class, login::login);
        assertThat(Thread.interrupted()).isTrue();
        left.countDown();

        stays.get(30, TimeUnit.SECONDS);
        thread.shutdown();
        assertThat(e.code()).isEqualTo("LOGIN_CANCELLED");
        assertThat(login.token()).isNotNull();
    }

    @Test
    void allWhoWaitGetTheFailureAsTheirOwn() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        RecipientLogin login = world.builder()
                .browser(address -> {
                    awaited(both);
                    throw new IOException("no display");
                })
                .build();
        ExecutorService threads = Executors.newFixedThreadPool(2);

        List<Future<?>> waiting = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            waiting.add(threads.submit(() -> {
                both.countDown();
                login.login();
            }));
        }

        List<Throwable> failures = new ArrayList<>();
        for (Future<?> one : waiting) {
            failures.add(catchThrowableOfType(ExecutionException.class, () -> one.get(30, TimeUnit.SECONDS))
                    .getCause());
        }
        threads.shutdown();
        assertThat(failures).hasSize(2).allSatisfy(e -> assertThat(e).hasMessageContaining("LOGIN_BROWSER_FAILED"));
        assertThat(failures.get(0)).isNotSameAs(failures.get(1));
    }

    @Test
    void portThatIsTakenIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI redirect = URI.create("http://127.0.0.1:" + taken.getLocalPort());

            IdpTokenException e =
                    failure(world.builder().browser(ana).redirect(redirect).build());

            assertThat(e.code()).isEqualTo("LOGIN_PORT_TAKEN");
            assertThat(e).hasMessageContaining(redirect.toString());
            assertThat(ana.opened()).isZero();
        }
    }

    /** What cannot be opened is mostly quoted by whoever cannot open it, and it holds the state. */
    @Test
    void browserThatCannotBeOpenedIsExplainedWithoutTheAddress() {
        IdpTokenException e = failure(world.login(address -> {
            throw new IOException("cannot open " + address + " on this machine");
        }));

        assertThat(e.code()).isEqualTo("LOGIN_BROWSER_FAILED");
        assertThat(e)
                .hasMessageContaining("IOException, cannot open the address on this machine")
                .hasNoCause();
    }

    @Test
    void browserThatThrowsAnythingEndsTheLogin() {
        LoginBrowser headless = address -> {
            throw new UnsupportedOperationException("BROWSE is not supported");
        };

        assertThat(failure(world.login(headless)).code()).isEqualTo("LOGIN_BROWSER_FAILED");
    }

    @Test
    void providerThatIsDownWhenTheCodeComesIsWaitedOutByTheNextLogin() {
        RecipientLogin login = world.login(ana);
        world.idp().failNext(1, Fault.status(503));

        IdpTokenException e = failure(login);
        login.login();

        assertThat(e.code()).isEqualTo("IDP_UNAVAILABLE");
        assertThat(e.retryable()).isTrue();
        assertThat(login.token()).isNotNull();
    }

    @Test
    void rateLimitSaysWhenToComeBack() {
        world.idp().failNext(1, Fault.rateLimited(Duration.ofSeconds(7)));

        IdpTokenException e = failure(world.login(ana));

        assertThat(e.code()).isEqualTo("IDP_RATE_LIMITED");
        assertThat(e.retryAfter()).hasValue(Duration.ofSeconds(7));
    }

    @Test
    void pageInPlaceOfATokenIsUnreadable() {
        world.idp().failNext(1, Fault.garbage());

        assertThat(failure(world.login(ana)).code()).isEqualTo("IDP_REPLY_UNREADABLE");
    }

    @Test
    void connectionThatIsCutIsUnreachable() {
        world.idp().failNext(1, Fault.cutConnection());

        assertThat(failure(world.login(ana)).code()).isEqualTo("IDP_UNREACHABLE");
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
