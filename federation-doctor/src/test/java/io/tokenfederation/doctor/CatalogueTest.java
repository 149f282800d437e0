// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.Problem;
import io.tokenfederation.doctor.CatalogueRow.Basis;
import io.tokenfederation.doctor.CatalogueRow.Detection;
import io.tokenfederation.doctor.CatalogueRow.Means;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the catalogue is made to happen, and is called what the catalogue calls it. */
final class CatalogueTest {
    private static final Path ERRORS = Path.of("../docs/errors.md");

    private static final Set<Means> BEFORE_ANYTHING_IS_SENT = Set.of(Means.LOCALLY, Means.FROM_THE_SURROUNDINGS);

    @TempDir
    Path directory;

    static Stream<Provocation> provocations() {
        return Stream.of(
                        ClassicProvocations.ALL,
                        DatabricksProvocations.ALL,
                        SettingProvocations.ALL,
                        Auth0Provocations.ALL,
                        OktaProvocations.ALL,
                        EntraProvocations.ALL,
                        RuntimeProvocations.ALL,
                        IssuerProvocations.ALL)
                .flatMap(List::stream);
    }

    static List<CatalogueRow> rows() {
        return Catalogue.rows();
    }

    @ParameterizedTest
    @MethodSource("provocations")
    void mistakeIsCalledWhatTheCatalogueSays(Provocation provoked) throws Exception {
        try (Stage stage = new Stage(directory)) {
            Problem said = provoked.making().on(stage);

            assertThat(said.code()).isEqualTo(provoked.code());
            assertThat(said.mismatch()).isEqualTo(provoked.mismatch());
            assertThat(said.fix()).contains(provoked.inFix()).doesNotContain("%");
            assertThat(said.toString()).doesNotContain(Stage.SECRET).doesNotContain("eyJ");
            assertThat(Catalogue.forCode(said.code())).contains(Catalogue.row(provoked.row()));
            if (BEFORE_ANYTHING_IS_SENT.containsAll(
                    Catalogue.row(provoked.row()).detection().means())) {
                assertThat(stage.databricks.exchangeRequests()).isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyCodeOfEveryRowIsProvoked(CatalogueRow row) {
        Set<String> provoked = provocations()
                .filter(each -> each.row().equals(row.id()))
                .map(Provocation::code)
                .collect(Collectors.toSet());

        assertThat(provoked).isEqualTo(Set.copyOf(row.detection().codes()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyMismatchOfEveryRowIsProvoked(CatalogueRow row) {
        Set<Object> provoked = provocations()
                .filter(each -> each.row().equals(row.id()))
                .flatMap(each -> each.mismatch().stream())
                .collect(Collectors.toSet());

        assertThat(provoked).containsAll(row.detection().mismatches());
    }

    /** The words are the Databricks SDK's, the JDK's or a browser's own. */
    @Test
    void onlyRowsThatOthersSpeakOfHaveNoCode() {
        assertThat(Catalogue.rows())
                .filteredOn(row -> !row.detectable())
                .extracting(CatalogueRow::id)
                .containsExactly("G17", "G19", "G20", "G21");
    }

    @Test
    void rowsWithoutARecordedReplySayThatTheyAreInferred() {
        assertThat(Catalogue.rows())
                .filteredOn(row -> row.detection().basis() == Basis.INFERRED)
                .extracting(CatalogueRow::id)
                .containsExactly("G2", "G4", "G8", "G11", "A11", "O10", "E10");
    }

    /** What is found so is provoked without any server that refuses: token, variables and clocks are all there is to it. */
    @Test
    void rowsThatAreFoundWithoutAnyServersRefusalAreKnown() {
        assertThat(Catalogue.rows())
                .filteredOn(CatalogueRow::detectable)
                .filteredOn(row ->
                        BEFORE_ANYTHING_IS_SENT.containsAll(row.detection().means()))
                .extracting(CatalogueRow::id)
                .containsExactly(
                        "S1", "S5", "G4", "G12", "G13", "G14", "G15", "G16", "A1", "A8", "A10", "O3", "E10", "E11",
                        "W1", "W3", "W5", "W6", "W7", "W8", "W11", "W13", "W14", "W16");
    }

    @Test
    void thereAreEightyTwoRowsAndEachOnce() {
        List<String> expected = Stream.of(
                        numbered("S", 8),
                        numbered("G", 21),
                        numbered("A", 11),
                        numbered("O", 14),
                        numbered("E", 12),
                        numbered("W", 16))
                .flatMap(each -> each)
                .toList();

        assertThat(Catalogue.rows()).extracting(CatalogueRow::id).containsExactlyElementsOf(expected);
        assertThat(expected).hasSize(82);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyRowIsWhole(CatalogueRow row) {
        Detection detection = row.detection();

        assertThat(row.symptom().text()).isNotBlank();
        assertThat(row.cause()).endsWith(".");
        assertThat(detection.how()).endsWith(".");
        assertThat(row.remedy().fix()).endsWith(".");
        assertThat(row.remedy().example()).isNotBlank();
        assertThat(detection.codes().isEmpty()).isEqualTo(!row.detectable());
        assertThat(row.remedy().seeAlso())
                .doesNotContain(row.id())
                .allSatisfy(id -> assertThat(Catalogue.row(id)).isNotNull());
    }

    /** That page is compared with the codes themselves, module by module. */
    @ParameterizedTest
    @MethodSource("rows")
    void everyCodeStandsOnTheErrorsPage(CatalogueRow row) throws Exception {
        String page = Files.readString(ERRORS);

        assertThat(row.detection().codes()).allSatisfy(code -> assertThat(page).contains("| `" + code + "` |"));
    }

    @ParameterizedTest
    @EnumSource
    void everyCodeOfTheDoctorsBelongsToARow(DoctorCode code) {
        assertThat(Catalogue.forCode(code.name())).isNotEmpty();
    }

    @Test
    void rowsAreFoundByTheirCodes() {
        assertThat(Catalogue.forCode("AUTH0_API_NOT_FOUND")).containsExactly(Catalogue.row("A2"));
        assertThat(Catalogue.forCode("EXCHANGE_UNREACHABLE")).isEmpty();
        assertThatThrownBy(() -> Catalogue.row("Z1")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Stream<String> numbered(String letter, int last) {
        return IntStream.rangeClosed(1, last).mapToObj(number -> letter + number);
    }
}
