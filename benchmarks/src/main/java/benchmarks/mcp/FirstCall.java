// SPDX-License-Identifier: Apache-2.0
package benchmarks.mcp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long a new JVM takes to its first answer, handshake included. The clients take turns. */
public final class FirstCall {
    private static final int ROUNDS = 15;

    private record Start(double millis, double cpu) {}

    private FirstCall() {}

    /** Starts a JVM for each client and round. */
    public static void measure() throws IOException {
        Map<Peer, List<Start>> starts = new EnumMap<>(Peer.class);
        try (ServerProcess server = new ServerProcess()) {
            for (int round = 0; round < ROUNDS; round++) {
                for (Peer peer : Peer.values()) {
                    starts.computeIfAbsent(peer, none -> new ArrayList<>()).add(start(peer, server.port()));
                }
            }
        }
        System.out.println("\n| client | JVM start to first answer, ms: least | median | processor time, ms: median |"
                + "\n|---|---|---|---|");
        starts.forEach((peer, all) -> System.out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %,.0f | %,.0f |%n",
                peer.title(),
                Collections.min(all.stream().map(Start::millis).toList()),
                median(all.stream().map(Start::millis).toList()),
                median(all.stream().map(Start::cpu).toList())));
    }

    private static Start start(Peer peer, int port) throws IOException {
        long begun = System.nanoTime();
        Process process = ServerProcess.java(FirstCall.class, peer.name(), String.valueOf(port));
        double cpu = Double.parseDouble(ServerProcess.firstLine(process));
        double millis = (System.nanoTime() - begun) / 1e6;
        process.destroy();
        return new Start(millis, cpu);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /**
     * Makes one call, and says how much processor time it has taken since the JVM's start.
     *
     * @param arguments the client and the server's port
     */
    public static void main(String[] arguments) {
        Peer.valueOf(arguments[0]).start(Integer.parseInt(arguments[1])).call(Answer.JSON);
        System.out.println(ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toMillis());
        System.exit(0);
    }
}
