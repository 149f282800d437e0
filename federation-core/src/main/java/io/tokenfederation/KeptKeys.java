// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one issuer, as {@code RefreshAhead(Cache(Limit(SurviveOutage(Fetch))))}.
 *
 * <ol>
 *   <li>A set of keys serves five minutes; in the last of them whoever comes by has it fetched anew in the background.
 *   <li>A key id that is not in the set has it fetched at once, twice in 30 seconds at most: anybody can make up ids.
 *   <li>Where the issuer cannot be reached, the last set serves on, for four hours from when it was fetched.
 * </ol>
 *
 * <p>Nimbus does all that, but reads the system's clock and starts threads that keep a finished program running; hence
 * the clock and the executor.
 */
final class KeptKeys implements JWKSource<SecurityContext> {
    static final Duration KEPT = Duration.ofMinutes(5);
    static final Duration REFRESHED_AHEAD = Duration.ofMinutes(1);
    static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);
    static final Duration OUTAGE_SURVIVED = Duration.ofHours(4);
    private static final Duration REFRESH_TIMEOUT = Duration.ofSeconds(15);

    private final Fetching fetching;
    private final JWKSetSource<SecurityContext> sets;
    private final InstantSource clock;

    KeptKeys(Fetch fetch, InstantSource clock, ExecutorService background) {
        this.fetching = new Fetching(fetch);
        this.clock = clock;
        JWKSource<SecurityContext> chain = JWKSourceBuilder.create(fetching)
                .cache(KEPT.toMillis(), REFRESH_TIMEOUT.toMillis())
                .refreshAheadCache(REFRESHED_AHEAD.toMillis(), null, background, false, null, false)
                .rateLimited(BETWEEN_FETCHES.toMillis())
                .outageTolerant(OUTAGE_SURVIVED.toMillis())
                .build();
        this.sets = ((JWKSetBasedJWKSource<SecurityContext>) chain).getJWKSetSource();
    }

    /** Where the keys come from. */
    @FunctionalInterface
    interface Fetch {
        JWKSet keys() throws IOException;
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        long now = clock.millis();
        JWKSet present = sets.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), now, context);
        List<JWK> fitting = selector.select(present);
        if (!fitting.isEmpty()) {
            return fitting;
        }
        return selector.select(sets.getJWKSet(JWKSetCacheRefreshEvaluator.referenceComparison(present), now, context));
    }

    /** {@return why the last fetch failed; empty if it did not} */
    Optional<IOException> failure() {
        return Optional.ofNullable(fetching.failure);
    }

    private static final class Fetching implements JWKSetSource<SecurityContext> {
        private final Fetch fetch;
        private volatile @Nullable IOException failure;

        Fetching(Fetch fetch) {
            this.fetch = fetch;
        }

        @Override
        public JWKSet getJWKSet(
                JWKSetCacheRefreshEvaluator refresh, long currentTime, @Nullable SecurityContext context)
                throws KeySourceException {
            try {
                JWKSet keys = fetch.keys();
                failure = null;
                return keys;
            } catch (IOException e) {
                failure = e;
                throw new JWKSetRetrievalException(e.getMessage(), e);
            } catch (IllegalArgumentException e) {
                failure = new IOException(e.getMessage(), e);
                throw new JWKSetRetrievalException(e.getMessage(), e);
            }
        }

        @Override
        public void close() {}
    }
}
