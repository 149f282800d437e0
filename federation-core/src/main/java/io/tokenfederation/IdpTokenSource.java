// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.io.IOException;

/**
 * Where the application's own JWTs come from: the one thing to implement for another identity provider.
 *
 * <p>A lambda will do:
 *
 * <pre>{@code
 * IdpTokenSource kubernetes = () -> IdpToken.parse(Files.readString(tokenFile).strip());
 * }</pre>
 *
 * <p>The contract: {@link #mint()} gets a <em>new</em> JWT each time and caches nothing, because the exchanger caches and
 * a Databricks token ends when its JWT ends; it may be called from several threads at once; it may block, and is
 * interrupted when it has taken too long; it throws {@link IdpTokenException}. It speaks for the application, never
 * for the person who is calling.
 */
@FunctionalInterface
public interface IdpTokenSource {
    /**
     * Gets a new JWT from the identity provider.
     *
     * @return a JWT issued just now
     * @throws IOException if a file or connection it reads from fails; counts as unreachable
     * @throws IdpTokenException if the identity provider cannot be asked, refuses, or answers with something else
     */
    IdpToken mint() throws IOException;
}
