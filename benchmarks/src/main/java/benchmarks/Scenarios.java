// SPDX-License-Identifier: Apache-2.0
package benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** What is counted rather than timed, and happens too seldom to be repeated by a harness: plain code, run once each. */
final class Scenarios {
    private static final int STAMPEDE = 256;
    private static final int ROUNDS = 5;
    private static final int CALLERS = 8;
    private static final Duration REFRESH_TRAFFIC = Duration.ofSeconds(30);

    /** Before the token is dead: JWT and reply count in whole seconds, so that may be after 18 s. */
    private static final Duration OUTAGE = Duration.ofSeconds(2);

    private Scenarios() {}

    /** Everybody wants a token and there is none. */
    static void stampede() throws InterruptedException {
        Table.begin(
                STAMPEDE + " threads, nothing cached, an endpoint of 200 ms",
                "",
                "calls, 1 identity",
                "ms to last caller",
                "calls, 6 identities",
                "ms to last caller");
        for (Entrant entrant : Entrant.thatRenew()) {
            Rush one = rush(entrant, 1);
            Rush six = rush(entrant, Contender.IDENTITIES);
            Table.row(entrant.title(), one.calls(), Table.millis(one.nanos()), six.calls(), Table.millis(six.nanos()));
        }
    }

    private record Rush(Calls calls, long nanos) {}

    /** The first round is for the class loader and the compiler. Of the others, the median. */
    private static Rush rush(Entrant entrant, int identities) throws InterruptedException {
        rushOnce(entrant, identities);
        List<Rush> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            rounds.add(rushOnce(entrant, identities));
        }
        rounds.sort((a, b) -> Long.compare(a.nanos(), b.nanos()));
        return rounds.get(ROUNDS / 2);
    }

    private static Rush rushOnce(Entrant entrant, int identities) throws InterruptedException {
        try (Contender contender = entrant.start(Conditions.COLD)) {
            List<Source> sources = contender.sources(identities);
            List<Call> calls = Crowd.of(STAMPEDE, thread -> call(sources.get(thread % identities)));
            long first = calls.stream().mapToLong(Call::begun).min().orElseThrow();
            long last = calls.stream().mapToLong(Call::ended).max().orElseThrow();
            return new Rush(contender.upstream().calls(), last - first);
        }
    }

    private record Call(long begun, long ended) {}

    private static Callable<Call> call(Source source) {
        return () -> {
            long begun = System.nanoTime();
            source.token();
            return new Call(begun, System.nanoTime());
        };
    }

    /** Tokens end and are renewed while callers come and go. */
    static void refreshUnderTraffic() throws InterruptedException {
        Table.begin(
                CALLERS + " threads for " + REFRESH_TRAFFIC.toSeconds()
                        + " s, tokens due after 7.5 s and dead after 10 s, an endpoint of 200 ms",
                "",
                "calls by callers",
                "upstream",
                "waited ≥ 100 ms",
                "p99.9 ms",
                "longest ms",
                "failed");
        for (Entrant entrant : Entrant.thatRenew()) {
            try (Contender contender = entrant.start(Conditions.SHORT_LIVED)) {
                Source source = contender.sources().apply(0);
                source.token();
                Calls before = contender.upstream().calls();
                Traffic seen = Traffic.of(CALLERS, REFRESH_TRAFFIC, source);
                Table.row(
                        entrant.title(),
                        seen.nanos().size(),
                        contender.upstream().calls().since(before),
                        seen.waited(),
                        Table.millis(seen.percentile(0.999)),
                        Table.millis(seen.longest()),
                        seen.failed());
            }
        }
    }

    /** The endpoint is down in the last quarter of a token's life, and back before its end. */
    static void outage() throws InterruptedException {
        Table.begin(
                CALLERS + " threads for " + OUTAGE.toSeconds()
                        + " s, a token in the last quarter of its usable life, an endpoint that is down",
                "",
                "answered",
                "failed",
                "upstream");
        for (Entrant entrant : Entrant.thatRenew()) {
            // The first token of a new JVM takes a second, and that second is missing at the end.
            rushOnce(entrant, 1);
            try (Contender contender = entrant.start(Conditions.LAST_QUARTER)) {
                Source source = contender.sources().apply(0);
                source.token();
                Thread.sleep(15_100);
                contender.upstream().fail();
                Calls before = contender.upstream().calls();
                Traffic seen = Traffic.of(CALLERS, OUTAGE, source);
                Table.row(
                        entrant.title(),
                        seen.answered(),
                        seen.failed(),
                        contender.upstream().calls().since(before));
            }
        }
    }
}
