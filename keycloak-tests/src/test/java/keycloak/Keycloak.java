// SPDX-License-Identifier: Apache-2.0
package keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A real Keycloak on 127.0.0.1, in a process of its own. It keeps its database in a file while it is stopped, so realms
 * and their keys survive a restart, and forgets it when a new one is made.
 */
public final class Keycloak implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(4);
    private static final Duration BUILT_WITHIN = Duration.ofMinutes(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private static final Map<String, String> JVM = Map.of(
            "JAVA",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "JAVA_OPTS_KC_HEAP",
            "-Xms64m -Xmx512m");

    private static final List<String> BUILD_OPTIONS = List.of("--db=dev-file", "--cache=local");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Path home;
    private final Path log;
    private final URI url;
    private final AdminApi admin;
    private final String adminPassword = UUID.randomUUID().toString();
    private Command server;

    private Keycloak(Path home) throws IOException {
        this.home = home;
        this.log = home.resolveSibling("keycloak.log");
        this.url = URI.create("http://127.0.0.1:" + freePort());
        this.admin = new AdminApi(http, url, "admin", adminPassword);
        Files.deleteIfExists(log);
        delete(home.resolve("data"));
        build();
        this.server = serve();
        awaitReady(() -> {});
    }

    /**
     * Starts the Keycloak that the build has unpacked.
     *
     * @return once it answers
     */
    static Keycloak unpackedByTheBuild() {
        try {
            return new Keycloak(Path.of(System.getProperty("keycloak.home")).toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Creates a realm.
     *
     * @param name its name, new to this Keycloak
     */
    public Realm realm(String name) {
        return Realm.create(admin, url, name);
    }

    /** Stops it, as an operator would: it closes its database. */
    public void stop() {
        server.stop();
    }

    /**
     * Starts it again at the same address.
     *
     * @param meanwhile done again and again until it answers
     */
    public void start(Runnable meanwhile) {
        server = serve();
        awaitReady(meanwhile);
    }

    @Override
    public void close() {
        stop();
    }

    /** Without this, the first start would do the same, each start would check it, and a second JVM would run. */
    private void build() throws IOException {
        Path done = home.resolve("built-with");
        String options = String.join(" ", BUILD_OPTIONS);
        if (Files.exists(done) && Files.readString(done).equals(options)) {
            return;
        }
        Command build = Command.start(
                home,
                log,
                JVM,
                Stream.concat(Stream.of("build"), BUILD_OPTIONS.stream()).toList());
        if (!build.endsWithin(BUILT_WITHIN)) {
            build.stop();
            throw build.failure("kc.sh build took longer than " + BUILT_WITHIN);
        }
        if (build.exitCode() != 0) {
            throw build.failure("kc.sh build ended with " + build.exitCode());
        }
        Files.writeString(done, options);
    }

    private Command serve() {
        Map<String, String> environment = new HashMap<>(JVM);
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", adminPassword);
        return Command.start(
                home,
                log,
                environment,
                List.of(
                        "start",
                        "--optimized",
                        "--http-enabled=true",
                        "--http-host=127.0.0.1",
                        "--http-port=" + url.getPort(),
                        "--hostname=" + url));
    }

    private void awaitReady(Runnable meanwhile) {
        long start = System.nanoTime();
        while (!answers()) {
            meanwhile.run();
            if (server.endsWithin(BETWEEN_LOOKS)) {
                throw server.failure("Keycloak ended with " + server.exitCode());
            }
            if (System.nanoTime() - start > READY_WITHIN.toNanos()) {
                server.stop();
                throw server.failure("Keycloak was not ready within " + READY_WITHIN);
            }
        }
    }

    private boolean answers() {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/realms/master"))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            // Not listening yet.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Keycloak", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> paths = Files.walk(directory)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
