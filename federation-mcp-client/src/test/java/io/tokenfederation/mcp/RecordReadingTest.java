// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Records are what Jackson alone would make of them. */
final class RecordReadingTest {
    private static final ObjectMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

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
    void recordIsWhatJacksonWouldMakeOfIt(Class<?> type, String json) throws IOException {
        Optional<Object> jacksons;
        try {
            jacksons = Optional.ofNullable(JACKSON.readValue(json, type));
        } catch (IOException e) {
            assertThatThrownBy(() -> Binding.read(Slice.of(json), type)).isInstanceOf(Binding.MismatchException.class);
            return;
        }

        assertThat(Optional.ofNullable((Object) Binding.read(Slice.of(json), type)))
                .isEqualTo(jacksons);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void misfitIsFoundInTheSamePlace(Class<?> type, String json) {
        try {
            JACKSON.readValue(json, type);
        } catch (com.fasterxml.jackson.databind.JsonMappingException e) {
            String where = e.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                    .reduce("", String::concat);

            assertThatThrownBy(() -> Binding.read(Slice.of(json), type)).hasMessageEndingWith(where);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
