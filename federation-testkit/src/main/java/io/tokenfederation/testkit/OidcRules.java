// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

/**
 * What an administrator of the plain OpenID Connect provider can set beyond registering clients.
 *
 * <pre>{@code
 * OidcRules.of(idp).subject(false);
 * }</pre>
 *
 * <p>{@link LoopbackIdp#grant} is an audience mapper: without one, the tokens of a client are for {@code account},
 * whatever {@code audience} its requests name.
 * Thread-safe.
 */
public final class OidcRules {
    private volatile boolean subject = true;

    OidcRules() {}

    /**
     * The rules of a plain OpenID Connect provider.
     *
     * @param idp one that {@link LoopbackIdp#oidc()} made
     * @return its rules
     * @throws IllegalArgumentException if it is of another kind
     */
    public static OidcRules of(LoopbackIdp idp) {
        return idp.server().rules(OidcRules.class);
    }

    /**
     * Whether M2M tokens have a {@code sub}; a client without the built-in scope {@code basic} has none.
     *
     * @param subject whether they have; default: they do
     * @return this
     */
    public OidcRules subject(boolean subject) {
        this.subject = subject;
        return this;
    }

    boolean hasSubject() {
        return subject;
    }
}
