// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import io.tokenfederation.internal.HttpTransport;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How every login of one {@link RecipientLogin} goes.
 *
 * @param discovery finds the identity provider
 * @param transport takes codes and refresh tokens there
 * @param client who asks
 * @param redirect where the browser comes back to
 * @param browser opens the login page
 * @param timeout how long the person may take
 * @param clock tells whether a JWT still lives
 */
record LoginSettings(
        LoginDiscovery discovery,
        HttpTransport transport,
        LoginClient client,
        URI redirect,
        LoginBrowser browser,
        Duration timeout,
        InstantSource clock) {}
