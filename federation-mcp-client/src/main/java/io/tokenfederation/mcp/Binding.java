// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DatabindException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.tokenfederation.internal.SafeText;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The application's own types as JSON and back. With the Jackson modules that are on the class path, so that dates work
 * where the application has made them work; with fields the type does not know, because servers add them.
 */
final class Binding {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .findAndAddModules()
            .addModule(new SimpleModule("records").setDeserializerModifier(new RecordReading()))
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /** Whether no module on the class path writes plain values in a way of its own. */
    private static final boolean PLAIN_IS_PLAIN = writesAsPlain(probe());

    private Binding() {}

    private static Map<String, Object> probe() {
        Map<String, Object> probe = new LinkedHashMap<>();
        probe.put("texts", List.of("a", ""));
        probe.put("Numbers_1", Arrays.asList(1, 2L, null));
        probe.put("int", 3);
        probe.put("long", 4L);
        probe.put("none", null);
        probe.put("truths", Map.of("yes", true));
        probe.put("no", false);
        probe.put("empty", List.of(Map.of(), List.of()));
        probe.put("text", "b");
        return probe;
    }

    private static boolean writesAsPlain(Map<String, Object> probe) {
        try {
            return Arrays.equals(written(probe), PlainJson.object(probe));
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** The value on whose first token the parser stands. */
    static <R> R read(JsonParser json, Class<R> type) throws IOException {
        try {
            return MAPPER.readerFor(type).readValue(json);
        } catch (DatabindException e) {
            throw new MismatchException(misfit(e, type));
        } catch (NumberFormatException e) {
            throw new MismatchException("the data holds a number greater than Java can");
        }
    }

    static <R> R read(Slice text, Class<R> type) throws IOException {
        try (JsonParser json = Json.parser(text)) {
            return read(json, type);
        } catch (JsonProcessingException e) {
            throw Json.notJson(e);
        }
    }

    /** Turns an application's values into a JSON object; what cannot be turned is misuse. */
    static byte[] arguments(Object value) {
        requireNonNull(value, "arguments");
        byte[] plain = PLAIN_IS_PLAIN ? PlainJson.object(value) : null;
        return plain != null ? plain : written(value);
    }

    private static byte[] written(Object value) {
        try {
            byte[] json = MAPPER.writeValueAsBytes(value);
            if (json[0] != '{') {
                throw new IllegalArgumentException("the arguments must be an object, such as a record or a map; "
                        + value.getClass().getName() + " is written as something else");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the arguments cannot be written as JSON" + at(e), e);
        }
    }

    /** A value of the server's as the application has it: text, number, truth or list. */
    static Object plain(JsonNode value) {
        return MAPPER.convertValue(value, Object.class);
    }

    /** Where, but not what: Jackson's own words quote the value. */
    private static String misfit(DatabindException e, Class<?> type) {
        return "the data does not fit " + type.getSimpleName() + at(e);
    }

    /** By names alone; empty if Jackson does not say. */
    private static String at(JsonProcessingException e) {
        String place = e instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(step ->
                                step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                        .collect(Collectors.joining())
                : "";
        return place.isEmpty() ? "" : " at " + SafeText.of(place);
    }

    /** The data is JSON, but not of the form that was asked for. */
    static final class MismatchException extends IOException {
        private static final long serialVersionUID = 1;

        MismatchException(String message) {
            super(message);
        }
    }
}
