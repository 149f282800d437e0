// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

/**
 * Gives a token that Databricks accepts now: what every consumer of tokens takes.
 *
 * <p>Ask for the token on every request and keep none: {@link #token()} is fast while the token is fresh, and the next
 * one is there before this one ends. {@link DatabricksTokenExchanger#sourceFor(ServicePrincipal)} gives one.
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
     */
    default void rejected(DatabricksToken token) {}
}
