// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The faults one endpoint of a stand-in is to show: a number of them in a row, or one for good.
 *
 * <pre>{@code
 * databricks.restApi().failNext(1, Fault.cutConnection());
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class Faults {
    private final Function<Duration, Reply> rateLimited;
    private final Deque<Fault> next = new ArrayDeque<>();
    private @Nullable Fault always;

    /** The function says how this endpoint words status 429. */
    Faults(Function<Duration, Reply> rateLimited) {
        this.rateLimited = rateLimited;
    }

    /**
     * Lets the next requests fail; behind those that an earlier call asked for.
     *
     * @param times how many requests, 1 or more
     * @param fault what to do instead of answering
     */
    public synchronized void failNext(int times, Fault fault) {
        requireNonNull(fault, "fault");
        if (times < 1) {
            throw new IllegalArgumentException("at least one request must fail; this is " + times);
        }
        for (int i = 0; i < times; i++) {
            next.add(fault);
        }
    }

    /**
     * Lets all requests fail, once those of {@link #failNext} have.
     *
     * @param fault what to do instead of answering
     */
    public synchronized void failAlways(Fault fault) {
        always = requireNonNull(fault, "fault");
    }

    /** Forgets all faults. */
    public synchronized void recover() {
        next.clear();
        always = null;
    }

    /** The fault for the request at hand, worded for this endpoint. */
    synchronized Optional<Fault> take() {
        Fault fault = next.isEmpty() ? always : next.remove();
        if (fault != null && fault.kind() == Fault.Kind.RATE_LIMITED) {
            return Optional.of(Fault.answer(rateLimited.apply(fault.time())));
        }
        return Optional.ofNullable(fault);
    }
}
