// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.jdbc;

import io.tokenfederation.TestTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Tasks that are done when time is moved past them, on the thread that moves it. */
public final class ManualTicks implements Ticks {
    private record Task(Instant due, Runnable work) {}

    private final TestTime time;
    private final PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.comparing(Task::due));

    public ManualTicks(TestTime time) {
        this.time = time;
    }

    /** A builder that lives by this time. */
    public FederatedDataSource.Builder builder() {
        return FederatedDataSource.builder().ticks(this);
    }

    public void advance(Duration step) {
        Instant until = time.instant().plus(step);
        while (!tasks.isEmpty() && !tasks.peek().due().isAfter(until)) {
            Task next = tasks.remove();
            time.advance(Duration.between(time.instant(), next.due()));
            next.work().run();
        }
        time.advance(Duration.between(time.instant(), until));
    }

    public int pending() {
        return tasks.size();
    }

    @Override
    public Instant now() {
        return time.instant();
    }

    @Override
    public void in(Duration delay, Runnable task) {
        tasks.add(new Task(time.instant().plus(delay), task));
    }
}
