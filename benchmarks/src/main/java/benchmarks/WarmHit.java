// SPDX-License-Identifier: Apache-2.0
package benchmarks;

import java.util.concurrent.TimeUnit;
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
 * What it costs to be handed a token that is there. A fork holds one contender, so that no call site sees two.
 *
 * <p>Where threads outnumber processors it is hits of all threads together that are counted: the mean of each thread's
 * mean, which is what JMH calls average time, is ruled by the thread that waited longest for a processor.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WarmHit {
    /** All of them, unless the command line says which. */
    @Param
    private Entrant entrant;

    private Contender contender;
    private Source source;
    private Calls cold;

    /** Gets the token. */
    @Setup
    public void getToken() {
        contender = entrant.start(Conditions.WARM);
        source = contender.sources().apply(0);
        source.token();
        cold = contender.upstream().calls();
    }

    /** Stops the endpoint; what was measured were hits only if it was asked no more. */
    @TearDown
    public void close() {
        Calls since = contender.upstream().calls().since(cold);
        if (since.total() != 0) {
            throw new IllegalStateException(entrant + " asked for " + since + " tokens more while it had one");
        }
        contender.close();
    }

    /** {@return the token} */
    @Benchmark
    @Threads(1)
    public String threads01() {
        return source.token();
    }

    /** {@return the token} */
    @Benchmark
    @Threads(2)
    public String threads02() {
        return source.token();
    }

    /** {@return the token} */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    @Threads(8)
    public String threads08() {
        return source.token();
    }

    /** {@return the token} */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    @Threads(64)
    public String threads64() {
        return source.token();
    }
}
