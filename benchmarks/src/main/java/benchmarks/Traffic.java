// SPDX-License-Identifier: Apache-2.0
package benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/**
 * What threads saw who asked for a token once a millisecond each. Not as fast as they can: then the longest wait would
 * be the one for a processor.
 *
 * @param nanos how long each call took, shortest first
 * @param failed how many of them threw
 */
record Traffic(List<Long> nanos, long failed) {
    private static final long PACE = Duration.ofMillis(1).toNanos();

    /** Longer than any pause of this machine, shorter than an answer of a slow endpoint. */
    private static final long WAITED = Duration.ofMillis(100).toNanos();

    private record Seen(List<Long> nanos, long failed) {}

    static Traffic of(int threads, Duration time, Source source) throws InterruptedException {
        List<Seen> seen = Crowd.of(threads, thread -> () -> ask(source, time));
        return new Traffic(
                seen.stream().flatMap(one -> one.nanos().stream()).sorted().toList(),
                seen.stream().mapToLong(Seen::failed).sum());
    }

    long answered() {
        return nanos.size() - failed;
    }

    /** {@return how many calls waited for the network} */
    long waited() {
        return nanos.stream().filter(one -> one >= WAITED).count();
    }

    long longest() {
        return nanos.get(nanos.size() - 1);
    }

    long percentile(double share) {
        return nanos.get((int) Math.ceil(share * nanos.size()) - 1);
    }

    private static Seen ask(Source source, Duration time) {
        LongStream.Builder nanos = LongStream.builder();
        long failed = 0;
        long end = System.nanoTime() + time.toNanos();
        for (long before = System.nanoTime(); before - end < 0; before = System.nanoTime()) {
            try {
                source.token();
            } catch (RuntimeException e) {
                failed++;
            }
            nanos.add(System.nanoTime() - before);
            LockSupport.parkNanos(PACE);
        }
        return new Seen(nanos.build().boxed().toList(), failed);
    }
}
