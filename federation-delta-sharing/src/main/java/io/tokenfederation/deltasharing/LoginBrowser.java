// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import java.io.IOException;
import java.net.URI;

/**
 * Shows the identity provider's login page to the person: what a {@link RecipientLogin} needs of the application around it.
 *
 * <pre>{@code
 * LoginBrowser onTheDesktop = address -> Desktop.getDesktop().browse(address);
 * LoginBrowser inATerminal = address -> System.err.println("Open this address to log in: " + address);
 * }</pre>
 *
 * <p>It is the system's browser that must be shown, not a window of the application's own, in which the person could not see
 * whom they give their password (RFC 8252 §8.12). Called on a thread of the login, once per login.
 */
@FunctionalInterface
public interface LoginBrowser {
    /**
     * Opens an address, or says where to find it, and returns.
     *
     * @param address the identity provider's page; good for this one login and for nobody else, so keep it out of logs
     * @throws IOException if no browser can be opened; ends the login with {@code LOGIN_BROWSER_FAILED}
     */
    void open(URI address) throws IOException;
}
