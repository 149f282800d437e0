// SPDX-License-Identifier: Apache-2.0
package mcptests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What npm has installed below {@code target}: Node itself and what runs on it, in the versions package.json names. */
final class NodePackages {
    private static final Path PINNED = Path.of("src/test/node/package.json");
    private static final Path HOME = Path.of("target/npm");
    private static final Path LOG = Path.of("target/npm.log");
    private static final ObjectMapper JSON = new ObjectMapper();

    private NodePackages() {}

    /** Installs them, unless those very versions are there. */
    static NodePackages install() {
        try {
            NodePackages packages = new NodePackages();
            if (packages.missing()) {
                Files.createDirectories(HOME);
                Files.copy(PINNED, HOME.resolve("package.json"), StandardCopyOption.REPLACE_EXISTING);
                // The machine's own npm may be younger than its Node and older than these packages: neither matters
                // here.
                npm("install", "--no-package-lock", "--no-audit", "--no-fund", "--no-progress");
            }
            if (packages.missing()) {
                throw Child.failure("npm has not installed what " + PINNED + " names", LOG);
            }
            return packages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the Node that was installed, not the machine's} */
    String node() {
        return HOME.resolve("node_modules/node/bin/node").toAbsolutePath().toString();
    }

    /** {@return the path of a package's file} */
    String file(String name, String path) {
        return HOME.resolve("node_modules")
                .resolve(name)
                .resolve(path)
                .toAbsolutePath()
                .toString();
    }

    /** {@return the version that is installed; empty if none is} */
    String version(String name) {
        try {
            Path description = HOME.resolve("node_modules").resolve(name).resolve("package.json");
            return Files.exists(description)
                    ? JSON.readTree(description.toFile()).path("version").asText()
                    : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean missing() throws IOException {
        JsonNode pinned = JSON.readTree(PINNED.toFile()).path("dependencies");
        return !Files.isExecutable(Path.of(node()))
                || pinned.properties().stream()
                        .anyMatch(each ->
                                !version(each.getKey()).equals(each.getValue().asText()));
    }

    private static void npm(String... arguments) {
        List<String> command = new ArrayList<>(List.of("npm"));
        command.addAll(List.of(arguments));
        int status = Child.run(HOME, LOG.toAbsolutePath(), command, Duration.ofMinutes(5));
        if (status == 127) {
            throw new IllegalStateException("npm is not installed: on Debian, apt-get install nodejs npm");
        }
        if (status != 0) {
            throw Child.failure("npm ended with " + status, LOG);
        }
    }
}
