// SPDX-License-Identifier: Apache-2.0
package benchmarks;

import benchmarks.mcp.AfterClose;
import benchmarks.mcp.FirstCall;
import benchmarks.mcp.McpBenchmark;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs them all, or the one that is named first: {@code warm}, {@code cold}, {@code stampede}, {@code refresh}, {@code
 * outage} of tokens; {@code mcp}, {@code mcp-first}, {@code mcp-closed} of MCP clients. What follows goes to JMH.
 */
public final class Benchmarks {
    private static final List<String> NAMES =
            List.of("warm", "cold", "stampede", "refresh", "outage", "mcp", "mcp-first", "mcp-closed");

    private Benchmarks() {}

    /**
     * Runs what is asked for.
     *
     * @param arguments a name or none, then JMH's options
     */
    public static void main(String[] arguments)
            throws RunnerException, CommandLineOptionException, InterruptedException, IOException {
        boolean one = arguments.length > 0 && NAMES.contains(arguments[0]);
        String[] options = one ? Arrays.copyOfRange(arguments, 1, arguments.length) : arguments;
        for (String name : one ? List.of(arguments[0]) : NAMES) {
            run(name, options);
        }
        // Some peers leave threads that are no daemons.
        System.exit(0);
    }

    private static void run(String name, String[] options)
            throws RunnerException, CommandLineOptionException, InterruptedException, IOException {
        switch (name) {
            case "warm" -> measure(WarmHit.class, options);
            case "cold" -> measure(ColdStart.class, options);
            case "stampede" -> Scenarios.stampede();
            case "refresh" -> Scenarios.refreshUnderTraffic();
            case "outage" -> Scenarios.outage();
            case "mcp" -> McpBenchmark.run(options);
            case "mcp-first" -> FirstCall.measure();
            case "mcp-closed" -> AfterClose.measure();
            default -> throw new IllegalArgumentException(name);
        }
    }

    private static void measure(Class<?> benchmark, String[] options)
            throws RunnerException, CommandLineOptionException {
        Options all = new OptionsBuilder()
                .parent(new CommandLineOptions(options))
                .include(benchmark.getName())
                .addProfiler(GCProfiler.class)
                .build();
        new Runner(all).run();
    }
}
