// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Many threads that do the same thing at once. */
final class Crowd {
    private Crowd() {}

    /** {@return what each of them got} */
    static <T> List<T> of(int size, Callable<T> each)
            throws InterruptedException, ExecutionException, TimeoutException {
        ExecutorService threads = Executors.newFixedThreadPool(size);
        try {
            CyclicBarrier together = new CyclicBarrier(size);
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                running.add(threads.submit(() -> {
                    together.await();
                    return each.call();
                }));
            }
            List<T> got = new ArrayList<>();
            for (Future<T> one : running) {
                got.add(one.get(60, TimeUnit.SECONDS));
            }
            return got;
        } finally {
            threads.shutdownNow();
        }
    }
}
