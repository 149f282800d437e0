// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import java.util.Map;

/**
 * Who asks for the login: a public client, which has no secret.
 *
 * @param clientId its id at the identity provider
 * @param scope what it asks for, separated by spaces
 * @param parameters what else the identity provider is told
 */
record LoginClient(String clientId, String scope, Map<String, String> parameters) {
    LoginClient {
        parameters = Map.copyOf(parameters);
    }

    /** The client only: what a parameter holds, such as a person's address, is theirs. */
    @Override
    public String toString() {
        return "LoginClient[" + clientId + "]";
    }
}
