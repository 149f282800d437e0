// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

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
    /** What an application may have at another authorization server, where it goes by another id. */
    record Vouching(String clientIdThere, List<String> scopes) {}

    private record Partner(String clientId, String authorizationServer) {}

    private final Map<Partner, Vouching> vouchings = new ConcurrentHashMap<>();
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

    /**
     * Vouches to another authorization server for the people who use an application: exchanges their ID tokens, which
     * {@link LoopbackIdp#userToken} with the application for its audience makes, for ID-JAGs (RFC 8693). Default: for nobody.
     *
     * @param clientId the application, registered by {@link LoopbackIdp#m2mClient}
     * @param authorizationServer the other server's issuer, such as {@link LoopbackMcpAuthorization#issuer()}
     * @param clientIdThere the application's id there
     * @param scopes the scopes it may ask for there
     * @return this
     */
    public OidcRules vouchFor(String clientId, String authorizationServer, String clientIdThere, String... scopes) {
        vouchings.put(new Partner(clientId, authorizationServer), new Vouching(clientIdThere, List.of(scopes)));
        return this;
    }

    Optional<Vouching> vouching(String clientId, String authorizationServer) {
        return Optional.ofNullable(vouchings.get(new Partner(clientId, authorizationServer)));
    }

    boolean hasSubject() {
        return subject;
    }
}
