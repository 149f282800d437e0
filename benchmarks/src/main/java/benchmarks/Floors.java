// SPDX-License-Identifier: Apache-2.0
package benchmarks;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The least a cache can do: they check that a token is still good, and renew nothing. */
final class Floors {
    private Floors() {}

    /** A volatile read and a look at the clock. */
    static Contender volatileRead(Conditions conditions) {
        FakeUpstream upstream = new FakeUpstream(conditions);
        return new Contender(upstream, identity -> {
            Holder holder = new Holder(upstream.issue().value(), conditions.life());
            return holder::token;
        });
    }

    /** The same, found in a map by the same kind of key as a service principal is. */
    static Contender mapLookup(Conditions conditions) {
        FakeUpstream upstream = new FakeUpstream(conditions);
        ConcurrentHashMap<Key, Holder> holders = new ConcurrentHashMap<>();
        return new Contender(upstream, identity -> {
            Key key = new Key(new UUID(identity, identity));
            holders.put(key, new Holder(upstream.issue().value(), conditions.life()));
            return () -> requireNonNull(holders.get(key)).token();
        });
    }

    private record Key(UUID id) {}

    private record Held(String token, long until) {}

    private static final class Holder {
        private volatile Held held;

        Holder(String token, Duration life) {
            held = new Held(token, System.nanoTime() + life.toNanos());
        }

        String token() {
            Held seen = held;
            if (System.nanoTime() - seen.until >= 0) {
                throw new IllegalStateException("a measurement has outlived its token");
            }
            return seen.token;
        }
    }
}
