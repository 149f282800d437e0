// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads plain records by {@link RecordFields}, and leaves to Jackson whatever is none: a record with annotations, of which
 * Jackson knows what they mean, with a second constructor, with no components or very many; and what is no JSON object.
 */
final class RecordReading extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
            DeserializationConfig config, BeanDescription type, JsonDeserializer<?> jacksons) {
        return jacksons.getClass() == BeanDeserializer.class && isPlain(type)
                ? new InOrder((BeanDeserializer) jacksons)
                : jacksons;
    }

    private static boolean isPlain(BeanDescription type) {
        Class<?> raw = type.getBeanClass();
        if (!raw.isRecord() || type.getClassAnnotations().size() > 0 || raw.getDeclaredConstructors().length > 1) {
            return false;
        }
        RecordComponent[] components = raw.getRecordComponents();
        List<String> names = Stream.of(components).map(RecordComponent::getName).toList();
        return components.length > 0
                && components.length <= RecordFields.MOST
                && Stream.of(components).noneMatch(RecordReading::isAnnotated)
                && Stream.of(raw.getDeclaredConstructors()[0].getParameterAnnotations())
                        .allMatch(annotations -> annotations.length == 0)
                && names.equals(type.findProperties().stream()
                        .map(BeanPropertyDefinition::getName)
                        .toList());
    }

    /** What annotates a type, such as its nullness, is nothing to Jackson. */
    private static boolean isAnnotated(RecordComponent component) {
        return component.getAnnotations().length > 0
                || component.getAccessor().getAnnotations().length > 0
                || Arrays.stream(component.getDeclaringRecord().getDeclaredFields())
                        .anyMatch(field ->
                                field.getName().equals(component.getName()) && field.getAnnotations().length > 0);
    }

    /** Reads one type of record. */
    private static final class InOrder extends DelegatingDeserializer {
        private static final long serialVersionUID = 1;

        private final BeanDeserializer jacksons;

        /** Null until Jackson has found out how the values are read, which it does after this is made. */
        private transient volatile @Nullable RecordFields fields;

        InOrder(BeanDeserializer jacksons) {
            super(jacksons);
            this.jacksons = jacksons;
        }

        /** Where a place it is used at wants something else of it, Jackson does it. */
        @Override
        @SuppressWarnings("ReferenceEquality")
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> contextual) {
            return contextual == jacksons ? this : contextual;
        }

        @Override
        public @Nullable Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                return jacksons.deserialize(json, context);
            }
            RecordFields known = fields;
            if (known == null) {
                known = RecordFields.of(jacksons);
                fields = known;
            }
            return known.read(json, context);
        }
    }
}
