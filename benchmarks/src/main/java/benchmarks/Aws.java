// SPDX-License-Identifier: Apache-2.0
package benchmarks;

import software.amazon.awssdk.utils.cache.CachedSupplier;
import software.amazon.awssdk.utils.cache.CachedSupplier.PrefetchStrategy;
import software.amazon.awssdk.utils.cache.NonBlocking;
import software.amazon.awssdk.utils.cache.OneCallerBlocks;
import software.amazon.awssdk.utils.cache.RefreshResult;

/**
 * The cache inside AWS's SDK. One object holds one token; the supplier says when it is due ("prefetch") and when it is of
 * no use ("stale"). It spreads the former by up to five minutes, but only where there is more than a minute between the
 * two, so not in the short-lived tokens here.
 */
final class Aws {
    private Aws() {}

    static Contender nonBlocking(Conditions conditions) {
        return start(conditions, new NonBlocking("benchmark"));
    }

    static Contender oneCallerBlocks(Conditions conditions) {
        return start(conditions, new OneCallerBlocks());
    }

    private static Contender start(Conditions conditions, PrefetchStrategy strategy) {
        FakeUpstream upstream = new FakeUpstream(conditions);
        return new Contender(upstream, identity -> {
            CachedSupplier<String> cache = CachedSupplier.builder(() -> result(upstream.issue(), conditions))
                    .prefetchStrategy(strategy)
                    .build();
            return cache::get;
        });
    }

    private static RefreshResult<String> result(FakeUpstream.Issued issued, Conditions conditions) {
        return RefreshResult.builder(issued.value())
                .prefetchTime(issued.expiresAt().minus(conditions.window()))
                .staleTime(issued.expiresAt().minus(conditions.margin()))
                .build();
    }
}
