// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.std.NumberDeserializers.BigDecimalDeserializer;
import com.fasterxml.jackson.databind.deser.std.NumberDeserializers.BooleanDeserializer;
import com.fasterxml.jackson.databind.deser.std.NumberDeserializers.IntegerDeserializer;
import com.fasterxml.jackson.databind.deser.std.NumberDeserializers.LongDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of value of which it is beyond doubt what Jackson makes of them. */
enum Scalar {
    TEXT,
    INT,
    LONG,
    DECIMAL,
    BOOLEAN;

    private static final Map<Class<?>, Scalar> BY_READER = Map.of(
            StringDeserializer.class, TEXT,
            IntegerDeserializer.class, INT,
            LongDeserializer.class, LONG,
            BigDecimalDeserializer.class, DECIMAL,
            BooleanDeserializer.class, BOOLEAN);

    /** Of a component; null if it is none of these, or if a module reads it in a way of its own. */
    static @Nullable Scalar of(SettableBeanProperty component) {
        return component.hasValueTypeDeserializer()
                ? null
                : BY_READER.get(component.getValueDeserializer().getClass());
    }

    /** The number of so many digits behind its point; null if it is no such number. */
    @Nullable Number number(long digits, int fraction) {
        return switch (this) {
            case INT -> fraction > 0 || digits != (int) digits ? null : (Number) (int) digits;
            case LONG -> fraction > 0 ? null : (Number) digits;
            case DECIMAL -> BigDecimal.valueOf(digits, fraction);
            case TEXT, BOOLEAN -> null;
        };
    }
}
