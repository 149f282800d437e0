// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a type of Spark's is kept in a Parquet file: the physical type, what it stands for, and the encoding PLAIN.
 *
 * @param name Spark's name; that of a decimal without its numbers
 * @param physical Parquet's number for the physical type
 * @param converted Parquet's number for what it stands for; -1 for nothing
 * @param precision digits of a decimal
 * @param scale those behind the point
 * @see <a href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md">Parquet logical types</a>
 */
record ParquetType(String name, int physical, int converted, int precision, int scale) {
    static final int BOOLEAN = 0;
    static final int INT32 = 1;
    static final int INT64 = 2;
    static final int FLOAT = 4;
    static final int DOUBLE = 5;
    static final int BYTE_ARRAY = 6;
    static final int FIXED_LENGTH = 7;

    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,2}),\\s*(\\d{1,2})\\)");
    private static final int MOST_DIGITS = 38;

    static ParquetType of(String type) {
        Matcher decimal = DECIMAL.matcher(type);
        if (decimal.matches()) {
            return decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        return switch (type) {
            case "boolean" -> simple(type, BOOLEAN, -1);
            case "byte" -> simple(type, INT32, 15);
            case "short" -> simple(type, INT32, 16);
            case "integer" -> simple(type, INT32, -1);
            case "long" -> simple(type, INT64, -1);
            case "float" -> simple(type, FLOAT, -1);
            case "double" -> simple(type, DOUBLE, -1);
            case "string" -> simple(type, BYTE_ARRAY, 0);
            case "binary" -> simple(type, BYTE_ARRAY, -1);
            case "date" -> simple(type, INT32, 6);
            case "timestamp" -> simple(type, INT64, 10);
            case "timestamp_ntz" -> simple(type, INT64, -1);
            default -> throw new IllegalArgumentException("no type of a flat table: " + type);
        };
    }

    /** How many bytes a value of fixed length has: as few as Spark takes for the precision. */
    int length() {
        return BigInteger.TEN.pow(precision).bitLength() / 8 + 1;
    }

    /** Writes a value; a boolean is no whole byte and is written by whoever has its neighbours. */
    void plain(Object value, ByteArrayOutputStream out) {
        if (name.equals("string")) {
            lengthAndBytes(((String) value).getBytes(StandardCharsets.UTF_8), out);
        } else if (name.equals("binary")) {
            lengthAndBytes((byte[]) value, out);
        } else if (physical == FIXED_LENGTH) {
            fixed(unscaled(value), out);
        } else {
            out.writeBytes(number(value).array());
        }
    }

    /** The value as Delta writes it into statistics and, with quotes taken away, partition values. */
    Object json(Object value) {
        return switch (name) {
            case "date", "timestamp" -> value.toString();
            case "timestamp_ntz" -> value.toString();
            case "decimal" -> ((BigDecimal) value).setScale(scale);
            default -> value;
        };
    }

    /** Whether smallest and largest values are kept of it. */
    boolean ordered() {
        return !name.equals("boolean") && !name.equals("binary");
    }

    /** The partition value as text (PROTOCOL.md, "Partition Value Serialization"). */
    String partitionValue(Object value) {
        if (name.equals("timestamp")) {
            value = LocalDateTime.ofInstant((Instant) value, ZoneOffset.UTC);
        }
        if (value instanceof LocalDateTime time) {
            String text = time.toLocalDate() + " " + time.toLocalTime();
            // LocalTime leaves out seconds that are zero.
            return time.getSecond() == 0 && time.getNano() == 0 ? text + ":00" : text;
        }
        return json(value).toString();
    }

    private ByteBuffer number(Object value) {
        ByteBuffer small = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer large = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return switch (name) {
            case "float" -> small.putFloat((Float) value);
            case "double" -> large.putDouble((Double) value);
            case "date" -> small.putInt(Math.toIntExact(((LocalDate) value).toEpochDay()));
            case "timestamp" -> large.putLong(micros((Instant) value));
            case "timestamp_ntz" -> large.putLong(micros(((LocalDateTime) value).toInstant(ZoneOffset.UTC)));
            case "decimal" ->
                physical == INT32
                        ? small.putInt(unscaled(value).intValueExact())
                        : large.putLong(unscaled(value).longValueExact());
            default -> physical == INT32 ? small.putInt((int) whole(value)) : large.putLong(whole(value));
        };
    }

    /** Parquet keeps bytes and shorts in 32 bits, where a reader would cut off what is too much. */
    private long whole(Object value) {
        long number = new BigDecimal(((Number) value).toString()).longValueExact();
        long cut = switch (name) {
            case "byte" -> (byte) number;
            case "short" -> (short) number;
            case "integer" -> (int) number;
            default -> number;
        };
        if (cut != number) {
            throw new ArithmeticException("no " + name + ": " + number);
        }
        return number;
    }

    private BigInteger unscaled(Object value) {
        BigDecimal exact = ((BigDecimal) value).setScale(scale);
        if (exact.precision() > precision) {
            throw new ArithmeticException("more than " + precision + " digits: " + exact);
        }
        return exact.unscaledValue();
    }

    private void fixed(BigInteger value, ByteArrayOutputStream out) {
        byte[] bytes = new byte[length()];
        byte[] short_ = value.toByteArray();
        Arrays.fill(bytes, (byte) (value.signum() < 0 ? -1 : 0));
        System.arraycopy(short_, 0, bytes, bytes.length - short_.length, short_.length);
        out.writeBytes(bytes);
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static void lengthAndBytes(byte[] bytes, ByteArrayOutputStream out) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(bytes.length)
                .array());
        out.writeBytes(bytes);
    }

    private static ParquetType simple(String name, int physical, int converted) {
        return new ParquetType(name, physical, converted, 0, 0);
    }

    private static ParquetType decimal(int precision, int scale) {
        if (precision < 1 || precision > MOST_DIGITS || scale > precision) {
            throw new IllegalArgumentException("no decimal: " + precision + " digits, " + scale + " behind the point");
        }
        int physical = precision <= 9 ? INT32 : precision <= 18 ? INT64 : FIXED_LENGTH;
        return new ParquetType("decimal", physical, 5, precision, scale);
    }
}
