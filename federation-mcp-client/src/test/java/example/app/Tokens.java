// SPDX-License-Identifier: Apache-2.0
package example.app;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives token after token: a rejected one is followed by the next, the last one stays. */
final class Tokens implements DatabricksTokenSource {
    final AtomicInteger asked = new AtomicInteger();
    final List<DatabricksToken> rejected = new CopyOnWriteArrayList<>();
    private final List<DatabricksToken> tokens;

    Tokens(String... values) {
        tokens = List.of(values).stream()
                .map(value -> DatabricksToken.of(value, Instant.parse("2099-01-01T00:00:00Z")))
                .toList();
    }

    @Override
    public DatabricksToken token() {
        asked.incrementAndGet();
        return tokens.get(Math.min(rejected.size(), tokens.size() - 1));
    }

    @Override
    public void rejected(DatabricksToken token) {
        rejected.add(token);
    }
}
