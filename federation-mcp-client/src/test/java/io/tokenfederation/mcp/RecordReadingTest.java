// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records are what Jackson alone would make of them. */
final class RecordReadingTest {
    private static final ObjectMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final String SPACED = "{\"id\":12,\"region\":\"we\", \"amount\":0.10 ,\"paid\":true}";
    private static final String TABLE =
            "{\"name\":\"t\",\"rows\":[" + SPACED + "," + SPACED + "],\"first\":" + SPACED + "}";

    record Row(long id, String region, BigDecimal amount, boolean paid) {}

    record Table(String name, List<Row> rows, Map<String, Row> byName, Row first) {}

    record Loose(int whole, Integer boxed, Object any, List<String> list, char letter) {}

    record Empty() {}

    record More(long id, String region) {
        More(long id) {
            this(id, "usual");
        }
    }

    record Strict(long id) {
        Strict {
            if (id < 0) {
                throw new IllegalArgumentException("negative");
            }
        }
    }

    record Kinds(int i, Integer boxed, Long wide, Boolean truth, String text, BigDecimal amount, double real) {}

    record Generic<T>(T value, List<T> values) {}

    static List<Arguments> documents() {
        String row = "{\"id\":1,\"region\":\"west\",\"amount\":0.10,\"paid\":true}";
        return List.of(
                Arguments.of(Row.class, row),
                Arguments.of(Row.class, "{\"paid\":true,\"amount\":0.10,\"region\":\"west\",\"id\":1}"),
                Arguments.of(Row.class, "{\"id\":1,\"new\":{\"a\":[1,{}]},\"region\":\"west\",\"newer\":2}"),
                Arguments.of(Row.class, "{\"id\":null,\"region\":null,\"amount\":null,\"paid\":null}"),
                Arguments.of(Row.class, "{\"id\":1,\"id\":2,\"region\":\"a\",\"id\":3}"),
                Arguments.of(Row.class, "{}"),
                Arguments.of(Row.class, "{\"id\":\"7\",\"amount\":\"1.50\",\"paid\":\"true\"}"),
                Arguments.of(Row.class, "{\"id\":\"seven\"}"),
                Arguments.of(Row.class, "{\"region\":{\"a\":1}}"),
                Arguments.of(Row.class, "[1,\"west\"]"),
                Arguments.of(Row.class, "\"west\""),
                Arguments.of(Row.class, "null"),
                Arguments.of(Row.class, "{\"\\u0069d\":5,\"regi\\u006fn\":\"x\"}"),
                Arguments.of(Row.class, "{\"idx\":5,\"i\":6,\"id\":7}"),
                Arguments.of(
                        Table.class,
                        "{\"name\":\"t\",\"rows\":[" + row + ",{\"region\":\"x\",\"id\":2}," + row
                                + "],\"byName\":{\"a\":" + row + "},\"first\":" + row + ",\"later\":1}"),
                Arguments.of(Table.class, "{\"rows\":[{\"id\":1},{\"id\":[]}]}"),
                Arguments.of(Table.class, "{\"byName\":{\"x\":{\"amount\":\"much\"}}}"),
                Arguments.of(Table.class, "{\"first\":null,\"rows\":null}"),
                Arguments.of(Loose.class, "{\"whole\":1,\"any\":{\"a\":[0.1]},\"list\":[\"a\",null],\"letter\":\"x\"}"),
                Arguments.of(Loose.class, "{\"whole\":1.5,\"boxed\":2}"),
                Arguments.of(Empty.class, "{}"),
                Arguments.of(Empty.class, "{\"a\":1}"),
                Arguments.of(More.class, "{\"id\":4}"),
                Arguments.of(Strict.class, "{\"id\":4}"),
                Arguments.of(Strict.class, "{\"id\":-4}"),
                Arguments.of(Generic.class, "{\"value\":{\"a\":0.10},\"values\":[1,\"2\"]}"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void recordIsWhatJacksonWouldMakeOfIt(Class<?> type, String json) {
        assertThat(ours(type, json)).isEqualTo(jacksons(type, json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "7",
                "-7",
                "007",
                "-",
                "+7",
                "1.",
                ".5",
                "-.5",
                "0.5",
                "-0.50",
                "00.5",
                "1.50",
                "1.5.5",
                "1..5",
                "1e2",
                "1E+2",
                "1.5e-3",
                "7x",
                "7 7",
                "7 ",
                "  7",
                "2147483647",
                "2147483648",
                "-2147483648",
                "-2147483649",
                "999999999999999999",
                "9223372036854775807",
                "9223372036854775808",
                "-9223372036854775808",
                "0.123456789012345678901234567890",
                "123456789012345678.5",
                "12345678901234567.5",
                "true",
                "false",
                "truex",
                "true ",
                "tru",
                "null",
                "nul",
                "\"\"",
                "\"a\"",
                "\" a \"",
                "\"a\\nb\"",
                "\"\\u00e9\"",
                "\"é\"",
                "\"日本\"",
                "\"\uD83D\uDE00\"",
                "\"a\tb\"",
                "\"\u007F\"",
                "\"7\"",
                "\"1.50\"",
                "\"true\"",
                "\"open",
                "'a'",
                "{}",
                "[]",
                "[7]",
                "{\"a\":7}",
                "NaN",
                ""
            })
    void valueOfEachKindIsWhatJacksonWouldMakeOfIt(String value) {
        for (RecordComponent component : Kinds.class.getRecordComponents()) {
            String alone = "{\"" + component.getName() + "\":" + value + "}";
            String among = "{\"i\":1, \"boxed\" : 2 ,\"" + component.getName() + "\":" + value
                    + ",\"amount\":0.10,\n\"real\":1}";

            assertThat(ours(Kinds.class, alone)).as(alone).isEqualTo(jacksons(Kinds.class, alone));
            assertThat(ours(Kinds.class, among)).as(among).isEqualTo(jacksons(Kinds.class, among));
        }
    }

    @Test
    void tableOfWhichAnyByteIsAnotherIsWhatJacksonWouldMakeOfIt() {
        for (int at = 0; at < TABLE.length(); at++) {
            for (char other : "\"\\{}[],:. \n0-1ea\u0001é".toCharArray()) {
                String broken = TABLE.substring(0, at) + other + TABLE.substring(at + 1);
                assertThat(ours(Table.class, broken)).as(broken).isEqualTo(jacksons(Table.class, broken));
            }
        }
    }

    @Test
    void tableCutOffAnywhereIsWhatJacksonWouldMakeOfIt() {
        for (int at = 1; at < TABLE.length(); at++) {
            String cut = TABLE.substring(0, at);
            assertThat(ours(Table.class, cut)).as(cut).isEqualTo(jacksons(Table.class, cut));
        }
    }

    /** The record, or where it does not fit, or where the text is no JSON. */
    private static Object ours(Class<?> type, String json) {
        try {
            return Optional.ofNullable(Binding.read(Slice.of(json), type));
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static Object jacksons(Class<?> type, String json) {
        try {
            return Optional.ofNullable(JACKSON.readValue(json.getBytes(StandardCharsets.UTF_8), type));
        } catch (JsonMappingException e) {
            String where = e.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                    .reduce("", String::concat);
            return "the data does not fit " + type.getSimpleName() + (where.isEmpty() ? "" : " at " + where);
        } catch (JsonProcessingException e) {
            return "the reply is not JSON, or is cut off (line "
                    + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ")";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
