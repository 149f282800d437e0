// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import io.tokenfederation.IdpToken;
import java.util.Optional;

/**
 * What a login or its renewal brought.
 *
 * @param access what the sharing server is shown
 * @param refresh what the next one is had for, where there is such a thing
 */
record LoginTokens(IdpToken access, Optional<String> refresh) {
    @Override
    public String toString() {
        return "LoginTokens[" + access + ", refresh=" + (refresh.isPresent() ? "redacted" : "none") + "]";
    }
}
