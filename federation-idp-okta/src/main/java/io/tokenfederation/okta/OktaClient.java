// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.okta;

import java.util.Locale;

/**
 * Who asks whom, for messages.
 *
 * @param host the org's domain
 * @param server the id of the authorization server
 * @param id the client id
 * @param scopes the scopes it asks for, with spaces between them
 * @param usesKey whether it authenticates by a private key; else by a secret
 */
record OktaClient(String host, String server, String id, String scopes, boolean usesKey) {
    /** {@return the fix, with host (1), server (2), client id (3), scopes (4) and authentication method (5) filled in} */
    String fill(String fix) {
        return String.format(
                Locale.ROOT, fix, host, server, id, scopes, usesKey ? "Public key / Private key" : "Client secret");
    }
}
