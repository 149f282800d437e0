// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenSource;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Another issuer's JWTs, and what the last one said, to be shown beside a refusal. */
final class FederatedCredential implements IdpTokenSource {
    private final IdpTokenSource issuer;

    /** For a message only: where two threads ask at once, either one's claims tell the story. */
    private volatile @Nullable IdpToken last;

    FederatedCredential(IdpTokenSource issuer) {
        this.issuer = issuer;
    }

    @Override
    public IdpToken mint() throws IOException {
        IdpToken token = issuer.mint();
        last = token;
        return token;
    }

    Optional<IdpToken> presented() {
        return Optional.ofNullable(last);
    }

    @Override
    public String toString() {
        return issuer.toString();
    }
}
