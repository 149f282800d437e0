// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Eight threads that ask for tokens, and what they got. */
final class EightThreads implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int CALLS_EACH = 50;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final Queue<FederationException> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();

    /** Returns when all of them have asked fifty times. */
    void ask(Supplier<DatabricksToken> question) {
        Callable<Boolean> one = () -> {
            for (int i = 0; i < CALLS_EACH; i++) {
                calls.incrementAndGet();
                try {
                    tokens.add(question.get().value());
                } catch (FederationException e) {
                    failures.add(e);
                }
            }
            return true;
        };
        try {
            for (Future<Boolean> asked : threads.invokeAll(Collections.nCopies(THREADS, one))) {
                asked.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new AssertionError("a call failed with something else", e.getCause());
        }
    }

    int calls() {
        return calls.get();
    }

    List<String> tokens() {
        return List.copyOf(tokens);
    }

    List<FederationException> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
