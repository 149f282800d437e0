// SPDX-License-Identifier: Apache-2.0
package benchmarks.mcp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What is left of clients that were used and closed: threads of the JVM, connections at the server. */
public final class AfterClose {
    private static final int CLIENTS = 30;

    private AfterClose() {}

    /** Starts a JVM for each client. */
    public static void measure() throws IOException {
        System.out.println("\n| " + CLIENTS + " clients used and closed | more threads, clients held | connections"
                + " | the same after a collection | connections"
                + " | more threads, clients dropped | connections |\n|---|---|---|---|---|---|---|");
        for (Peer peer : List.of(Peer.OURS, Peer.OURS_LEGACY, Peer.OFFICIAL_SDK)) {
            System.out.println("| " + peer.title() + " | "
                    + ServerProcess.firstLine(ServerProcess.java(AfterClose.class, peer.name())) + " |");
        }
    }

    /**
     * Uses and closes the clients, and counts.
     *
     * @param arguments the client
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (ServerProcess server = new ServerProcess()) {
            int before = Thread.activeCount();
            List<ToolCalls> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                ToolCalls client = Peer.valueOf(arguments[0]).start(server.port());
                client.call(Answer.JSON);
                clients.add(client);
            }
            clients.forEach(ToolCalls::close);
            TimeUnit.SECONDS.sleep(3);
            String atOnce = counted(server, before);
            collect();
            String held = counted(server, before);
            clients.clear();
            collect();
            System.out.println(atOnce + " | " + held + " | " + counted(server, before));
        }
        System.exit(0);
    }

    private static void collect() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private static String counted(ServerProcess server, int before) throws IOException {
        return Thread.activeCount() - before + " | " + server.connections();
    }
}
