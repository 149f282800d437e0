// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;

/**
 * Gives a token that Databricks accepts now: what every consumer of tokens takes.
 *
 * <p>Ask for the token on every request and keep none: {@link #token()} is fast while the token is fresh, and the next
 * one is there before this one ends. {@link DatabricksTokenExchanger#sourceFor(ServicePrincipal)} gives one, and where
 * nothing is to be exchanged, {@link #direct}.
 *
 * <p>Implementations are thread-safe.
 */
@FunctionalInterface
public interface DatabricksTokenSource {
    /**
     * Returns a token that Databricks accepts now.
     *
     * @return the token
     * @throws FederationException if none can be had
     */
    DatabricksToken token();

    /**
     * Says that a service refused the token, so that the next {@link #token()} is another one. Only the very token that
     * was refused is dropped: a thousand callers who report the same one cause one renewal. The default does nothing.
     *
     * @param token the token that was refused
     * @see DatabricksToken#refusedBy
     */
    default void rejected(DatabricksToken token) {}

    /**
     * A source that hands out the identity provider's own JWT, without exchange: for what accepts that JWT as it is, such
     * as Azure Databricks a Microsoft Entra ID token that was issued for it, or a Delta Sharing server a recipient's.
     *
     * <pre>{@code
     * DatabricksTokenSource entra = DatabricksTokenSource.direct(idpTokenSource);
     * String bearer = entra.token().value();
     * }</pre>
     *
     * <p>The JWT is kept as an exchanged token is: one call to the identity provider however many ask, renewal ahead of
     * time and on a thread of its own, the present JWT served until 40 seconds before its end whatever fails, failures
     * remembered, waits of 30 seconds at most. A JWT that was {@linkplain #rejected refused} is dropped at most once in 30
     * seconds. It is not for an exchange, and nothing of it is checked but its end: whoever gets it checks the rest. Such
     * a token has no {@linkplain DatabricksToken#scopes() scopes} and no
     * {@linkplain DatabricksToken#servicePrincipal() service principal}.
     *
     * <p>Create one and keep it; it needs no closing: its threads are daemons and end when there is nothing to do. Its
     * {@link #token()} throws {@link IdpTokenException} if the identity provider gives no JWT that is usable, and
     * {@link TokenExchangeException} only if none was there in time.
     *
     * @param source where the JWTs come from; should cache nothing
     * @return the source, thread-safe
     * @see <a href="https://learn.microsoft.com/azure/databricks/dev-tools/service-prin-aad-token">Azure Databricks:
     *     Microsoft Entra ID tokens</a>
     */
    static DatabricksTokenSource direct(IdpTokenSource source) {
        return DirectTokens.of(requireNonNull(source, "source"));
    }

    /**
     * A source that keeps and renews tokens of your own getting, opaque ones too: for a token that no part of this library
     * knows how to get.
     *
     * <pre>{@code
     * DatabricksTokenSource tokens = DatabricksTokenSource.renewing(() -> {
     *   Login login = broker.login();
     *   return DatabricksToken.of(login.accessToken(), login.expiresAt());
     * });
     * }</pre>
     *
     * <p>A token is kept as that of {@link #direct} is: one call of yours however many ask, on a thread of its own, and one
     * at a time; interrupted after 20 seconds; renewed ahead of its end. It is served until 40 seconds before its end, or
     * for three quarters of its life if that is shorter than 160 seconds. A token that was {@linkplain #rejected refused}
     * is dropped at most once in 30 seconds, and never served again, should it come back. While callers have no token, a
     * call that fails with a {@link FederationException} that is {@linkplain FederationException#retryable() retryable} is
     * made up to three times.
     *
     * @param source gets a new token each time, keeps none, and may block; it is called on several threads, one after
     *     another. What it throws reaches the callers if it is a {@link FederationException}
     * @return the source, thread-safe
     */
    static DatabricksTokenSource renewing(Supplier<DatabricksToken> source) {
        return DirectTokens.renewing(requireNonNull(source, "source"));
    }
}
