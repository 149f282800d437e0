// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonTest {
    private static final ObjectMapper JACKSON = new ObjectMapper();

    static Stream<Arguments> plain() {
        Map<String, Object> ordered = new LinkedHashMap<>();
        ordered.put("z", 1);
        ordered.put("", null);
        ordered.put("a~ /<'>", "{[ ,:]}");
        return Stream.of(
                arguments("nothing", Map.of()),
                arguments("one text", Map.of("region", "west")),
                arguments("an order, a null, and signs of JSON", ordered),
                arguments("integers to their ends", Map.of("i", Integer.MIN_VALUE, "l", Long.MAX_VALUE)),
                arguments("truths", Map.of("yes", true, "no", false)),
                arguments("a map of threads", new ConcurrentHashMap<>(Map.of("region", "west"))),
                arguments("a sorted map", new TreeMap<>(Map.of("b", 1, "a", 2))),
                arguments(
                        "a view",
                        Collections.unmodifiableMap(Map.of("list", Collections.unmodifiableList(List.of(1))))),
                arguments("empty ones", Map.of("list", List.of(), "map", Map.of())),
                arguments(
                        "lists in maps in lists",
                        Map.of("rows", List.of(Map.of("a", List.of("{", "[")), Arrays.asList(null, 1, List.of())))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plain")
    void plainValueIsWrittenAsJacksonWritesIt(String what, Map<String, ?> value) throws IOException {
        assertThat(PlainJson.object(value)).as(what).isEqualTo(JACKSON.writeValueAsBytes(value));
        assertThat(Binding.arguments(value)).as(what).isEqualTo(JACKSON.writeValueAsBytes(value));
    }

    static Stream<Arguments> notPlain() {
        return Stream.of(
                arguments("no map", List.of("west")),
                arguments("a key that is no text", Map.of(1, "one")),
                arguments("a key that is null", Collections.singletonMap(null, "one")),
                arguments("properties", new Properties()),
                arguments("a view that fails", Map.of("list", Collections.unmodifiableList(new Failing()))),
                arguments("a fraction", Map.of("price", new BigDecimal("1.50"))),
                arguments("no number", Map.of("price", Double.NaN)),
                arguments("an enum", Map.of("unit", TimeUnit.DAYS)),
                arguments("a set", Map.of("regions", Set.of("west"))),
                arguments("an array", Map.of("regions", new String[] {"west"})),
                arguments("a record", Map.of("order", new Order("west"))),
                arguments("the application's own map", new OwnMap()),
                arguments("deep inside", Map.of("a", List.of(Map.of("b", List.of(1.5))))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notPlain")
    void whatIsNotPlainIsLeftToJackson(String what, Object value) {
        assertThat(PlainJson.object(value)).as(what).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "\\", "\n", "\u0000", "\u007F", "größe", "\u2028", "\uD83D\uDE00", "\uD83D"})
    void textThatNeedsAnEscapeOrMoreThanAsciiIsLeftToJackson(String sign) {
        assertThat(PlainJson.object(Map.of("text", "a" + sign))).isNull();
        assertThat(PlainJson.object(Map.of("a" + sign, "text"))).isNull();
    }

    @Test
    void whatHoldsItselfIsLeftToJacksonToo() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);

        assertThat(PlainJson.object(Map.of("list", endless))).isNull();
    }

    @Test
    void eightLevelsArePlainAndNineAreNot() {
        assertThat(PlainJson.object(nested(8))).isNotNull();
        assertThat(PlainJson.object(nested(9))).isNull();
    }

    private static Map<String, Object> nested(int levels) {
        return levels == 1 ? Map.of() : Map.of("in", nested(levels - 1));
    }

    @Test
    void viewThatFailsIsMisuseToldByItsPlace() {
        Map<String, ?> arguments = Map.of("list", Collections.unmodifiableList(new Failing()));

        assertThatThrownBy(() -> Binding.arguments(arguments))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("list");
    }

    /** Whoever writes them, the tool gets the same. */
    @Test
    void argumentsOfEachKindArriveAsTheyAre() throws IOException {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("text", "größe \"\\\n\uD83D\uDE00");
        arguments.put("price", new BigDecimal("1.50"));
        arguments.put("list", Collections.singletonList(null));

        JsonNode written = Json.read(Slice.of(Binding.arguments(arguments)));

        assertThat(written.path("text").textValue()).isEqualTo("größe \"\\\n\uD83D\uDE00");
        assertThat(written.path("price").decimalValue()).isEqualTo(new BigDecimal("1.50"));
        assertThat(written.path("list").toString()).isEqualTo("[null]");
    }

    private record Order(String region) {}

    private static final class Failing extends AbstractList<String> {
        @Override
        public String get(int index) {
            throw new IllegalStateException("the view has ended");
        }

        @Override
        public int size() {
            return 1;
        }
    }

    private static final class OwnMap extends AbstractMap<String, Object> {
        @Override
        public Set<Entry<String, Object>> entrySet() {
            return Map.<String, Object>of("region", "west").entrySet();
        }
    }
}
