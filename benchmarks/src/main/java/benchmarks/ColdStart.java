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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to get a token from nothing: a call to the identity provider and an exchange, over loopback HTTP with
 * kept connections. Most of it is the stand-ins' signing and verifying, which is the same for all.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 5)
@Measurement(iterations = 5, time = 3)
public class ColdStart {
    /** Those that make an exchange. */
    public enum Client {
        RAW_POSTS,
        EXCHANGER,
        DATABRICKS_SDK;

        private Source start(StandIns standIns) {
            return switch (this) {
                case RAW_POSTS -> RawPosts.cold(standIns);
                case EXCHANGER -> Exchanger.cold(standIns);
                case DATABRICKS_SDK -> DatabricksSdk.cold(standIns);
            };
        }
    }

    /** All of them, unless the command line says which. */
    @Param
    private Client client;

    private StandIns standIns;
    private Source source;

    /** Starts the stand-ins. */
    @Setup
    public void start() {
        standIns = new StandIns(Conditions.WARM);
        source = client.start(standIns);
    }

    /** Stops them. */
    @TearDown
    public void close() {
        standIns.close();
    }

    /** {@return a new token} */
    @Benchmark
    public String token() {
        return source.token();
    }
}
