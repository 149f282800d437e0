// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Exchanges the application's own JWT for short-lived Databricks tokens, one per service principal, and keeps them: the
 * facade of this library.
 *
 * <pre>{@code
 * DatabricksTokenExchanger databricks = DatabricksTokenExchanger.builder()
 *     .workspace("https://adb-1234567890123456.7.azuredatabricks.net")
 *     .idpTokenSource(idp)
 *     .build();
 * String bearer = databricks.tokenFor(servicePrincipal).value();
 * }</pre>
 *
 * <p>As algebra: {@code Cache(Exchange(Cache(IdpTokenSource)))}. However many callers ask at once, one JWT is fetched, and
 * one exchange is made per service principal. Each token is renewed before it ends, away from the callers' threads; if
 * that fails, the present token serves until 40 seconds before its end, and never after. A failure is shared by all who
 * waited for it and then answered at once until the next try is due.
 *
 * <p>For account-wide federation, where each <em>user's own</em> JWT is exchanged, there is {@link #tokenForUser}; nothing
 * else in this library sends a user's token to Databricks.
 *
 * <p>Thread-safe. Create one per workspace and keep it; it needs no closing.
 *
 * @see <a href="https://docs.databricks.com/aws/en/dev-tools/auth/oauth-federation-exchange">Databricks: exchange a
 *     token</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8693">RFC 8693</a>
 */
public final class DatabricksTokenExchanger implements AutoCloseable {
    private final PrincipalTokens principals;
    private final UserTokens users;
    private final Runnable onClose;

    DatabricksTokenExchanger(PrincipalTokens principals, UserTokens users, Runnable onClose) {
        this.principals = principals;
        this.users = users;
        this.onClose = onClose;
    }

    /** {@return a builder; workspace or account is required, and an IdP token source for service principals} */
    public static DatabricksTokenExchangerBuilder builder() {
        return new DatabricksTokenExchangerBuilder();
    }

    /**
     * Returns a token that acts as the service principal now.
     *
     * @param principal the service principal
     * @return its token, which Databricks accepts for at least 10 seconds more
     * @throws IdpTokenException if the identity provider gives no JWT that can be exchanged
     * @throws TokenExchangeException if Databricks does not exchange it, or no token was there in time
     * @throws IllegalArgumentException if there is no IdP token source for this service principal
     */
    public DatabricksToken tokenFor(ServicePrincipal principal) {
        return of(principal).token();
    }

    /**
     * Returns a token that acts as the service principal, and lives for a time, or is there within a time. A token that
     * lives too short is replaced; the caller waits for the new one.
     *
     * @param principal the service principal
     * @param demand what is needed of the token
     * @return its token
     * @throws IdpTokenException if the identity provider gives no JWT that can be exchanged
     * @throws TokenExchangeException if Databricks does not exchange it, no token was there in time, or with
     *     {@link ErrorCode#TOKEN_LIFE_TOO_SHORT} if a new one lives too short as well
     */
    public DatabricksToken tokenFor(ServicePrincipal principal, TokenDemand demand) {
        return of(principal).token(requireNonNull(demand, "demand"));
    }

    /**
     * Returns a token that acts as the service principal, without holding a thread.
     *
     * @param principal the service principal
     * @return completed at once if a token is there; else when the attempt ends, at the latest at its deadline, with what
     *     {@link #tokenFor} throws where it fails. It is the caller's own: cancelling it disturbs nobody
     */
    public CompletableFuture<DatabricksToken> tokenForAsync(ServicePrincipal principal) {
        return of(principal).tokenAsync();
    }

    /**
     * Looks whether a token is there. Never waits and asks nobody for a first one; a token that is due is renewed.
     *
     * @param principal the service principal
     * @return its token; empty if there is none that is usable now
     */
    public Optional<DatabricksToken> readyTokenFor(ServicePrincipal principal) {
        return of(principal).ready();
    }

    /**
     * Returns the tokens of one service principal as a source, for whatever carries them: an MCP client, an SDK, your
     * own code. Asking it is faster than {@link #tokenFor}, as nothing is looked up.
     *
     * @param principal the service principal
     * @return its source, thread-safe, for as long as this exchanger lives
     */
    public DatabricksTokenSource sourceFor(ServicePrincipal principal) {
        return of(principal);
    }

    /**
     * Exchanges a user's own JWT, for account-wide federation: an account policy decides whose token it becomes. The token
     * ends with the JWT and cannot be renewed from here. At most 10,000 users' tokens are kept; the least recently used
     * goes first.
     *
     * <p>Only for identity providers whose users are the Databricks account's users. Where people are mapped to roles, use
     * {@link #tokenFor} and keep their tokens to yourself.
     *
     * @param jwt the user's JWT, verified by the application
     * @return the user's token
     * @throws IdpTokenException if the JWT has expired or can never be exchanged
     * @throws TokenExchangeException if Databricks does not exchange it, or no token was there in time
     */
    public DatabricksToken tokenForUser(IdpToken jwt) {
        return sourceForUser(jwt).token();
    }

    /**
     * Returns the tokens of one user's JWT as a source.
     *
     * @param jwt the user's JWT, verified by the application
     * @return its source, thread-safe
     * @see #tokenForUser
     */
    public DatabricksTokenSource sourceForUser(IdpToken jwt) {
        return users.of(requireNonNull(jwt, "jwt"));
    }

    /**
     * Says that a service refused a service principal's token, so that it is handed out no more. Only this very token is
     * dropped, and at most once in 30 seconds per service principal; less often where it helps nothing. Call it where
     * {@link DatabricksToken#refusedBy} is true; never for a missing permission. A user's token is given back to its
     * {@linkplain #sourceForUser source}.
     *
     * @param token the token that was refused
     */
    public void rejected(DatabricksToken token) {
        principals.rejected(requireNonNull(token, "token"));
    }

    /**
     * Forgets all tokens. Who waits for one, or asks for one later, gets an {@link IllegalStateException}. Own threads end;
     * an executor of the application's goes on. Never needed.
     */
    @Override
    public void close() {
        principals.close();
        users.close();
        onClose.run();
    }

    private KeptTokens of(ServicePrincipal principal) {
        return principals.of(requireNonNull(principal, "principal"));
    }
}
