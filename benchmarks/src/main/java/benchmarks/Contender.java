// SPDX-License-Identifier: Apache-2.0
package benchmarks;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A library, set up to hand out tokens of several identities.
 *
 * @param upstream where it gets them
 * @param sources makes the source of an identity, once for each
 */
record Contender(Upstream upstream, IntFunction<Source> sources) implements AutoCloseable {
    /** As many roles as the quickstart's people have, and one more. */
    static final int IDENTITIES = 6;

    List<Source> sources(int identities) {
        return IntStream.range(0, identities).mapToObj(sources).toList();
    }

    @Override
    public void close() {
        upstream.close();
    }
}
