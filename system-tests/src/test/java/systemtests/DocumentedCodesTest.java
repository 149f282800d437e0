// SPDX-License-Identifier: Apache-2.0
package systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.MismatchCause;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every code stands on its pages, where it can in its own words. */
class DocumentedCodesTest {
    @ParameterizedTest
    @EnumSource
    void everyCodeStandsOnTheErrorsPageInItsOwnWords(ErrorCode code) throws IOException {
        assertThat(DocumentsTest.read("docs/errors.md"))
                .contains("| `" + code + "` | " + (code.retryable() ? "yes" : "no") + " | " + code.meaning() + " | "
                        + code.fix() + " |");
    }

    @Test
    void everyCodeOfTheMcpClientStandsOnTheErrorsPage() throws ReflectiveOperationException, IOException {
        Object[] codes = Class.forName("io.tokenfederation.mcp.McpErrorCode").getEnumConstants();

        assertThat(codes).isNotEmpty();
        assertThat(DocumentsTest.read("docs/errors.md"))
                .contains(Arrays.stream(codes).map(code -> "`" + code + "`").toList());
    }

    @Test
    void everyCodeOfTheAuth0ModuleStandsOnBothPages() throws IOException {
        List<String> codes = Pattern.compile("\"(AUTH0_[A-Z_]+)\"")
                .matcher(DocumentsTest.read(
                        "federation-idp-auth0/src/main/java/io/tokenfederation/auth0/Auth0Refusals.java"))
                .results()
                .map(code -> "`" + code.group(1) + "`")
                .toList();

        assertThat(codes).isNotEmpty();
        assertThat(DocumentsTest.read("docs/errors.md")).contains(codes);
        assertThat(DocumentsTest.read("docs/auth0.md")).contains(codes);
    }

    /** Each row in the code's own words; and each code on the page of a runtime. */
    @Test
    void everyCodeOfTheWorkloadModuleStandsOnBothPages() throws ReflectiveOperationException, IOException {
        Class<?> type = Class.forName("io.tokenfederation.workload.WorkloadErrorCode");
        String errors = DocumentsTest.read("docs/errors.md");
        String runtimes = "";
        for (String page : List.of("github-actions", "gitlab", "azure-devops", "circleci", "kubernetes")) {
            runtimes += DocumentsTest.read("docs/" + page + ".md");
        }

        assertThat(type.getEnumConstants()).isNotEmpty();
        for (Object code : type.getEnumConstants()) {
            String row = "| `" + code + "` | " + (field(code, "retryable").equals(true) ? "yes" : "no") + " | ";
            assertThat(errors).contains(row);
            assertThat(errors.substring(errors.indexOf(row)).lines().findFirst())
                    .hasValueSatisfying(line -> assertThat(line).endsWith(" | " + field(code, "fix") + " |"));
            assertThat(runtimes).contains("`" + code + "`");
        }
    }

    @Test
    void everyCauseOfAMismatchStandsOnThePoliciesPage() throws IOException {
        assertThat(DocumentsTest.read("docs/policies.md"))
                .contains(Arrays.stream(MismatchCause.values())
                        .map(cause -> "`" + cause + "`")
                        .toList());
    }

    /** In its own words, as those of the core. */
    @ParameterizedTest
    @ValueSource(strings = {"DoctorCode", "CheckCode"})
    void everyCodeOfTheDoctorStandsOnTheErrorsPage(String type) throws ReflectiveOperationException, IOException {
        Object[] codes = Class.forName("io.tokenfederation.doctor." + type).getEnumConstants();
        String errors = DocumentsTest.read("docs/errors.md");

        assertThat(codes).isNotEmpty();
        for (Object code : codes) {
            String retry = field(code, "retryable").equals(true) ? "yes" : "no";
            assertThat(errors)
                    .contains("| `" + code + "` | " + retry + " | " + field(code, "meaning") + " | "
                            + field(code, "fix") + " |");
        }
    }

    /** Each row in the code's own words. */
    @ParameterizedTest
    @ValueSource(strings = {"policy.PolicyErrorCode", "deltasharing.SharingErrorCode"})
    void everyCodeOfPoliciesAndSharesStandsOnTheErrorsPage(String type)
            throws ReflectiveOperationException, IOException {
        Object[] codes = Class.forName("io.tokenfederation." + type).getEnumConstants();
        List<String> rows = DocumentsTest.read("docs/errors.md").lines().toList();

        assertThat(codes).isNotEmpty();
        for (Object code : codes) {
            String begin = "| `" + code + "` | " + (field(code, "retryable").equals(true) ? "yes" : "no") + " | ";
            assertThat(rows)
                    .as(code.toString())
                    .anyMatch(row -> row.startsWith(begin) && row.endsWith(" | " + field(code, "fix") + " |"));
        }
    }

    /** Each row in the code's own words; and each code on the page of the login. */
    @Test
    void everyCodeOfAPersonsLoginStandsOnBothPages() throws ReflectiveOperationException, IOException {
        Object[] codes =
                Class.forName("io.tokenfederation.deltasharing.LoginErrorCode").getEnumConstants();
        List<String> rows = DocumentsTest.read("docs/errors.md").lines().toList();

        assertThat(codes).isNotEmpty();
        for (Object code : codes) {
            String begin = "| `" + code + "` | " + (field(code, "retryable").equals(true) ? "yes" : "no") + " | ";
            assertThat(rows)
                    .as(code.toString())
                    .anyMatch(row -> row.startsWith(begin) && row.endsWith(" | " + field(code, "fix") + " |"));
        }
        assertThat(DocumentsTest.read("docs/delta-sharing-login.md"))
                .contains(Arrays.stream(codes).map(code -> "`" + code + "`").toList());
    }

    @Test
    void everyCodeOfTheOktaModuleStandsOnTheErrorsPage() throws IOException {
        List<String> codes = codesIn("federation-idp-okta/src/main/java/io/tokenfederation/okta", "OKTA_");
        Set<String> passing = Set.of("`OKTA_ASSERTION_REUSED`", "`OKTA_UNAVAILABLE`", "`OKTA_RATE_LIMITED`");

        assertThat(codes).containsAll(passing);
        assertThat(DocumentsTest.read("docs/errors.md"))
                .contains(codes.stream()
                        .map(code -> "| " + code + " | " + (passing.contains(code) ? "yes" : "no") + " |")
                        .toList());
        assertThat(codesOn("docs/errors.md", "OKTA_")).isEqualTo(Set.copyOf(codes));
        assertThat(Set.copyOf(codes)).containsAll(codesOn("docs/okta.md", "OKTA_"));
    }

    @Test
    void everyCodeOfTheEntraModuleStandsOnBothPages() throws IOException {
        List<String> codes = new ArrayList<>();
        Path sources = DocumentsTest.ROOT.resolve("federation-idp-entra/src/main/java/io/tokenfederation/entra");
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.toList()) {
                // Not the prefixes, which end in an underscore.
                Pattern.compile("\"(ENTRA_[A-Z_]*[A-Z])\"")
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(code -> codes.add("`" + code.group(1) + "`"));
            }
        }

        assertThat(codes).hasSizeGreaterThan(20);
        assertThat(DocumentsTest.read("docs/errors.md")).contains(codes);
        assertThat(DocumentsTest.read("docs/entra.md")).contains(codes);
    }

    private static Object field(Object code, String name) {
        try {
            Field field = code.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(code);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static List<String> codesIn(String directory, String prefix) throws IOException {
        try (Stream<Path> sources = Files.list(DocumentsTest.ROOT.resolve(directory))) {
            StringBuilder text = new StringBuilder();
            for (Path source : sources.toList()) {
                text.append(Files.readString(source));
            }
            return Pattern.compile("\"(" + prefix + "[A-Z_]+)\"")
                    .matcher(text)
                    .results()
                    .map(code -> "`" + code.group(1) + "`")
                    .distinct()
                    .toList();
        }
    }

    private static Set<String> codesOn(String page, String prefix) throws IOException {
        return Pattern.compile("`" + prefix + "[A-Z_]+`")
                .matcher(DocumentsTest.read(page))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }
}
