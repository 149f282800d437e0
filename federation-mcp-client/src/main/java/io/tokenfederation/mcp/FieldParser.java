// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Jackson's parser of UTF-8, which can also take a field in one step, name and value, where both are as plain as those of a
 * table's rows mostly are; a table is read in two thirds of the time. Of anything else it takes nothing, and Jackson reads on
 * from there, with its own errors. For one thread.
 */
final class FieldParser extends UTF8StreamJsonParser {
    /** So many digits fit a long, whichever they are. */
    private static final int MOST_DIGITS = 18;

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

    /** Behind the value that was read last. */
    private int end;

    private FieldParser(IOContext context, int features, ObjectCodec codec, ByteQuadsCanonicalizer names, Slice text) {
        super(context, features, null, codec, names, text.bytes(), text.from(), text.to(), 0, false);
    }

    /**
     * Takes the next field of the object the parser is in, and stands behind it afterwards.
     *
     * @param name as it is written, without its quotes
     * @return its value; null if nothing was taken, as the field is another, or is not plain
     */
    @Nullable Object take(byte[] name, Scalar kind) {
        int from = valueOf(name);
        if (from < 0) {
            return null;
        }
        Object value = switch (kind) {
            case TEXT -> text(from);
            case INT, LONG, DECIMAL -> number(from, kind);
            case BOOLEAN -> truth(from);
        };
        if (value != null) {
            _inputPtr = end;
            // Any value that was read whole: what Jackson wants to know is that no name and no text is still open,
            _currToken = JsonToken.VALUE_NULL;
            // and that a comma comes next.
            _parsingContext.expectComma();
        }
        return value;
    }

    /** Where the value of the next field begins; negative if that is another. */
    private int valueOf(byte[] name) {
        if (_tokenIncomplete || _currToken == JsonToken.FIELD_NAME) {
            return -1;
        }
        int at = _inputPtr;
        if (_currToken != JsonToken.START_OBJECT) {
            if (byteAt(at) != ',') {
                return -1;
            }
            at++;
        }
        at = afterBlanks(at);
        int last = at + 1 + name.length;
        if (byteAt(at) != '"' || !isAt(at + 1, name) || byteAt(last) != '"') {
            return -1;
        }
        at = afterBlanks(last + 1);
        return byteAt(at) == ':' ? afterBlanks(at + 1) : -1;
    }

    /** One without escapes, in ASCII. */
    private @Nullable String text(int from) {
        if (byteAt(from) != '"') {
            return null;
        }
        byte[] bytes = _inputBuffer;
        for (int at = from + 1; at < _inputEnd; at++) {
            byte next = bytes[at];
            if (next == '"') {
                end = at + 1;
                return new String(bytes, from + 1, at - from - 1, StandardCharsets.ISO_8859_1);
            }
            // What is not ASCII is negative.
            if (next < ' ' || next == '\\') {
                return null;
            }
        }
        return null;
    }

    /** One without an exponent, whose digits fit a long. */
    private @Nullable Number number(int from, Scalar kind) {
        boolean negative = byteAt(from) == '-';
        int first = negative ? from + 1 : from;
        int at = first;
        int point = -1;
        long digits = 0;
        for (int next = byteAt(at); isDigit(next) || (next == '.' && point < 0); next = byteAt(++at)) {
            if (next == '.') {
                point = at;
            } else {
                digits = digits * 10 + (next - '0');
            }
        }
        end = at;
        int whole = (point < 0 ? at : point) - first;
        int fraction = point < 0 ? 0 : at - 1 - point;
        boolean plain = whole > 0
                && (whole == 1 || byteAt(first) != '0')
                && (point < 0 || fraction > 0)
                && whole + fraction <= MOST_DIGITS
                && isBehindValue(at);
        return plain ? kind.number(negative ? -digits : digits, fraction) : null;
    }

    private @Nullable Boolean truth(int from) {
        boolean truth = isAt(from, TRUE);
        if (!truth && !isAt(from, FALSE)) {
            return null;
        }
        end = from + (truth ? TRUE : FALSE).length;
        return isBehindValue(end) ? truth : null;
    }

    private boolean isAt(int at, byte[] expected) {
        if (_inputEnd - at < expected.length) {
            return false;
        }
        byte[] bytes = _inputBuffer;
        for (int i = 0; i < expected.length; i++) {
            if (bytes[at + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(int next) {
        return next >= '0' && next <= '9';
    }

    private boolean isBehindValue(int at) {
        int next = byteAt(at);
        return next == ',' || next == '}' || next == ' ';
    }

    /** Behind spaces; line breaks are left to Jackson, which counts them. */
    private int afterBlanks(int from) {
        int at = from;
        while (byteAt(at) == ' ') {
            at++;
        }
        return at;
    }

    /** Negative also at the end. */
    private int byteAt(int at) {
        return at < _inputEnd ? _inputBuffer[at] : -1;
    }

    /** Makes them. */
    static final class Factory extends JsonFactory {
        private static final long serialVersionUID = 1;

        Factory(JsonFactoryBuilder settings) {
            super(settings);
        }

        /** What may not be UTF-8 is left to Jackson, which finds out. */
        @Override
        protected JsonParser _createParser(byte[] text, int from, int length, IOContext context) throws IOException {
            if (length < 2 || text[from] <= 0 || text[from + 1] == 0) {
                return super._createParser(text, from, length, context);
            }
            ByteQuadsCanonicalizer names = _byteSymbolCanonicalizer.makeChildOrPlaceholder(_factoryFeatures);
            return new FieldParser(context, _parserFeatures, _objectCodec, names, new Slice(text, from, from + length));
        }
    }
}
