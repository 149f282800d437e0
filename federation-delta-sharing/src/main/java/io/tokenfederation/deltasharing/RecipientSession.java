// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.Problem;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * One person's login, from which JWTs come as long as it lasts. What it knows is in memory only. Whoever keeps its JWTs asks
 * from one thread at a time, as {@link io.tokenfederation.DatabricksTokenSource#direct} does: a refresh token that was sent
 * twice would end the login where such tokens are good once (RFC 9700 §4.14.2).
 *
 * <ol>
 *   <li>The first JWT is the login's own, unless nobody asked for it in time.
 *   <li>Each further one costs the refresh token; the one that comes with it, if one does, takes its place.
 *   <li>Where there is no refresh token, or it is refused, the login lasts as long as its latest JWT, unless the server has
 *       refused that; nothing opens a browser by itself.
 * </ol>
 */
final class RecipientSession implements IdpTokenSource {
    /** A JWT with less left is not worth handing out. */
    private static final Duration MARGIN = Duration.ofSeconds(40);

    private final LoginTokenEndpoint endpoint;
    private final InstantSource clock;
    private volatile boolean firstIsNew = true;
    private volatile IdpToken latest;
    private volatile @Nullable String refused;
    private volatile @Nullable String refreshToken;

    RecipientSession(LoginTokenEndpoint endpoint, LoginTokens tokens, InstantSource clock) {
        this.endpoint = endpoint;
        this.clock = clock;
        this.latest = tokens.access();
        this.refreshToken = tokens.refresh().orElse(null);
    }

    /** {@return whether a JWT is to be had without the person} */
    boolean lasts() {
        return refreshToken != null || good();
    }

    /** The server has refused a JWT of this login, whatever its time; the next one counts again. */
    void rejected(String jwt) {
        refused = jwt;
    }

    @Override
    public IdpToken mint() throws IOException {
        if (firstIsNew && good()) {
            firstIsNew = false;
            return latest;
        }
        String token = refreshToken;
        if (token == null) {
            throw LoginErrorCode.LOGIN_REQUIRED.exception(
                    "the login is over, and there is no refresh token to renew it with");
        }
        try {
            LoginTokens renewed = endpoint.refresh(token);
            firstIsNew = false;
            refreshToken = renewed.refresh().orElse(token);
            latest = renewed.access();
            return latest;
        } catch (IdpTokenException e) {
            if (e.code().equals(LoginErrorCode.LOGIN_REQUIRED.name())) {
                refreshToken = null;
            }
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IdpTokenException(
                    Problem.of(ErrorCode.IDP_UNREACHABLE, "interrupted while the login was being renewed")
                            .cause(e));
        }
    }

    private boolean good() {
        IdpToken present = latest;
        return present.expiresAt().isAfter(clock.instant().plus(MARGIN))
                && !present.value().equals(refused);
    }
}
