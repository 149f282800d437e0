// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.auth0;

import java.util.Locale;

/**
 * Who asks whom for what, for messages.
 *
 * @param domain the tenant's domain
 * @param id the client id
 * @param audience the API's Identifier
 * @param authentication how it authenticates
 */
record Auth0Client(String domain, String id, String audience, Auth0Authentication authentication) {
    /** {@return the fix, with domain (1), client id (2), audience (3), credential (4) and its title (5) filled in} */
    String fill(String fix) {
        return String.format(
                Locale.ROOT, fix, domain, id, audience, authentication.credential(), authentication.title());
    }
}
