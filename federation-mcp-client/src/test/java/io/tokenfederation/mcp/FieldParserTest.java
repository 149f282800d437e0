// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is taken in one step, and that the rest is left where it was. That both come out alike, RecordReadingTest shows. */
final class FieldParserTest {
    static List<Arguments> plain() {
        return List.of(
                Arguments.of(Scalar.TEXT, "\"\"", ""),
                Arguments.of(Scalar.TEXT, "\"a b/{}\"", "a b/{}"),
                Arguments.of(Scalar.INT, "-2147483648", Integer.MIN_VALUE),
                Arguments.of(Scalar.LONG, "999999999999999999", 999_999_999_999_999_999L),
                Arguments.of(Scalar.LONG, "-0", 0L),
                Arguments.of(Scalar.DECIMAL, "12", new BigDecimal("12")),
                Arguments.of(Scalar.DECIMAL, "-0.10", new BigDecimal("-0.10")),
                Arguments.of(Scalar.DECIMAL, "123456789012345.678", new BigDecimal("123456789012345.678")),
                Arguments.of(Scalar.BOOLEAN, "true", true),
                Arguments.of(Scalar.BOOLEAN, "false", false));
    }

    @ParameterizedTest
    @MethodSource("plain")
    void plainFieldIsTaken(Scalar kind, String value, Object expected) throws IOException {
        try (FieldParser json = in("{\"a\":" + value + "}")) {
            Object taken = take(json, "a", kind);

            assertThat(taken).isEqualTo(expected);
            assertThat(json.nextToken()).isEqualTo(JsonToken.END_OBJECT);
            assertThat(json.nextToken()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "TEXT | \"a\\n\"",
                "TEXT | \"é\"",
                "TEXT | 7",
                "TEXT | null",
                "INT | 2147483648",
                "INT | 1.0",
                "INT | \"7\"",
                "INT | null",
                "LONG | 1234567890123456789",
                "LONG | 1e2",
                "DECIMAL | 1234567890123456.789",
                "DECIMAL | 1.5e3",
                "BOOLEAN | null",
                "BOOLEAN | \"true\"",
                "BOOLEAN | 1"
            })
    void whatIsNotPlainIsLeftToJackson(Scalar kind, String value) throws IOException {
        try (FieldParser json = in("{\"a\":" + value + ",\"b\":1}")) {
            Object taken = take(json, "a", kind);

            assertThat(taken).isNull();
            assertThat(json.nextFieldName()).isEqualTo("a");
            assertThat(json.nextToken().isScalarValue()).isTrue();
            assertThat(json.nextFieldName()).isEqualTo("b");
        }
    }

    @Test
    void fieldsAreTakenAndReadInAnyTurn() throws IOException {
        try (FieldParser json = in("{\"a\" : 1 , \"b\":[2],\"c\":3,\"d\":\"é\",\"e\":5}")) {
            assertThat(take(json, "a", Scalar.INT)).isEqualTo(1);
            assertThat(take(json, "c", Scalar.INT)).isNull();
            assertThat(json.nextFieldName()).isEqualTo("b");
            assertThat(take(json, "b", Scalar.INT)).isNull();
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_ARRAY);
            json.skipChildren();
            assertThat(take(json, "c", Scalar.INT)).isEqualTo(3);
            assertThat(json.nextFieldName()).isEqualTo("d");
            assertThat(json.nextToken()).isEqualTo(JsonToken.VALUE_STRING);
            // Jackson has not yet looked where this text ends.
            assertThat(take(json, "e", Scalar.INT)).isNull();
            assertThat(json.getText()).isEqualTo("é");
            assertThat(take(json, "e", Scalar.INT)).isEqualTo(5);
            assertThat(json.nextToken()).isEqualTo(JsonToken.END_OBJECT);
        }
    }

    @Test
    void anotherNameIsNotTaken() throws IOException {
        for (String name : List.of("", "a", "abc", "b", "\\u0061b")) {
            try (FieldParser json = in("{\"" + name + "\":1}")) {
                assertThat(take(json, "ab", Scalar.INT)).as(name).isNull();
                assertThat(json.nextToken()).isEqualTo(JsonToken.FIELD_NAME);
            }
        }
    }

    @Test
    void whatIsNotUtf8IsReadByJacksonAlone() throws IOException {
        String text = "{\"a\":1}";
        for (byte[] bytes : List.of(
                text.getBytes(StandardCharsets.UTF_16LE),
                text.getBytes(StandardCharsets.UTF_16BE),
                ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8))) {
            try (JsonParser json = Json.parser(Slice.of(bytes))) {
                assertThat(json).isNotInstanceOf(FieldParser.class);
                assertThat(json.readValueAsTree().toString()).isEqualTo(text);
            }
        }
    }

    /** A parser within the object. */
    private static FieldParser in(String text) throws IOException {
        JsonParser json = Json.parser(Slice.of(text));
        json.nextToken();
        return (FieldParser) json;
    }

    private static @Nullable Object take(FieldParser json, String name, Scalar kind) {
        return json.take(name.getBytes(StandardCharsets.UTF_8), kind);
    }
}
