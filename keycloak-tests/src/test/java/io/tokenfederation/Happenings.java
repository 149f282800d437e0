// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The events of an exchanger, which come on other threads. */
final class Happenings implements Consumer<TokenEvent> {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final List<TokenEvent> events = new ArrayList<>();

    @Override
    public synchronized void accept(TokenEvent event) {
        events.add(event);
        notifyAll();
    }

    void awaitFailure() {
        await(TokenEvent.AttemptFailed.class::isInstance, 1);
    }

    void awaitRenewal(ServicePrincipal principal, int times) {
        Optional<ServicePrincipal> whose = Optional.of(principal);
        await(
                event -> event instanceof TokenEvent.Renewed
                        && event.whose().servicePrincipal().equals(whose),
                times);
    }

    /** The codes of all attempts to get the application's JWT that failed. */
    synchronized List<String> failures() {
        return events.stream()
                .filter(TokenEvent.AttemptFailed.class::isInstance)
                .map(TokenEvent.AttemptFailed.class::cast)
                .filter(failed -> failed.whose().kind() == TokenEvent.Kind.APPLICATION)
                .map(failed -> failed.failure().code())
                .toList();
    }

    synchronized long renewals(TokenEvent.Kind kind) {
        return events.stream()
                .filter(event ->
                        event instanceof TokenEvent.Renewed && event.whose().kind() == kind)
                .count();
    }

    private synchronized void await(Predicate<TokenEvent> wanted, int times) {
        long start = System.nanoTime();
        while (events.stream().filter(wanted).count() < times) {
            long left = LONGEST.toMillis() - (System.nanoTime() - start) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("not within " + LONGEST + "; there were " + events);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
