// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.SafeText;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One walk through the browser, on a thread of its own, for all who wait for it. It ends once: by a session, by a failure,
 * by being cancelled, or when the last one who waits has gone.
 */
final class LoginAttempt {
    private final LoginSettings settings;
    private final Consumer<LoginAttempt> onEnd;
    private final CompletableFuture<RecipientSession> done = new CompletableFuture<>();
    private final AtomicBoolean settled = new AtomicBoolean();
    private final AtomicInteger waiting = new AtomicInteger(1);
    private final Thread thread = new Thread(this::run, "recipient-login");
    private volatile @Nullable CallbackServer server;
    private volatile @Nullable RecipientSession session;

    /**
     * An attempt, which its first waiter is to start.
     *
     * @param onEnd told before anybody who waits is; {@link #session()} then is what came of it
     */
    LoginAttempt(LoginSettings settings, Consumer<LoginAttempt> onEnd) {
        this.settings = settings;
        this.onEnd = onEnd;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** {@return whether one more waits for it now; not if it is over} */
    boolean join() {
        return waiting.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
    }

    @Nullable RecipientSession session() {
        return session;
    }

    void await() {
        try {
            done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Problem problem =
                    LoginErrorCode.LOGIN_CANCELLED.problem("the thread that waited for a login was interrupted");
            throw new IdpTokenException(problem.cause(e));
        } catch (ExecutionException e) {
            // Each waiter's own: one exception for all would show one thread's stack to all.
            if (e.getCause() instanceof IdpTokenException failure) {
                throw new IdpTokenException(failure.problem());
            }
            throw new IllegalStateException("the login failed in a way nobody expects", e.getCause());
        } finally {
            if (waiting.decrementAndGet() == 0) {
                cancel();
            }
        }
    }

    /** Ends it for everybody, if it is not over. */
    void cancel() {
        fail(LoginErrorCode.LOGIN_CANCELLED.exception("the login was cancelled"));
        thread.interrupt();
        close();
    }

    /** Ends it with what came of another one. */
    void settle(RecipientSession with) {
        if (settled.compareAndSet(false, true)) {
            session = with;
            onEnd.accept(this);
            done.complete(with);
        }
    }

    private void fail(Throwable failure) {
        if (settled.compareAndSet(false, true)) {
            onEnd.accept(this);
            done.completeExceptionally(failure);
        }
    }

    private void run() {
        try {
            settle(login());
        } catch (IOException e) {
            fail(new IdpTokenException(Problem.of(
                            ErrorCode.IDP_UNREACHABLE,
                            "no reply from the identity provider or its discovery document: " + e.getMessage())
                    .cause(e)));
        } catch (InterruptedException e) {
            fail(LoginErrorCode.LOGIN_CANCELLED.exception("the login was cancelled"));
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            close();
        }
    }

    private RecipientSession login() throws IOException, InterruptedException {
        LoginServer at = settings.discovery().find();
        LoginRequest request = new LoginRequest();
        Callback callback = new Callback(at, request);
        CallbackServer listening = listen(callback);
        server = listening;
        if (settled.get()) {
            throw new InterruptedException("cancelled before anybody could hear of it");
        }
        open(request.address(at, settings.client(), listening.redirect()));
        String code = code(callback, listening.redirect());
        listening.close();
        LoginTokenEndpoint endpoint = new LoginTokenEndpoint(
                settings.transport(), at.token(), settings.client().clientId());
        return new RecipientSession(
                endpoint, endpoint.redeem(code, request.verifier(), listening.redirect()), settings.clock());
    }

    private CallbackServer listen(Callback callback) throws IOException {
        URI redirect = settings.redirect();
        try {
            return CallbackServer.listen(redirect, callback::judge);
        } catch (BindException e) {
            Problem problem =
                    LoginErrorCode.LOGIN_PORT_TAKEN.problem("cannot listen at " + redirect + " for the login");
            throw new IdpTokenException(problem.cause(e));
        }
    }

    private void open(URI address) throws InterruptedException {
        try {
            settings.browser().open(address);
        } catch (IOException | RuntimeException | LinkageError e) {
            // Not the cause: what cannot be opened is quoted in full by most who fail to open it.
            String said = String.valueOf(e.getMessage()).replace(address.toString(), "the address");
            throw new IdpTokenException(LoginErrorCode.LOGIN_BROWSER_FAILED.problem("no browser could be opened for the"
                    + " login: " + e.getClass().getSimpleName() + ", " + SafeText.of(said)));
        }
    }

    private String code(Callback callback, URI redirect) throws InterruptedException {
        try {
            return callback.code().get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw LoginErrorCode.LOGIN_TIMED_OUT.exception("nobody came back from the identity provider to " + redirect
                    + " within " + settings.timeout().toSeconds() + " s, as client '"
                    + settings.client().clientId() + "'");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IdpTokenException failure) {
                throw failure;
            }
            throw new IllegalStateException("a callback ends with a code or a failure", e.getCause());
        }
    }

    private void close() {
        CallbackServer open = server;
        if (open != null) {
            open.close();
        }
    }
}
