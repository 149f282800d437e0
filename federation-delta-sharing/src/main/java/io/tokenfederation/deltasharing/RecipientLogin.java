// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.IdpTokenSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a person who receives a share and logs in by the browser, at the recipient's own identity provider: for
 * command-line tools and applications on the desktop.
 *
 * <pre>{@code
 * RecipientLogin login = RecipientLogin.builder()
 *     .recipient(URI.create("https://dbc-1.cloud.databricks.com/api/2.0/delta-sharing/metastores/…/recipients/…"))
 *     .clientId("a-public-client")
 *     .scopes("api://sharing/Read", "offline_access")
 *     .browser(address -> System.err.println("Open this address to log in: " + address))
 *     .build();
 * login.login();                         // opens the browser, and waits for the person
 * String bearer = login.token().value(); // renewed from now on
 * }</pre>
 *
 * <p>It is the authorization code grant with PKCE (S256), a random {@code state}, and a redirect to this machine (RFC 6749
 * §4.1, RFC 7636, RFC 8252 §7.3). The identity provider is found in the discovery document of the recipient's endpoint, and
 * the access token is what the sharing server is shown: nothing is exchanged. It must be a JWT; its signature is verified by
 * Databricks, not here.
 *
 * <p>The browser is opened by {@link #login()} alone. {@link #token()} renews by the refresh token before the JWT ends, as
 * {@link DatabricksTokenSource#direct} does it; where that is no longer possible, it throws {@link IdpTokenException} with
 * the code {@code LOGIN_REQUIRED}. Tokens are in memory only, and are not revoked at the end.
 *
 * <p>Create one for each person. Thread-safe; needs no closing.
 *
 * @see <a href="https://docs.databricks.com/aws/en/delta-sharing/sharing-over-oidc-u2m">Databricks: sharing over OIDC,
 *     user to machine</a>
 */
public final class RecipientLogin implements DatabricksTokenSource {
    /** A session, and its tokens kept. */
    private record LoggedIn(RecipientSession session, DatabricksTokenSource tokens) {}

    private final LoginSettings settings;
    private final Function<IdpTokenSource, DatabricksTokenSource> keeping;
    private final AtomicReference<@Nullable LoginAttempt> underWay = new AtomicReference<>();
    private volatile @Nullable LoggedIn loggedIn;

    RecipientLogin(LoginSettings settings, Function<IdpTokenSource, DatabricksTokenSource> keeping) {
        this.settings = settings;
        this.keeping = keeping;
    }

    /** {@return a builder; recipient, client id, scopes and browser are required} */
    public static RecipientLoginBuilder builder() {
        return new RecipientLoginBuilder();
    }

    /**
     * Has the person log in, and returns when they have. Whoever calls while a login is under way waits for that one: the
     * browser is opened once. Returns at once if there is a login that still gives tokens, so not where its JWT was
     * {@linkplain #rejected rejected} and there is no refresh token; to have another person log in, {@linkplain #forget()
     * forget} that one first.
     *
     * <p>Interrupting a thread that waits ends its wait; the login goes on for the others, and ends with the last of them.
     *
     * @throws IdpTokenException with {@code LOGIN_REFUSED}, {@code LOGIN_TIMED_OUT}, {@code LOGIN_CANCELLED},
     *     {@code LOGIN_PORT_TAKEN} or {@code LOGIN_BROWSER_FAILED}, or a code of
     *     {@link io.tokenfederation.ErrorCode} if the identity provider cannot be found or asked, or issues no JWT
     */
    public void login() {
        LoggedIn present = loggedIn;
        if (present == null || !present.session().lasts()) {
            attempt().await();
        }
    }

    private LoginAttempt attempt() {
        while (true) {
            LoginAttempt known = underWay.get();
            if (known != null && known.join()) {
                return known;
            }
            LoginAttempt mine = new LoginAttempt(settings, this::ended);
            if (underWay.compareAndSet(known, mine)) {
                // One that ended a moment ago, and was not to be seen when this call began, is as good.
                LoggedIn present = loggedIn;
                if (present != null && present.session().lasts()) {
                    mine.settle(present.session());
                } else {
                    mine.start();
                }
                return mine;
            }
        }
    }

    /** Before anybody who waits goes on, and before another attempt can begin. */
    private void ended(LoginAttempt attempt) {
        RecipientSession session = attempt.session();
        LoggedIn present = loggedIn;
        if (session != null && (present == null || present.session() != session)) {
            loggedIn = new LoggedIn(session, keeping.apply(session));
        }
        underWay.compareAndSet(attempt, null);
    }

    /** Ends the login that is under way, if one is: whoever waits for it gets {@code LOGIN_CANCELLED}. */
    public void cancel() {
        LoginAttempt attempt = underWay.get();
        if (attempt != null) {
            attempt.cancel();
        }
    }

    /**
     * Forgets the person's tokens: {@link #token()} gives none until somebody logs in. The identity provider is not told, so
     * a browser in which the person is still logged in there may not ask them again.
     */
    public void forget() {
        loggedIn = null;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IdpTokenException with {@code LOGIN_REQUIRED} if nobody has logged in, or the login is over
     */
    @Override
    public DatabricksToken token() {
        LoggedIn present = loggedIn;
        if (present == null) {
            throw LoginErrorCode.LOGIN_REQUIRED.exception("nobody has logged in");
        }
        return present.tokens().token();
    }

    @Override
    public void rejected(DatabricksToken token) {
        LoggedIn present = loggedIn;
        if (present != null) {
            present.session().rejected(token.value());
            present.tokens().rejected(token);
        }
    }

    /** {@return the client, and whether somebody is logged in} */
    @Override
    public String toString() {
        return "RecipientLogin[client " + settings.client().clientId() + ", "
                + (loggedIn == null ? "nobody logged in" : "logged in") + "]";
    }
}
