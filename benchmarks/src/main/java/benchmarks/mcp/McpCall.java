// SPDX-License-Identifier: Apache-2.0
package benchmarks.mcp;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to call a tool, over loopback HTTP with kept connections. A fork holds one client, whose compiled code no
 * other has shaped. The warm-up is long because the JVM goes on compiling these long chains of calls for that long.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 5)
@Measurement(iterations = 3, time = 5)
public class McpCall {
    /** What is asked for. */
    @Param
    private Answer answer;

    /** All of them, unless the command line says which. */
    @Param
    private Peer peer;

    private final LongAdder madeAgain = new LongAdder();
    private ServerProcess server;
    private ToolCalls calls;

    /** Starts the server, and makes the first call, so that the session is there. */
    @Setup
    public void start() {
        server = new ServerProcess();
        calls = peer.start(server.port());
        int found = calls.call(answer);
        if (found != ToolCalls.expected(answer)) {
            throw new IllegalStateException(peer + " found " + found);
        }
    }

    /** Stops it. */
    @TearDown
    public void close() {
        calls.close();
        server.close();
        System.out.println("calls made again: " + madeAgain.sum());
    }

    /** The JDK's client now and then closes a connection it has just given to a request, whoever uses it. */
    private int call() {
        try {
            return calls.call(answer);
        } catch (RuntimeException e) {
            madeAgain.increment();
            return calls.call(answer);
        }
    }

    /** {@return how much it found} */
    @Benchmark
    @Threads(1)
    public int threads01() {
        return call();
    }

    /** {@return how much it found} */
    @Benchmark
    @Threads(16)
    public int threads16() {
        return call();
    }

    /** {@return how much it found} */
    @Benchmark
    @Threads(64)
    public int threads64() {
        return call();
    }
}
