// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.BeanDeserializer;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The components of a record, to be read from an object whose fields mostly come in their order, as the rows of a table do:
 * the next name is compared with the one expected, byte by byte, where Jackson makes a text of each and looks it up. Plain
 * values are taken with their names by {@link FieldParser}. How any other is read, and what is made of one that is null or
 * missing, is Jackson's. Thread-safe.
 */
final class RecordFields {
    /** Which have been read is kept in the bits of a long. */
    static final int MOST = Long.SIZE;

    private final Class<?> type;
    private final ValueInstantiator maker;
    private final SettableBeanProperty[] properties;
    private final SerializedString[] names;
    private final @Nullable Scalar[] kinds;
    private final Map<String, Integer> places = new HashMap<>();

    private RecordFields(Class<?> type, ValueInstantiator maker, List<SettableBeanProperty> inOrder) {
        this.type = type;
        this.maker = maker;
        this.properties = inOrder.toArray(new SettableBeanProperty[0]);
        this.names = inOrder.stream()
                .map(property -> new SerializedString(property.getName()))
                .toArray(SerializedString[]::new);
        this.kinds = inOrder.stream().map(Scalar::of).toArray(Scalar[]::new);
        for (int place = 0; place < properties.length; place++) {
            places.put(properties[place].getName(), place);
        }
    }

    /** Of one that Jackson has completed. */
    static RecordFields of(BeanDeserializer jacksons) {
        List<SettableBeanProperty> properties = new ArrayList<>();
        jacksons.creatorProperties().forEachRemaining(properties::add);
        properties.sort(Comparator.comparingInt(SettableBeanProperty::getCreatorIndex));
        return new RecordFields(jacksons.handledType(), jacksons.getValueInstantiator(), properties);
    }

    /** The parser stands where the object begins, and afterwards where it ends. */
    Object read(JsonParser json, DeserializationContext context) throws IOException {
        @Nullable Object[] values = new Object[properties.length];
        long read = 0;
        int expected = 0;
        while (true) {
            Object taken = taken(json, expected);
            if (taken != null) {
                values[expected] = taken;
                read |= 1L << expected;
                expected++;
                continue;
            }
            int place = next(json, expected);
            if (place < 0) {
                break;
            }
            json.nextToken();
            if (place == properties.length) {
                json.skipChildren();
                continue;
            }
            values[place] = value(properties[place], json, context);
            read |= 1L << place;
            expected = place + 1;
        }
        addMissing(values, read, context);
        return maker.createFromObjectWith(context, values);
    }

    /** The value of the field expected, if it can be taken at once. */
    private @Nullable Object taken(JsonParser json, int expected) {
        return expected < names.length && kinds[expected] != null && json instanceof FieldParser parser
                ? parser.take(names[expected].asQuotedUTF8(), kinds[expected])
                : null;
    }

    /** Which field comes next; as many as there are components if it is none, negative at the end. */
    private int next(JsonParser json, int expected) throws IOException {
        if (expected < names.length) {
            if (json.nextFieldName(names[expected])) {
                return expected;
            }
        } else {
            json.nextToken();
        }
        if (json.currentToken() != JsonToken.FIELD_NAME) {
            return -1;
        }
        return places.getOrDefault(json.currentName(), names.length);
    }

    private @Nullable Object value(SettableBeanProperty property, JsonParser json, DeserializationContext context)
            throws IOException {
        try {
            return property.deserialize(json, context);
        } catch (JsonProcessingException | RuntimeException e) {
            throw JsonMappingException.wrapWithPath(e, type, property.getName());
        }
    }

    private void addMissing(@Nullable Object[] values, long read, DeserializationContext context) throws IOException {
        for (int place = 0; place < properties.length; place++) {
            if ((read & 1L << place) == 0) {
                values[place] = missing(properties[place], context);
            }
        }
    }

    private @Nullable Object missing(SettableBeanProperty property, DeserializationContext context) throws IOException {
        Object absent = property.getNullValueProvider().getAbsentValue(context);
        return absent == null ? property.getValueDeserializer().getAbsentValue(context) : absent;
    }
}
