// SPDX-License-Identifier: Apache-2.0
package mcptests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The server of the protocol's own makers that has every feature (npm {@code server-everything}), on 127.0.0.1 in a process
 * of its own. Its log is target/everything-PORT.log.
 */
final class EverythingServer implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final int port;
    private Child process;

    /** Gives tests the one server of this run, started by the first that asks and stopped after the last. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == EverythingServer.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(EverythingServer.class))
                    .computeIfAbsent(EverythingServer.class, key -> start(), EverythingServer.class);
        }
    }

    private EverythingServer(int port) {
        this.port = port;
        this.process = launched(port);
    }

    static EverythingServer start() {
        return new EverythingServer(freePort());
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port + "/mcp");
    }

    /** Ends it and starts it again at the same address: it knows none of its sessions any longer. */
    void restart() {
        process.close();
        process = launched(port);
    }

    @Override
    public void close() {
        process.close();
    }

    private static Child launched(int port) {
        NodePackages packages = NodePackages.install();
        String script = packages.file("@modelcontextprotocol/server-everything", "dist/index.js");
        Path target = Path.of("target").toAbsolutePath();
        Child process = Child.start(
                target,
                target.resolve("everything-" + port + ".log"),
                Map.of("PORT", String.valueOf(port)),
                List.of(packages.node(), script, "streamableHttp"));
        long begun = System.nanoTime();
        while (!listens(port)) {
            if (process.endsWithin(BETWEEN_LOOKS)) {
                throw process.failure("the server has ended");
            }
            if (System.nanoTime() - begun > READY_WITHIN.toNanos()) {
                process.close();
                throw process.failure("the server was not ready within " + READY_WITHIN);
            }
        }
        return process;
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
