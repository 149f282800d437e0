// SPDX-License-Identifier: Apache-2.0
package sharingtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenfederation.testkit.SharedColumn;
import io.tokenfederation.testkit.SharedFile;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the testkit writes, an independent reader reads: every type, nulls anywhere, files of any length. */
class WrittenParquetTest {
    private static final List<SharedColumn> COLUMNS = List.of(
            SharedColumn.of("flag", "boolean"),
            SharedColumn.of("tiny", "byte"),
            SharedColumn.of("small", "short"),
            SharedColumn.of("medium", "integer"),
            SharedColumn.of("large", "long").required(),
            SharedColumn.of("single", "float"),
            SharedColumn.of("twice", "double"),
            SharedColumn.of("price", "decimal(9,2)"),
            SharedColumn.of("sum", "decimal(18,4)"),
            SharedColumn.of("exact", "decimal(38,10)"),
            SharedColumn.of("name", "string"),
            SharedColumn.of("bytes", "binary"),
            SharedColumn.of("day", "date"),
            SharedColumn.of("at", "timestamp"),
            SharedColumn.of("wall", "timestamp_ntz"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void everyTypeHasItsValuesAndItsKind() throws Exception {
        Map<String, Object> high = new LinkedHashMap<>();
        high.put("flag", true);
        high.put("tiny", Byte.MIN_VALUE);
        high.put("small", Short.MAX_VALUE);
        high.put("medium", Integer.MIN_VALUE);
        high.put("large", Long.MAX_VALUE);
        high.put("single", 1.5f);
        high.put("twice", -0.1);
        high.put("price", new BigDecimal("-1234567.89"));
        high.put("sum", new BigDecimal("12345678901234.5678"));
        high.put("exact", new BigDecimal("-1234567890123456789012345678.0123456789"));
        high.put("name", "Grüße 東京 🦆 'quoted'");
        high.put("bytes", "abc".getBytes(StandardCharsets.US_ASCII));
        high.put("day", LocalDate.parse("1899-12-31"));
        high.put("at", Instant.parse("2026-01-02T03:04:05.678901Z"));
        high.put("wall", LocalDateTime.parse("1969-12-31T23:59:59.999999"));
        Path file = written(List.of(high, Map.of("large", -1L)));

        try (Duck duck = new Duck()) {
            assertThat(duck.types(file))
                    .containsExactly(
                            "BOOLEAN",
                            "TINYINT",
                            "SMALLINT",
                            "INTEGER",
                            "BIGINT",
                            "FLOAT",
                            "DOUBLE",
                            "DECIMAL(9,2)",
                            "DECIMAL(18,4)",
                            "DECIMAL(38,10)",
                            "VARCHAR",
                            "BLOB",
                            "DATE",
                            "TIMESTAMP WITH TIME ZONE",
                            "TIMESTAMP");
            assertThat(duck.rows("SELECT * REPLACE (bytes::VARCHAR AS bytes, \"at\"::VARCHAR AS \"at\","
                            + " wall::VARCHAR AS wall) FROM " + Duck.table(List.of(file))))
                    .containsExactly(
                            "true|-128|32767|-2147483648|9223372036854775807|1.5|-0.1|-1234567.89|12345678901234.5678"
                                    + "|-1234567890123456789012345678.0123456789|Grüße 東京 🦆 'quoted'|abc|1899-12-31"
                                    + "|2026-01-02 03:04:05.678901+00|1969-12-31 23:59:59.999999",
                            "NULL|NULL|NULL|NULL|-1|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL");
        }
    }

    @Test
    void nullsComeInAnyPatternAndFilesInAnyLength() throws Exception {
        for (int rows : new int[] {0, 1, 7, 8, 9, 63, 64, 1000, 20_000}) {
            List<Map<String, Object>> written = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                Map<String, Object> values = new LinkedHashMap<>(Map.of("large", (long) row));
                if (row % 3 != 0) {
                    values.put("name", "row " + row);
                }
                if (row % 5 < 2) {
                    values.put("flag", row % 2 == 0);
                }
                written.add(values);
            }
            Path file = written(written);

            try (Duck duck = new Duck()) {
                assertThat(duck.rows("SELECT large, name, flag FROM " + Duck.table(List.of(file))))
                        .hasSize(rows)
                        .containsExactlyElementsOf(written.stream()
                                .map(row ->
                                        row.get("large") + "|" + text(row.get("name")) + "|" + text(row.get("flag")))
                                .toList());
            }
        }
    }

    @Test
    void statisticsAreWhatTheReaderCounts() throws Exception {
        List<Map<String, Object>> rows = List.of(
                Map.of("large", 5L, "name", "b", "day", LocalDate.parse("2026-01-02")),
                Map.of("large", -3L, "name", "a"),
                Map.of("large", 4L));
        SharedFile file = SharedFile.ofRows(COLUMNS, rows);
        Path path = Files.write(folder.resolve(file.id()), file.content());
        JsonNode stats = new ObjectMapper().readTree(file.stats().orElseThrow());

        try (Duck duck = new Duck()) {
            assertThat(duck.rows("SELECT count(*), min(large), max(large), min(name), max(name), min(day),"
                            + " count(*) - count(name), count(*) - count(day) FROM " + Duck.table(List.of(path))))
                    .containsExactly(String.join(
                            "|",
                            stats.path("numRecords").asText(),
                            stats.path("minValues").path("large").asText(),
                            stats.path("maxValues").path("large").asText(),
                            stats.path("minValues").path("name").asText(),
                            stats.path("maxValues").path("name").asText(),
                            stats.path("minValues").path("day").asText(),
                            stats.path("nullCount").path("name").asText(),
                            stats.path("nullCount").path("day").asText()));
        }
    }

    private Path written(List<? extends Map<String, ?>> rows) throws Exception {
        SharedFile file = SharedFile.ofRows(COLUMNS, rows);
        return Files.write(folder.resolve(file.id() + ".parquet"), file.content());
    }

    private static String text(@Nullable Object value) {
        return value == null ? "NULL" : value.toString();
    }
}
