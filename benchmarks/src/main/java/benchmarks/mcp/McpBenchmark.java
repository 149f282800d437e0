// SPDX-License-Identifier: Apache-2.0
package benchmarks.mcp;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Statistics;

/** Runs {@link McpCall} and prints a table of it, each client beside the raw one. */
public final class McpBenchmark {
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    /** One client at one line of the table. */
    private record Measured(BenchmarkParams params, double calls, Statistics micros, double cpu, double bytes) {
        static Measured of(RunResult run) {
            Statistics micros = run.getPrimaryResult().getStatistics();
            BenchmarkParams params = run.getParams();
            // Each thread is always in a call, so that many calls are done in the time of one.
            double calls = params.getThreads() * 1e6 / micros.getMean();
            return new Measured(params, calls, micros, beside(run, ProcessorTime.NAME), beside(run, ALLOCATION));
        }

        private static double beside(RunResult run, String name) {
            return requireNonNull(run.getSecondaryResults().get(name), name).getScore();
        }

        String line() {
            return params.getParam("answer") + " | " + params.getThreads();
        }

        Peer peer() {
            return Peer.valueOf(params.getParam("peer"));
        }

        String row(Measured raw) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %,.0f | %.2f | %,.0f | %,.0f | %,.0f | %,.0f | %.2f |",
                    line(),
                    peer().title(),
                    calls,
                    calls / raw.calls,
                    micros.getPercentile(50),
                    micros.getPercentile(99),
                    cpu,
                    bytes,
                    bytes / raw.bytes);
        }
    }

    private McpBenchmark() {}

    /**
     * Runs it.
     *
     * @param options JMH's options
     */
    public static void run(String... options) throws RunnerException, CommandLineOptionException {
        Collection<RunResult> runs = new Runner(new OptionsBuilder()
                        .parent(new CommandLineOptions(options))
                        .include(McpCall.class.getName())
                        .addProfiler(GCProfiler.class)
                        .addProfiler(ProcessorTime.class)
                        .build())
                .run();
        print(runs.stream().map(Measured::of).toList());
    }

    private static void print(List<Measured> all) {
        System.out.println(
                "\n| answer | threads | client | calls/s | of raw | p50, µs | p99, µs | processor, µs | bytes"
                        + " | of raw |\n" + "|---".repeat(10) + "|");
        Map<String, Measured> raw = all.stream()
                .filter(one -> one.peer() == Peer.RAW)
                .collect(Collectors.toMap(Measured::line, Function.identity()));
        all.stream()
                .sorted(Comparator.comparing((Measured one) -> Answer.valueOf(one.params.getParam("answer")))
                        .thenComparing(one -> one.params.getThreads())
                        .thenComparing(Measured::peer))
                .forEach(one -> System.out.println(one.row(raw.getOrDefault(one.line(), one))));
    }
}
