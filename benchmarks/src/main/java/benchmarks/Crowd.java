// SPDX-License-Identifier: Apache-2.0
package benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Threads of their own that begin together. */
final class Crowd {
    private Crowd() {}

    /** {@return what each of them found, once the last has} */
    static <T> List<T> of(int threads, IntFunction<Callable<T>> work) throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        CyclicBarrier start = new CyclicBarrier(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Callable<T> task = work.apply(i);
                futures.add(executor.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            List<T> found = new ArrayList<>();
            for (Future<T> future : futures) {
                found.add(future.get());
            }
            return found;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a thread of the crowd failed", e.getCause());
        } finally {
            executor.shutdown();
        }
    }
}
