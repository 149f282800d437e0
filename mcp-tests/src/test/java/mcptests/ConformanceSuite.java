// SPDX-License-Identifier: Apache-2.0
package mcptests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The protocol's own conformance suite, set upon {@link ConformanceClient}. */
final class ConformanceSuite {
    static final String PACKAGE = "@modelcontextprotocol/conformance";

    /** The newest version of each era. */
    static final List<String> VERSIONS = List.of("2025-11-25", "2026-07-28");

    /** What the client prints last. Some scenarios let it end as it likes; so a breakdown would pass for a refusal. */
    static final String AS_EXPECTED = "all was as expected";

    private static final Pattern LISTED = Pattern.compile(" +- (\\S+) \\[([^]]+)]");
    private static final Path HOME = Path.of("target/conformance").toAbsolutePath();
    private static final Duration LONGEST = Duration.ofSeconds(100);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final NodePackages packages;
    private final Path client;

    /**
     * What can be played.
     *
     * @param name its name
     * @param versions the protocol versions it belongs to; empty for an extension, which belongs to none
     */
    record Scenario(String name, List<String> versions) {
        /** {@return whether it can be played at this version} */
        boolean isOf(String version) {
            return versions.isEmpty() || versions.contains(version);
        }
    }

    /**
     * What came of it.
     *
     * @param passed whether the suite found nothing amiss, and something in order: where it saw nothing at all, it is content;
     *     and the client thinks so too
     */
    record Verdict(boolean passed) {}

    /**
     * One scenario, played.
     *
     * @param scenario what was played
     * @param version at which protocol version
     * @param verdict what came of it
     */
    record Played(Scenario scenario, String version, Verdict verdict) {}

    ConformanceSuite(NodePackages packages) {
        this.packages = packages;
        this.client = HOME.resolve("client.sh");
        try {
            Files.createDirectories(HOME);
            Files.deleteIfExists(client);
            Files.createFile(
                    client, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.writeString(client, script());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return all that this version of the suite has for clients} */
    List<Scenario> scenarios() {
        Path log = HOME.resolve("list.log");
        require(suite(log, List.of("list", "--client")) == 0, "the suite does not list its scenarios", log);
        List<Scenario> scenarios = new ArrayList<>();
        for (String line : read(log).split("\n")) {
            Matcher listed = LISTED.matcher(line);
            if (listed.matches()) {
                List<String> versions = List.of(listed.group(2).split(","));
                scenarios.add(
                        new Scenario(listed.group(1), versions.equals(List.of("extension")) ? List.of() : versions));
            }
        }
        require(scenarios.size() > 20, "the suite lists scenarios in another way than it did", log);
        return scenarios;
    }

    /** {@return what the suite thinks of the client, playing this at this version} */
    Played play(Scenario scenario, String version) {
        Path home = HOME.resolve(version).resolve(scenario.name().replace('/', '_'));
        Path log = home.resolve("suite.log");
        delete(home);
        List<String> arguments = new ArrayList<>(List.of("client", "--command", client.toString()));
        arguments.addAll(List.of("--scenario", scenario.name(), "--spec-version", version));
        arguments.addAll(List.of("--output-dir", home.toString(), "--timeout", "60000", "--force"));
        int status = suite(log, arguments);
        return new Played(scenario, version, new Verdict(status == 0 && checks(home) > 0 && asExpected(home)));
    }

    private int suite(Path log, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(packages.node(), packages.file(PACKAGE, "dist/index.js")));
        command.addAll(arguments);
        return Child.run(HOME, log, command, LONGEST);
    }

    /** Ends the suite's client with the suite: the shell becomes the JVM. */
    private static String script() {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return "#!/bin/sh\nexec '" + java + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '" + classPath + "' "
                + ConformanceClient.class.getName() + " \"$@\"\n";
    }

    /** None where the suite broke down itself, as it does in some scenarios before a client that presents another token. */
    private static int checks(Path home) {
        int good = 0;
        for (Path file : written(home, "checks.json")) {
            for (JsonNode check : json(file)) {
                good += check.path("status").asText().equals("SUCCESS") ? 1 : 0;
            }
        }
        return good;
    }

    private static boolean asExpected(Path home) {
        return written(home, "stdout.txt").stream().anyMatch(file -> read(file).contains(AS_EXPECTED));
    }

    private static List<Path> written(Path home, String name) {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(file -> file.endsWith(name)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        if (Files.exists(directory)) {
            try (Stream<Path> paths = Files.walk(directory)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void require(boolean truth, String otherwise, Path log) {
        if (!truth) {
            throw Child.failure(otherwise, log);
        }
    }
}
