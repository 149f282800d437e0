// SPDX-License-Identifier: Apache-2.0
package example.app;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.TokenDemand;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.workload.TokenFileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A projected token that is replaced under way: no call fails, and none is served by a token that has been replaced. */
final class TokenFileReplacedTest {
    private static final String SUBJECT = "system:serviceaccount:prod:backend";
    private static final int THREADS = 8;
    private static final int ROUNDS = 25;
    private static final int REPLACEMENTS = 100;

    /** How a new token gets into place. */
    private interface Placing {
        void place(Path directory, String jwt, int generation) throws IOException;
    }

    private interface Replacing {
        void replace() throws IOException;
    }

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final LoopbackIdp cluster = LoopbackIdp.auth0().start();
    private final LoopbackDatabricks databricks = LoopbackDatabricks.builder().start();
    private final ServicePrincipal principal = databricks.servicePrincipal("backend");

    @AfterEach
    void stop() {
        threads.shutdownNow();
        databricks.close();
        cluster.close();
    }

    @Test
    void eightThreadsNeverSeeAFailureOrAnOldTokenWhileTheFileIsReplaced(@TempDir Path renamed, @TempDir Path linked)
            throws Exception {
        replaceUnderWay(renamed, TokenFileReplacedTest::rename);
        replaceUnderWay(linked, TokenFileReplacedTest::swapLink);
    }

    /** Without an exchanger, which would read the file once for all. */
    @Test
    void readersNeverMissTheFileWhileItIsReplaced(@TempDir Path renamed, @TempDir Path linked) throws Exception {
        assertThat(readWhileReplacing(renamed, TokenFileReplacedTest::rename)).isGreaterThanOrEqualTo(THREADS);
        assertThat(readWhileReplacing(linked, TokenFileReplacedTest::swapLink)).isGreaterThanOrEqualTo(THREADS);
    }

    private void replaceUnderWay(Path directory, Placing placing) throws Exception {
        databricks.policy(principal, policy());
        long before = databricks.exchanges();
        AtomicInteger mints = new AtomicInteger();
        TokenFileSource file = TokenFileSource.of(directory.resolve("token")).audience(Jwts.AUDIENCE);
        IdpTokenSource counted = () -> {
            mints.incrementAndGet();
            return file.mint();
        };
        placing.place(directory, jwt(0), 0);

        for (int round = 1; round <= ROUNDS; round++) {
            replaceOnce(exchanger(counted), directory, placing, round);
        }

        assertThat(mints.get())
                .as("one a round, two where the round began too early")
                .isBetween(ROUNDS, 2 * ROUNDS);
        assertThat(databricks.exchanges() - before).isEqualTo(mints.get());
        assertThat(databricks.exchangeRequests()).as("none was refused").isEqualTo(databricks.exchanges());
    }

    private void replaceOnce(DatabricksTokenExchanger exchanger, Path directory, Placing placing, int round)
            throws Exception {
        String next = jwt(round);

        List<DatabricksToken> served =
                inAllThreads(() -> exchanger.tokenFor(principal), () -> placing.place(directory, next, round));

        assertThat(served)
                .hasSize(THREADS)
                .allSatisfy(token -> assertThat(generation(token)).isIn(round - 1, round));
        assertThat(generation(exchanger.tokenFor(principal, afterReplacing(round))))
                .as("after the file was replaced")
                .isEqualTo(round);
    }

    private DatabricksTokenExchanger exchanger(IdpTokenSource source) {
        return DatabricksTokenExchanger.builder()
                .workspace(databricks.workspaceUrl().toString())
                .idpTokenSource(source)
                .build();
    }

    /** {@return how many times the file was read while it was replaced} */
    private int readWhileReplacing(Path directory, Placing placing) throws Exception {
        TokenFileSource file = TokenFileSource.of(directory.resolve("token"));
        AtomicBoolean over = new AtomicBoolean();
        placing.place(directory, Jwts.of("https://cluster.example.com", Jwts.AUDIENCE, "0"), 0);

        List<Integer> reads = inAllThreads(() -> readUntil(over, file), () -> {
            for (int i = 1; i <= REPLACEMENTS; i++) {
                placing.place(directory, Jwts.of("https://cluster.example.com", Jwts.AUDIENCE, "" + i), i);
            }
            over.set(true);
        });

        return reads.stream().mapToInt(Integer::intValue).sum();
    }

    /** Each reader sees the generations in the order they came. */
    private static int readUntil(AtomicBoolean over, TokenFileSource file) {
        int reads = 0;
        int last = 0;
        while (!over.get()) {
            int seen = Integer.parseInt(file.mint().subject());
            assertThat(seen).isGreaterThanOrEqualTo(last);
            last = seen;
            reads++;
        }
        assertThat(file.mint().subject()).isEqualTo("" + REPLACEMENTS);
        return reads + 1;
    }

    private <T> List<T> inAllThreads(Callable<T> call, Replacing meanwhile) throws Exception {
        CyclicBarrier together = new CyclicBarrier(THREADS + 1);
        List<Future<T>> calls = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            calls.add(threads.submit(() -> {
                together.await();
                return call.call();
            }));
        }
        together.await();
        meanwhile.replace();
        List<T> results = new ArrayList<>();
        for (Future<T> each : calls) {
            results.add(each.get());
        }
        return results;
    }

    private FederationPolicy policy() {
        return FederationPolicy.builder()
                .issuer(cluster.issuer())
                .audience(Jwts.AUDIENCE)
                .subject(SUBJECT)
                .build();
    }

    /** Only the token that was put into place last lives that long. */
    private static TokenDemand afterReplacing(int generation) {
        return TokenDemand.livingFor(lifetime(generation).minus(Duration.ofMinutes(5)));
    }

    /** Each token lives a quarter longer than the one before, so a Databricks token's end tells which it came from. */
    private String jwt(int generation) {
        return cluster.userToken(SUBJECT)
                .audience(Jwts.AUDIENCE)
                .expiresIn(lifetime(generation))
                .sign();
    }

    private static Duration lifetime(int generation) {
        return Duration.ofMinutes(Math.round(60 * Math.pow(1.25, generation)));
    }

    private static int generation(DatabricksToken token) {
        Duration left = Duration.between(Instant.now(), token.expiresAt()).plus(Duration.ofMinutes(5));
        int generation = 0;
        while (left.compareTo(lifetime(generation + 1)) >= 0) {
            generation++;
        }
        return generation;
    }

    private static void rename(Path directory, String jwt, int generation) throws IOException {
        Path next = Files.writeString(directory.resolve("next"), jwt + "\n");
        Files.move(next, directory.resolve("token"), ATOMIC_MOVE);
    }

    /** As the kubelet does it: a directory of its own, a link that is renamed into place, and the old directory goes. */
    private static void swapLink(Path directory, String jwt, int generation) throws IOException {
        Path data = Files.createDirectory(directory.resolve("..generation_" + generation));
        Files.writeString(data.resolve("token"), jwt);
        Path link = Files.createSymbolicLink(directory.resolve("..data_tmp"), data.getFileName());
        Files.move(link, directory.resolve("..data"), ATOMIC_MOVE);
        if (generation == 0) {
            Files.createSymbolicLink(directory.resolve("token"), Path.of("..data", "token"));
            return;
        }
        Path old = directory.resolve("..generation_" + (generation - 1));
        Files.delete(old.resolve("token"));
        Files.delete(old);
    }
}
