// SPDX-License-Identifier: Apache-2.0
package systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The hooks people copy into their identity providers: those on the pages are those that are tested. */
class PostLoginHookTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path ACTION = ROOT.resolve("docs/snippets/auth0-post-login.js");

    /** A block may stand within a list, and is then indented. */
    private static final Pattern SHOWN = Pattern.compile(
            "^( *)<!-- is (docs/snippets/\\S+) -->\\s+```\\w+\n(.*?)^ *```$", Pattern.DOTALL | Pattern.MULTILINE);

    /** Stands in for Auth0: runs the Action with an event, and prints each claim it sets. */
    private static final String AUTH0 = """
            const set = (token) => ({ setCustomClaim: (name, value) =>
                console.log(token + ' ' + name + '=' + JSON.stringify(value)) });
            require(process.argv[1])
                .onExecutePostLogin(JSON.parse(process.argv[2]), { accessToken: set('access'), idToken: set('id') })
                .catch((error) => { console.error(error); process.exit(1); });
            """;

    @Test
    void roleIsTheFirstOfTheOrderAndOnBothTokens() throws Exception {
        List<String> claims = claimsFor("""
                {"user": {"email": "sarah@partner.example", "email_verified": true,
                  "app_metadata": {"groups": ["sales-east", "x", "sales-west"], "company": "PartnerCorp"}}}
                """);

        assertThat(claims)
                .containsExactlyInAnyOrderElementsOf(Stream.of("access", "id")
                        .flatMap(token -> Stream.of(
                                token + " https://example.com/groups=[\"sales-east\",\"sales-west\"]",
                                token + " https://example.com/role=\"sales-west\"",
                                token + " https://example.com/company=\"PartnerCorp\"",
                                token + " https://example.com/email=\"sarah@partner.example\""))
                        .toList());
    }

    static Stream<String> withoutARole() {
        return Stream.of(
                "{\"user\": {}}",
                "{\"user\": {\"app_metadata\": null}}",
                "{\"user\": {\"app_metadata\": {}}}",
                "{\"user\": {\"app_metadata\": {\"groups\": []}}}",
                "{\"user\": {\"app_metadata\": {\"groups\": \"executives\"}}}",
                "{\"user\": {\"app_metadata\": {\"groups\": [\"Executives\", null, 1]}}}",
                // What people can write themselves.
                "{\"user\": {\"user_metadata\": {\"groups\": [\"executives\"]}}, \"request\": {\"query\": {\"role\": \"admin\"}}}");
    }

    @ParameterizedTest
    @MethodSource("withoutARole")
    void loginWithoutAKnownGroupSucceedsWithoutARole(String event) throws Exception {
        assertThat(claimsFor(event))
                .containsExactly("access https://example.com/groups=[]", "id https://example.com/groups=[]");
    }

    @Test
    void addressThatWasNotVerifiedIsNotPassedOn() throws Exception {
        assertThat(claimsFor("{\"user\": {\"email\": \"ceo@example.com\", \"email_verified\": false}}"))
                .noneMatch(claim -> claim.contains("ceo@example.com"));
    }

    @Test
    void snippetsOnThePagesAreTheFiles() throws IOException {
        List<Path> pages;
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            pages = files.filter(file -> file.toString().endsWith(".md")).toList();
        }
        int shown = 0;
        for (Path page : pages) {
            Matcher block = SHOWN.matcher(Files.readString(page));
            while (block.find()) {
                shown++;
                assertThat(block.group(3).replaceAll("(?m)^" + block.group(1), ""))
                        .as(page.getFileName() + " shows " + block.group(2))
                        .isEqualTo(Files.readString(ROOT.resolve(block.group(2))));
            }
        }
        try (Stream<Path> snippets = Files.list(ACTION.getParent())) {
            assertThat((long) shown).isGreaterThanOrEqualTo(snippets.count());
        }
    }

    private static List<String> claimsFor(String event) throws IOException, InterruptedException {
        Optional<Path> node = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "node"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(node.isPresent(), "there is no node on the PATH to run the Action");
        Process process = new ProcessBuilder(node.orElseThrow().toString(), "-e", AUTH0, ACTION.toString(), event)
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed.lines().toList();
    }
}
