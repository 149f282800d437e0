// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.lang.reflect.Method;
import java.util.Optional;

/** Virtual threads, where the JDK that runs the tests has them: this is compiled for one that has not. */
final class VirtualThreads {
    private static final Optional<Method> START = find();

    private VirtualThreads() {}

    static boolean available() {
        return START.isPresent();
    }

    static boolean isVirtual(Thread thread) {
        try {
            return available() && (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static void start(Runnable work) {
        try {
            START.orElseThrow().invoke(null, work);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Method> find() {
        try {
            return Optional.of(Thread.class.getMethod("startVirtualThread", Runnable.class));
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }
}
