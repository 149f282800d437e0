// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import example.app.Web.Answer;
import io.tokenfederation.testkit.SharedFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions, changes, pages and hints. The table: 0 empty, 1 two files, 2 one of them gone, 3 the other rewritten. */
class LoopbackSharingHistoryTest {
    private final Sharing sharing = new Sharing();

    @BeforeEach
    void change() {
        List<SharedFile> files = sharing.orders.files();
        sharing.clock.advance(Duration.ofHours(1));
        sharing.orders.remove(files.get(1));
        sharing.clock.advance(Duration.ofHours(1));
        SharedFile after =
                SharedFile.of(new byte[] {1}).partition("region", "west").rows(1);
        SharedFile changes = SharedFile.of(new byte[] {2}).partition("region", "west");
        sharing.orders.rewrite(files.get(0), after, changes);
    }

    @AfterEach
    void close() {
        sharing.close();
    }

    @ParameterizedTest
    @CsvSource({
        "version, 0, 0, 0",
        "version, 1, 1, 2",
        "version, 2, 2, 1",
        "timestamp, 2026-01-02T03:04:05Z, 1, 2",
        "timestamp, 2026-01-02T05:00:00+01:00, 1, 2",
        "timestamp, 2026-01-02 04:04:05, 2, 1",
        "timestamp, 2026-01-02 05:04:05.0, 3, 1"
    })
    void aVersionIsFoundByItsNumberAndByTime(String name, String value, String version, int files) throws Exception {
        Object asked = name.equals("version") ? Long.valueOf(value) : value;
        Answer answer = sharing.query(Map.of(name, asked));

        assertThat(answer.header("delta-table-version")).isEqualTo(version);
        assertThat(Sharing.lines(answer, "file")).hasSize(files).allMatch(file -> file.has("version"));
        assertThat(Sharing.lines(answer, "metaData").get(0).path("version").asText())
                .isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\":4}",
                "{\"timestamp\":\"2026-01-02T05:04:06Z\"}",
                "{\"timestamp\":\"now\"}",
                "{\"timestamp\":\"2026-01-02T03:04:04Z\"}",
                "{\"startingVersion\":4}",
                "{\"version\":-1}",
                "{\"startingVersion\":2,\"endingVersion\":1}",
                "{\"maxFiles\":0}",
                "{\"pageToken\":\"x\"}"
            })
    void whatIsNotThereIsRefused(String body) throws Exception {
        Map<String, Object> asked = new HashMap<>();
        Web.json(body).properties().forEach(entry -> asked.put(entry.getKey(), entry.getValue()));

        assertThat(sharing.query(asked).json().path("errorCode").asText()).isEqualTo("INVALID_PARAMETER_VALUE");
    }

    @Test
    void aVersionStartsAtOrAfterATime() throws Exception {
        assertThat(sharing.get(Sharing.ORDERS + "/version?startingTimestamp=2026-01-02T03:30:00Z")
                        .header("delta-table-version"))
                .isEqualTo("2");
    }

    @Test
    void filesSinceAVersionComeAndGo() throws Exception {
        Answer since = sharing.query(Map.of("startingVersion", 1));

        assertThat(since.header("delta-table-version")).isEqualTo("1");
        assertThat(Sharing.lines(since, "add")).hasSize(3);
        assertThat(Sharing.lines(since, "remove")).hasSize(2);
        assertThat(Sharing.lines(since, "cdf")).isEmpty();
    }

    @Test
    void changesTellRowsWhereTheyAreTold() throws Exception {
        Answer changes = sharing.get(Sharing.ORDERS + "/changes?startingVersion=2&endingVersion=3");

        assertThat(Sharing.lines(changes, "remove")).hasSize(1);
        assertThat(Sharing.lines(changes, "add")).isEmpty();
        JsonNode row = Sharing.lines(changes, "cdf").get(0);
        assertThat(row.path("version").asInt()).isEqualTo(3);
        assertThat(row.path("timestamp").asLong())
                .isEqualTo(FakeClock.START.plus(Duration.ofHours(2)).toEpochMilli());
    }

    @Test
    void changesOfTheFormatDeltaAreActionsOfItsLog() throws Exception {
        Answer changes = sharing.get(
                Sharing.ORDERS + "/changes?startingVersion=2",
                sharing.token().sign(),
                "delta-sharing-capabilities",
                "responseformat=delta");

        assertThat(Sharing.lines(changes, "file"))
                .extracting(file -> file.path("deltaSingleAction").fieldNames().next())
                .containsExactly("remove", "cdc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?startingVersion=1&startingTimestamp=2026-01-02T03:04:05Z",
                "?startingVersion=4",
                "?startingVersion=2&endingVersion=1",
                "?startingVersion=x"
            })
    void changesHaveABeginningThatIsThere(String query) throws Exception {
        assertThat(sharing.get(Sharing.ORDERS + "/changes" + query)
                        .json()
                        .path("errorCode")
                        .asText())
                .isEqualTo("INVALID_PARAMETER_VALUE");
    }

    @Test
    void historyThatIsNotSharedIsRefused() throws Exception {
        sharing.orders.historyShared(false);

        assertThat(sharing.query(Map.of("version", 1)).status()).isEqualTo(400);
        assertThat(sharing.get(Sharing.ORDERS + "/changes?startingVersion=1").status())
                .isEqualTo(400);
        assertThat(sharing.query(Map.of()).status()).isEqualTo(200);
    }

    @Test
    void pagesAreOfOneVersionWhateverHappensMeanwhile() throws Exception {
        for (int i = 0; i < 4; i++) {
            sharing.orders.append(List.of(Map.of("id", 10L + i, "region", "north")));
        }
        List<String> ids = new ArrayList<>();
        Map<String, Object> body = new HashMap<>(Map.of("maxFiles", 2));
        String next;
        do {
            Answer page = sharing.query(body);
            Sharing.lines(page, "file").forEach(file -> ids.add(file.path("id").asText()));
            next = Sharing.lines(page, "endStreamAction")
                    .get(0)
                    .path("nextPageToken")
                    .asText();
            body.put("pageToken", next);
            sharing.orders.append(List.of(Map.of("id", 99L, "region", "north")));
        } while (!next.isEmpty());

        assertThat(ids).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void aPageTokenIsOfOneQuery() throws Exception {
        sharing.orders.append(List.of(Map.of("id", 10L, "region", "north")));
        String next = Sharing.lines(sharing.query(Map.of("maxFiles", 1)), "endStreamAction")
                .get(0)
                .path("nextPageToken")
                .asText();

        assertThat(sharing.query(Map.of("maxFiles", 1, "pageToken", next, "version", 1))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aRefreshTokenAsksForTheSameFilesAnew() throws Exception {
        String token = Sharing.lines(sharing.query(Map.of("includeRefreshToken", true)), "endStreamAction")
                .get(0)
                .path("refreshToken")
                .asText();
        sharing.orders.append(List.of(Map.of("id", 10L, "region", "north")));

        assertThat(Sharing.lines(sharing.query(Map.of("refreshToken", token)), "file"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            equal              | region | west | string | 1
            equal              | region | east | string | 1
            equal              | region | gone | string | 0
            equal              | id     | 2    | long   | 2
            greaterThan        | id     | 3    | long   | 0
            greaterThanOrEqual | id     | 3    | long   | 1
            lessThan           | id     | 2    | long   | 1
            lessThanOrEqual    | id     | 2    | long   | 2
            """)
    void filesThatAHintExcludesAreLeftOut(String op, String column, String value, String type, int files)
            throws Exception {
        String hint = comparison(op, column, value, type);

        Answer answer = sharing.query(Map.of("version", 1, "jsonPredicateHints", hint));

        assertThat(Sharing.lines(answer, "file")).hasSize(files);
        assertThat(sharing.server.skippedHints()).isZero();
    }

    @Test
    void hintsAreCombined() throws Exception {
        String west = comparison("equal", "region", "west", "string");
        String east = comparison("equal", "region", "east", "string");
        String both = "{\"op\":\"%s\",\"children\":[" + west + "," + east + "]}";
        String neither = "{\"op\":\"not\",\"children\":[" + both.formatted("or") + "]}";

        assertThat(files(both.formatted("or"))).isEqualTo(2);
        assertThat(files(both.formatted("and"))).isZero();
        assertThat(files(neither)).isZero();
        assertThat(
                        files(
                                "{\"op\":\"isNull\",\"children\":[{\"op\":\"column\",\"name\":\"item\",\"valueType\":\"string\"}]}"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"op\":\"like\"}",
                "{\"op\":\"equal\",\"children\":[{\"op\":\"column\",\"name\":\"none\",\"valueType\":\"long\"},"
                        + "{\"op\":\"literal\",\"value\":\"1\",\"valueType\":\"long\"}]}"
            })
    void aHintThatIsNoneIsSkippedAndCounted(String hint) throws Exception {
        assertThat(files(hint)).isEqualTo(2);
        assertThat(sharing.server.skippedHints()).isEqualTo(1);
    }

    @Test
    void aLimitIsMetByAsFewFilesAsHaveTheRows() throws Exception {
        assertThat(Sharing.lines(sharing.query(Map.of("version", 1, "limitHint", 2)), "file"))
                .hasSize(1);
        assertThat(Sharing.lines(sharing.query(Map.of("version", 1, "limitHint", 3)), "file"))
                .hasSize(2);
    }

    private int files(String hint) throws Exception {
        return Sharing.lines(sharing.query(Map.of("version", 1, "jsonPredicateHints", hint)), "file")
                .size();
    }

    private static String comparison(String op, String column, String value, String type) {
        return "{\"op\":\"" + op + "\",\"children\":[{\"op\":\"column\",\"name\":\"" + column + "\",\"valueType\":\""
                + type + "\"},{\"op\":\"literal\",\"value\":\"" + value + "\",\"valueType\":\"" + type + "\"}]}";
    }
}
